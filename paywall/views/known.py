"""The reader who asks, in the transaction that changes something of theirs.

Who it is was looked up before it began: in between, another tab may have erased the account, and
nothing may be written into one that is erased.
"""

from paywall.errors import PaywallError
from paywall.store.schema import Reader
from paywall.store.unit import Unit
from paywall.views.asked import Asked


class GoneError(PaywallError):
    """Whoever asks has no account any more."""


def reader_in(unit: Unit, asked: Asked) -> Reader:
    """The reader. Raises `GoneError`."""
    found = unit.db.get(Reader, asked.reader.id) if asked.reader else None
    if found is None or found.erased_at is not None:
        raise GoneError("le compte est effacé")
    return found
