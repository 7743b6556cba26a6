"""The one decision: may this reader read the full text of this page now?

Pure, so that every channel (page, file, feed, later the edges) can ask the same question
and a table of cases can answer for all of them.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one gated page."""

    access: str
    issue: str | None = None
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one reader may read: from a token today, from an account later."""

    signed_in: bool = False
    all_issues: bool = False
    issues: frozenset[str] = frozenset()


NOBODY = Entitlement()


def may_read(entitlement: Entitlement, entry: Entry, now: datetime) -> bool:
    """Tell whether the full text is open to this reader at this instant.

    An access level this version does not know is closed: a newer builder must not open
    pages by writing a word an older gate has never heard.
    """
    if entry.opens is not None and entry.opens <= now:
        return True
    match entry.access:
        case "public":
            return True
        case "registered":
            return entitlement.signed_in
        case "subscriber":
            return entitlement.all_issues or entry.issue in entitlement.issues
        case _:
            return False
