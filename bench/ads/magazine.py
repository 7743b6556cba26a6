"""A magazine of six themes with its traffic: monthly issues, peaks, nights, strange days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from paywall.ads.inventory import Flight, Inventory, PageAds, Theme

ZONE = ZoneInfo("Europe/Paris")
THEMES = ("energie", "espace", "histoire", "mathematiques", "sante", "transports")
DAYS = 30
BEFORE_DAYS = 91
"""Counted before the campaigns: what the forecast is learnt from."""
VIEWABLE = 0.62
"""The part of views of a page on which its ad is seen."""

_WEEKDAYS = np.array([1.05, 1.15, 1.1, 1.1, 1.0, 0.75, 0.85])
_HOURS = np.array(
    [2, 1, 1, 1, 1, 2, 4, 8, 10, 10, 9, 8, 9, 8, 7, 7, 7, 8, 9, 9, 10, 9, 6, 4], dtype=float
)
_PEAK, _PEAK_FADES_DAYS = 7.0, 1.8
_ISSUE_EVERY_DAYS, _ISSUE_STRAYS_DAYS = 30, 2
_DAY_SPREAD, _THEME_DAY_SPREAD = 0.12, 0.12
_DOSSIER = 1.5
"""How much more the theme of an issue's dossier is read until the next issue."""


@dataclass(frozen=True, slots=True)
class Magazine:
    """Its pages, the days of its issues, and how many views each page gets each hour."""

    first_on: date
    """The first day of the campaigns."""
    pages: tuple[PageAds, ...]
    issues: tuple[date, ...]
    views: NDArray[np.int64]
    """Pages × days (`BEFORE_DAYS` then `DAYS`) × hours."""
    expected: NDArray[np.float64]
    """What chance was made of: pages × days."""

    @classmethod
    def drawn(cls, rng: np.random.Generator, views: float, wrong: float) -> "Magazine":
        """Draw one with so many views on a quiet day, of whose themes each gets `wrong` more or
        less once campaigns begin."""
        first_on = date(2026, 3, 1) + timedelta(days=int(rng.integers(0, 365)))
        pages = _pages()
        expected, issues = _expected(rng, first_on, pages, wrong)
        expected *= views
        hours = _HOURS / _HOURS.sum()
        counts = rng.poisson(expected[:, :, None] * hours)
        return cls(first_on, pages, issues, counts, expected)

    def at(self, day: int, hour: int) -> datetime:
        """The instant at which an hour of a day of the campaigns begins."""
        local = datetime.combine(self.first_on, datetime.min.time()) + timedelta(days=day)
        return local.replace(hour=hour, tzinfo=ZONE).astimezone(UTC)

    def inventory(self, flights: Mapping[str, Flight], today: date) -> Inventory:
        """What the build says: issues that are out, pages with the flights on their themes."""
        issues = [day for day in self.issues if day <= today]
        pages = self.pages + tuple(
            PageAds(f"/numeros/{n}/", "public", "", None, (), day, str(n), (), ())
            for n, day in enumerate(issues)
        )
        themes = {theme: Theme(theme, ()) for theme in THEMES}
        return Inventory(1, "", "", str(ZONE), themes, dict(flights), pages)


def flight_of(theme: str) -> str:
    """The slug of the flight on a theme."""
    return f"sur-{theme}"


def _pages() -> tuple[PageAds, ...]:
    """In each tier one page of each theme, standing for all, and one of each two neighbours."""
    around = [*combinations(range(len(THEMES)), 1)]
    around += [(n, (n + 1) % len(THEMES)) for n in range(len(THEMES))]
    return tuple(
        PageAds(
            f"/{'-'.join(names)}/", tier, "", "article", names, None, None,
            (*map(flight_of, names), "maison"), (),
        )
        for tier in ("public", "members")
        for names in (tuple(THEMES[n] for n in group) for group in around)
    )  # fmt: skip


def _expected(
    rng: np.random.Generator, first_on: date, pages: tuple[PageAds, ...], wrong: float
) -> tuple[NDArray[np.float64], tuple[date, ...]]:
    """Of each page on each day, as a part of all views of a quiet day; and the days of issues."""
    count = BEFORE_DAYS + DAYS
    start = first_on - timedelta(days=BEFORE_DAYS)
    issues = _issue_days(rng, count)
    day = np.arange(count)
    latest = np.array([max((i for i in issues if i <= d), default=-99) for d in day])
    shape = 1 + (_PEAK - 1) * np.exp(-(day - latest) / _PEAK_FADES_DAYS)
    shape *= _WEEKDAYS[(day + start.weekday()) % 7]
    shape *= rng.gamma(1 / _DAY_SPREAD**2, _DAY_SPREAD**2, count)
    by_theme = np.outer(rng.dirichlet(np.full(len(THEMES), 20.0)), shape)
    by_theme *= rng.gamma(1 / _THEME_DAY_SPREAD**2, _THEME_DAY_SPREAD**2, by_theme.shape)
    dossier = rng.integers(0, len(THEMES), count)[np.maximum(latest, 0)]
    by_theme[dossier, day] *= _DOSSIER
    by_theme[:, BEFORE_DAYS:] *= 1 + wrong * rng.choice([-1.0, 1.0], len(THEMES))[:, None]
    shares = np.stack([_of_page(page, by_theme) for page in pages])
    return shares, tuple(start + timedelta(days=int(n)) for n in issues)


def _of_page(page: PageAds, by_theme: NDArray[np.float64]) -> NDArray[np.float64]:
    """A theme's readers: seven in ten on pages of that theme alone; one in four are members."""
    parts = [by_theme[THEMES.index(theme)] for theme in page.themes]
    of_themes = 0.7 * parts[0] if len(parts) == 1 else 0.15 * (parts[0] + parts[1])
    return np.asarray(of_themes * (0.75 if page.tier == "public" else 0.25))


def _issue_days(rng: np.random.Generator, count: int) -> list[int]:
    """Once a month, a few days before or after."""
    phase = int(rng.integers(0, _ISSUE_EVERY_DAYS))
    regular = range(phase - _ISSUE_EVERY_DAYS, count, _ISSUE_EVERY_DAYS)
    strays = rng.integers(-_ISSUE_STRAYS_DAYS, _ISSUE_STRAYS_DAYS + 1, len(regular))
    return [int(day + stray) for day, stray in zip(regular, strays, strict=True)]
