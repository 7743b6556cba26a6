"""Days and hours of the magazine's zone, and the days on which issues come out."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from paywall.ads.inventory import Inventory

HOURS = 24
_HOUR = timedelta(hours=1)
_FEWEST_ISSUES = 3
"""Two intervals at least: with one, nobody knows when the next issue comes."""


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def hours_between(start: datetime, end: datetime, zone: ZoneInfo) -> NDArray[np.float64]:
    """How long each of the 24 local hours lasts between two instants, in hours.

    On the days when clocks change, one of them lasts two hours, or none.
    """
    lasts = np.zeros(HOURS)
    while start < end:
        local = start.astimezone(zone)
        into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        next_hour = min(start + _HOUR - into, end)
        lasts[local.hour] += (next_hour - start) / _HOUR
        start = next_hour
    return lasts


def issue_days(inventory: Inventory) -> tuple[date, ...]:
    """When each issue came out, the oldest first: the first day of one of its pages."""
    first: dict[str, date] = {}
    for page in inventory.pages:
        if page.issue and page.published:
            first[page.issue] = min(page.published, first.get(page.issue, page.published))
    return tuple(sorted(set(first.values())))


def with_expected(issues: Sequence[date], today: date, last: date) -> tuple[date, ...]:
    """Issues that came out, and those to be expected until `last`.

    They follow at the median interval of the past; one that is late is expected tomorrow.
    """
    known = tuple(day for day in issues if day <= today)
    if len(known) < _FEWEST_ISSUES:
        return tuple(issues)
    gaps = [(after - before).days for before, after in pairwise(known)]
    every = timedelta(days=max(1, round(median(gaps))))
    found = list(issues)
    coming = max(found[-1] + every, today + timedelta(days=1))
    while coming <= last:
        found.append(coming)
        coming += every
    return tuple(found)


def ages(days: Iterable[date], issues: Sequence[date]) -> NDArray[np.int64]:
    """How many days the latest issue is old on each day; before the first one, very old."""
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    out = np.array([0, *(issue.toordinal() for issue in issues)], dtype=np.int64)
    return ordinals - out[np.searchsorted(out, ordinals, side="right") - 1]
