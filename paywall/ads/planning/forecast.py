"""How many page views are to be expected, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

from paywall.ads.inventory import Inventory
from paywall.ads.planning.days import hours_between, issue_days, midnight, with_expected
from paywall.ads.planning.history import RECENT_DAYS, History
from paywall.ads.planning.seasons import Numbers, Seasons

HALF_LIFE_DAYS = 10.0
"""A day counts half as much as one so many days later: by `make bench-ads`, 5 to 20 do nearly
as well."""
P10 = 1.2816
"""Standard deviations from the median to the tenth percentile of a normal law; to the 90th."""

_MONTH_DAYS = 28
_FEWEST_DAYS = 14
_EVERY_DAYS = 7
_FEWEST_VIEWS = 100
"""Less than that in a month, and chance alone makes a theme unsure."""
_SUPPOSED_SPREAD = 0.25
_SUPPOSED_TRIES = 4
"""What a magazine is supposed to have found of itself before it could try: ± 25 %, four times."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What whole days teach; a plan made later the same day may use it again."""

    seasons: Seasons
    spread: float
    """Standard deviation of the logarithm of what came, over what was forecast, for a theme in a
    month: tried on the past, week by week."""
    issues: tuple[date, ...]

    @classmethod
    def learnt(cls, history: History, inventory: Inventory) -> Self:
        """From the history, and the days on which the inventory's issues came out."""
        issues = issue_days(inventory)
        seasons = Seasons.learnt(history, issues)
        return cls(seasons, _spread(history, inventory, seasons, issues), issues)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected from now on; `cautious`: with no other issues than those that are known."""

    history: History
    lessons: Lessons
    cautious: bool = False

    def factors(self, days: int) -> Numbers:
        """Of what remains of today, and of the days that follow."""
        factors = self._of(self.history.today, days)
        factors[0] *= self._share(self.history.now, self._tomorrow)
        return factors

    def soon(self, lasting: timedelta) -> float:
        """The factor of the hours that begin now."""
        end, zone = self.history.now + lasting, self.history.zone
        day, total = self.history.today, 0.0
        for factor in self._of(day, lasting.days + 2):
            start, next_day = midnight(day, zone), midnight(day + timedelta(days=1), zone)
            total += factor * self._share(max(start, self.history.now), min(next_day, end))
            day += timedelta(days=1)
        return float(total)

    def levels(self, views: NDArray[np.int64]) -> Numbers:
        """Page views of each row on a day whose factor is 1; rows end today, as counted.

        Days weigh less the older they are, and busy ones more than quiet ones, by the square root:
        less than their views would have it, since one strange day of an issue is no trend.
        """
        history = self.history
        factors = self._of(history.today - timedelta(days=RECENT_DAYS - 1), RECENT_DAYS)
        factors[-1] *= self._share(midnight(history.today, history.zone), history.now)
        return _levels(views, factors, history.whole_days + 1)

    def doubts(self, days: int) -> Numbers:
        """By how much P90 exceeds the median on each day from today on, and the median P10: the
        level drifts, as chance would have it after the first month."""
        months = np.maximum(1.0, np.arange(days) / _MONTH_DAYS)
        return np.asarray(np.exp(P10 * self.lessons.spread * np.sqrt(months)))

    def _of(self, first: date, days: int) -> Numbers:
        wanted = [first + timedelta(days=n) for n in range(days)]
        issues = self.lessons.issues
        if not self.cautious:
            issues = with_expected(issues, self.history.today, wanted[-1])
        return self.lessons.seasons.of(wanted, issues)

    def _share(self, start: datetime, end: datetime) -> float:
        return float(hours_between(start, end, self.history.zone) @ self.lessons.seasons.hours)

    @property
    def _tomorrow(self) -> datetime:
        return midnight(self.history.today + timedelta(days=1), self.history.zone)


def _levels(views: NDArray[np.int64], factors: Numbers, known: int) -> Numbers:
    """Levels from the last `known` of some days; a factor is that of what was counted of it."""
    days = len(factors)
    age = np.arange(days - 1, -1, -1)
    weight = 0.5 ** (age / HALF_LIFE_DAYS) * (age < known)
    root = np.sqrt(np.maximum(factors, np.finfo(float).tiny))
    return np.asarray((views @ (weight / root * (factors > 0))) / max((weight * root).sum(), 1e-9))


def _spread(
    history: History, inventory: Inventory, seasons: Seasons, issues: tuple[date, ...]
) -> float:
    """Forecast each theme's month as one would have, each week of the recent past; root mean
    square of the logarithms of the errors, beside what is supposed."""
    views = _views_by_theme(history, inventory)
    first = history.today - timedelta(days=RECENT_DAYS - 1)
    factors = seasons.of([first + timedelta(days=n) for n in range(RECENT_DAYS)], issues)
    begun = max(0, RECENT_DAYS - 1 - history.whole_days)
    squares = [_SUPPOSED_SPREAD**2] * _SUPPOSED_TRIES
    for start in range(begun + _FEWEST_DAYS, RECENT_DAYS - _FEWEST_DAYS, _EVERY_DAYS):
        end = min(start + _MONTH_DAYS, RECENT_DAYS - 1)
        expected = _levels(views[:, begun:start], factors[begun:start], start - begun)
        expected *= factors[start:end].sum()
        came = views[:, start:end].sum(axis=1)
        enough = (came >= _FEWEST_VIEWS) & (expected >= _FEWEST_VIEWS)
        if enough.any():
            errors = np.log(came[enough] / expected[enough])
            squares.append(float(np.mean(errors**2)))
    return float(np.sqrt(np.mean(squares)))


def _views_by_theme(history: History, inventory: Inventory) -> NDArray[np.int64]:
    rows: dict[str, list[int]] = {}
    for page in inventory.pages:
        row = history.rows.get((page.url, page.tier))
        for theme in page.themes if row is not None else ():
            rows.setdefault(theme, []).append(row or 0)
    return group_views(history, list(rows.values()))


def group_views(history: History, groups: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Page views of groups of rows, groups × `RECENT_DAYS`."""
    sums = np.zeros((len(groups), RECENT_DAYS), dtype=np.int64)
    for n, rows in enumerate(groups):
        sums[n] = history.views[np.asarray(rows, dtype=np.intp)].sum(axis=0)
    return sums
