"""Days as people write them, and the instants at which they begin and end.

Accounts count in UTC, as access tokens do: in France a subscription opens, and closes, an hour or
two after midnight, and no day of it is lost where a token writes it as a day.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?: 00:00(?::00)?)?", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:er)? (\w+) (\d{4})")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years outside are slips of the pen."""


def read_day(text: str) -> date:
    """A day, as 2026-12-31, 31/12/2026, 31-12-26 or 31 décembre 2026.

    Raises `ValueError` in words for whoever wrote it.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _FRENCH.fullmatch(text):
        day, month, year = map(int, found.groups())
        year += 2000 if year < 100 else 0  # no subscription is of last century
    elif (found := _WORDS.fullmatch(text)) and found[2].lower() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2].lower()) + 1, int(found[3])
    else:
        raise ValueError(f"« {text} » : une date comme 2026-12-31 ou 31/12/2026")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"« {text} » : une année de {FIRST_YEAR} à {LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"« {text} » n’est pas au calendrier") from error


def start_of(day: date) -> datetime:
    """The instant at which a day begins."""
    return datetime.combine(day, time(), UTC)


def end_of_day(day: date) -> datetime:
    """The instant at which a day is over."""
    return start_of(day + timedelta(days=1))


def last_day(ends_at: datetime) -> date:
    """The last day, of which something that ends at an instant still holds a part."""
    return (ends_at - timedelta(microseconds=1)).astimezone(UTC).date()
