"""Thirty days of six campaigns: each hour's readers are shown what the browser's rule picks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from bench.ads.magazine import (
    BEFORE_DAYS,
    DAYS,
    THEMES,
    VIEWABLE,
    ZONE,
    Magazine,
    flight_of,
)
from paywall.ads.inventory import Creative, Flight, Inventory
from paywall.ads.planning.choice import choose
from paywall.ads.planning.history import RECENT_DAYS, VIEWING_DAYS, History, PageKey

Rates = Sequence[tuple[str, float]]


@dataclass
class Campaigns:
    """A magazine's month, as it goes by."""

    magazine: Magazine
    flights: dict[str, Flight]
    rng: np.random.Generator
    reach: Mapping[str, float] = field(default_factory=dict)
    """The part of screens that an ad stands on, where not on all."""
    delivered: dict[str, int] = field(default_factory=dict)
    shown: NDArray[np.int64] = field(init=False)
    """Viewable ads, pages × days."""

    def __post_init__(self) -> None:
        before = self.magazine.views[:, :BEFORE_DAYS].sum(axis=2)
        self.shown = np.zeros(self.magazine.views.shape[:2], dtype=np.int64)
        self.shown[:, :BEFORE_DAYS] = self.rng.binomial(before, VIEWABLE)
        self.delivered = dict.fromkeys(self.flights, 0)

    def inventory(self, day: int) -> Inventory:
        """As the last build left it."""
        return self.magazine.inventory(self.flights, self.magazine.first_on + timedelta(days=day))

    def history(self, day: int, hour: int) -> History:
        """What was counted when an hour begins."""
        seen = self.magazine.views[:, : BEFORE_DAYS + day + 1].copy()
        seen[:, -1, hour:] = 0
        rows: dict[PageKey, int] = {
            (page.url, page.tier): n for n, page in enumerate(self.magazine.pages)
        }
        return History(
            self.magazine.at(day, hour), ZONE, seen.sum(axis=0), rows,
            seen[:, -RECENT_DAYS:].sum(axis=2),
            self.shown[:, : BEFORE_DAYS + day + 1][:, -VIEWING_DAYS:].sum(axis=1),
            dict(self.delivered), {},
        )  # fmt: skip

    def pass_hour(self, day: int, hour: int, rates: Rates) -> None:
        """Show each viewer of the hour an ad; count those that are seen."""
        for n, page in enumerate(self.magazine.pages):
            views = int(self.magazine.views[n, BEFORE_DAYS + day, hour])
            viewable = int(self.rng.binomial(views, VIEWABLE))
            flights, chosen = choose(rates, page.flights, self.rng.random(viewable))
            counts = np.bincount(chosen, minlength=len(flights))  # and of house ads
            for slug, times in zip(flights, counts, strict=False):
                seen = int(self.rng.binomial(times, self.reach.get(slug, 1.0)))
                self.delivered[slug] += seen
                viewable += seen - int(times)
            self.shown[n, BEFORE_DAYS + day] += viewable

    def errors(self) -> dict[str, float]:
        """Of each flight, what it got too much or too little, as a part of its goal."""
        return {
            slug: self.delivered[slug] / (flight.goal or 1) - 1
            for slug, flight in self.flights.items()
            if flight.goal
        }


def sold(magazine: Magazine, part: float, reach: Mapping[str, float]) -> dict[str, Flight]:
    """A flight on each theme, together promised a part of what will be had.

    Pages of two themes are counted half for each; whoever reaches half is promised half.
    """
    had = magazine.expected[:, BEFORE_DAYS:].sum(axis=1) * VIEWABLE * part
    goals = dict.fromkeys(THEMES, 0.0)
    for page, amount in zip(magazine.pages, had, strict=True):
        for theme in page.themes:
            goals[theme] += amount / len(page.themes)
    flights = {}
    for theme in THEMES:
        slug = flight_of(theme)
        flights[slug] = _flight(magazine, theme, round(goals[theme] * reach.get(slug, 1.0)))
    return flights | {"maison": _flight(magazine, None, None)}


def _flight(magazine: Magazine, theme: str | None, goal: int | None) -> Flight:
    return Flight(
        advertiser="(annonceur fictif)", campaign=theme or "maison",
        kind="paid" if theme else "house", status="approved", start=magazine.first_on,
        end=magazine.first_on + timedelta(days=DAYS - 1), goal=goal, exclusive=False,
        daily_cap=None, price_cents=None, placements=("article",),
        themes=(theme,) if theme else (), excluded_themes=(), subscribers=True,
        creatives=(Creative("300x250", "", "", "https://example.org/"),),
    )  # fmt: skip
