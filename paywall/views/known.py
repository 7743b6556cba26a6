"""The reader who asks, in the transaction that changes something of theirs.

Who it is was looked up before it began: in between, another tab may have erased the account, and
nothing may be written into one that is erased.
"""

from paywall.store.schema import Reader
from paywall.store.unit import Unit
from paywall.views.asked import Asked, NobodyError


def reader_in(unit: Unit, asked: Asked) -> Reader:
    """The reader. Raises `NobodyError`."""
    _, known = asked.signed_in()
    found = unit.db.get_one(Reader, known.id)
    if found.erased_at is not None:
        raise NobodyError("le compte est effacé")
    return found
