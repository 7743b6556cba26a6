"""The one decision: may this reader read the full text of this page now?

Pure, so that every channel (page, file, feed, later the edges) can ask the same question
and a table of cases can answer for all of them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

Period: TypeAlias = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one gated page."""

    access: str
    issue: str | None = None
    opens: datetime | None = None
    published: date | None = None
    """The day of its issue, or its own outside issues; None where the builder does not say."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one reader may read."""

    signed_in: bool = False
    all_issues: bool = False
    issues: frozenset[str] = frozenset()
    periods: tuple[Period, ...] = ()
    """When a subscription ran: what was published then stays readable after it."""
    ads: bool = True
    """Whether what is opened comes with its ads. It opens and closes nothing."""


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
            return (
                entitlement.all_issues
                or entry.issue in entitlement.issues
                or _in_a_period(entitlement.periods, entry.published)
            )
        case _:
            return False


def _in_a_period(periods: tuple[Period, ...], published: date | None) -> bool:
    if published is None:
        return False
    return any(first <= published <= last for first, last in periods)
