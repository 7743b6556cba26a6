"""How page views rise and fall: with the weekday, the issue's age, the month, the hour."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

from paywall.ads.planning.days import HOURS, ages
from paywall.ads.planning.history import History

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

_AGES = np.array([1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28])
"""Where the issue's age changes what is expected: each day of its first week, then longer."""
_WEEKDAYS, _MONTHS = 7, 12
_ROUNDS = 8
"""Of fitting; after so many, factors move by less than a thousandth."""
_SUPPOSED_DAYS = 0.2
"""The part of an ordinary day that every factor is supposed to have seen: what was never seen is
ordinary, and what was seen once is nearly believed."""
_PROFILE_DAYS = 28
_SUPPOSED_VIEWS = 48.0
"""Two an hour, for the shape of a day of which little is known."""


@dataclass(frozen=True, slots=True)
class Seasons:
    """Factors of a day's page views, and the share of each local hour in them."""

    weekdays: Numbers
    ages: Numbers
    months: Numbers
    hours: Numbers

    @classmethod
    def learnt(cls, history: History, issues: tuple[date, ...]) -> Self:
        """From all whole days; with none, every day and every hour is like the others."""
        total = history.hours[1:-1].sum(axis=1).astype(np.float64)
        days = [history.today - timedelta(days=n) for n in range(len(total), 0, -1)]
        effects = [
            (np.array([day.weekday() for day in days], dtype=np.int64), np.ones(_WEEKDAYS)),
            (_age_labels(days, issues), np.ones(len(_AGES) + 1)),
            *_calendar(days),
        ]
        if total.sum():
            _fit(total, effects)
        (_, weekdays), (_, of_ages), (_, levels) = effects
        return cls(weekdays, of_ages, _months(days, levels), _profile(history))

    def of(self, days: list[date], issues: tuple[date, ...]) -> Numbers:
        """The factor of each day."""
        weekday = np.array([day.weekday() for day in days], dtype=np.int64)
        month = np.array([day.month - 1 for day in days], dtype=np.int64)
        factors: Numbers = self.weekdays[weekday] * self.months[month]
        return factors * self.ages[_age_labels(days, issues)]


def _age_labels(days: list[date], issues: tuple[date, ...]) -> Labels:
    return np.searchsorted(_AGES, ages(days, issues), side="right")


def _calendar(days: list[date]) -> list[tuple[Labels, Numbers]]:
    """The level of each month of the history: what the other factors are relative to."""
    if not days:
        return [(np.zeros(0, np.int64), np.ones(1))]
    labels = np.array([_month_number(day) for day in days]) - _month_number(days[0])
    return [(labels, np.ones(int(labels[-1]) + 1))]


def _month_number(day: date) -> int:
    return day.year * _MONTHS + day.month - 1


def _fit(total: Numbers, effects: list[tuple[Labels, Numbers]]) -> None:
    """Iterative proportional fitting: the log-linear model with these effects, by its margins."""
    mean = total.mean()
    supposed = _SUPPOSED_DAYS * mean
    for _ in range(_ROUNDS):
        for labels, factors in effects:
            every = mean * np.prod([f[named] for named, f in effects], axis=0)
            seen = np.bincount(labels, total, len(factors))
            without = np.bincount(labels, every / factors[labels], len(factors))
            factors[:] = (seen + supposed) / (without + supposed)


def _months(days: list[date], levels: Numbers) -> Numbers:
    """Each month beside the year around it; without a year of history, all alike.

    One year says as much as the supposition that months are alike: half of what it shows is
    believed, two thirds after two.
    """
    seen, known = np.ones(_MONTHS), np.ones(_MONTHS)
    for last in range(_MONTHS, len(levels)):
        month = (_month_number(days[0]) + last - 1) % _MONTHS
        seen[month] += levels[last - 1] / levels[last - _MONTHS : last].mean()
        known[month] += 1
    return seen / known


def _profile(history: History) -> Numbers:
    counted = history.hours[-_PROFILE_DAYS - 1 : -1].sum(axis=0) + _SUPPOSED_VIEWS / HOURS
    return np.asarray(counted / counted.sum(), dtype=np.float64)
