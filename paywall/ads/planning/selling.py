"""What can still be sold, and what would be late if it were."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import msgspec
import numpy as np

from paywall.ads.inventory import Flight, Inventory, PageAds
from paywall.ads.planning.allocate import Demand, allocate
from paywall.ads.planning.forecast import Forecast, Lessons, group_views
from paywall.ads.planning.history import History
from paywall.ads.planning.seasons import Numbers
from paywall.ads.planning.supply import Supply, viewability
from paywall.ads.planning.wanted import demands_of, planned_days
from paywall.ads.planning.yields import Yields

_STEPS = 16
"""Of halving what may be free: to less than a ten-thousandth."""
_LEAST = 0.5
"""Half an impression: less is no lateness."""
_ASKED = "?"
"""The slug of what is not booked yet: no booking can have it."""
_LOW, _MEDIAN, _HIGH = -1, 0, 1
_NAMES = ("p10", "p50", "p90")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a flight is expected to have at its end, in viewable impressions."""

    slug: str
    delivered: int
    expected: float
    """From now on."""
    missing: float
    """Of its goal; 0 without one."""


@dataclass(frozen=True, slots=True)
class Range:
    """An amount that nine periods in ten reach (P10), one in two (P50), one in ten (P90)."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class Place:
    """What the pages of one placement are expected to have."""

    placement: str
    page_views: float
    viewable: Range


@dataclass(frozen=True, slots=True)
class Offer:
    """What pages have in some days, and what of it nobody has bought."""

    places: tuple[Place, ...]
    total: Range
    free: Range


@dataclass(frozen=True, slots=True)
class Market:
    """What is booked and what is forecast. It means nothing before a whole day is counted."""

    inventory: Inventory
    forecast: Forecast
    yields: Yields

    @classmethod
    def of(cls, inventory: Inventory, history: History, yields: Yields | None = None) -> "Market":
        """Learn from the history."""
        forecast = Forecast(history, Lessons.learnt(history, inventory))
        return cls(inventory, forecast, yields or Yields())

    def outlook(self, *, low: bool = False) -> tuple[Outlook, ...]:
        """What each flight that still wants something will have: by the median, or low (P10)."""
        delivered = self.forecast.history.delivered
        found = []
        for share in allocate(self.amounts(_LOW if low else _MEDIAN), self.demands()):
            slug, seen = share.slug, self.yields.of(share.slug)
            had = delivered.get(slug, 0)
            found.append(Outlook(slug, had, share.expected * seen, share.missing * seen))
        return tuple(found)

    def with_flight(self, slug: str, flight: Flight) -> "Market":
        """The same, were this flight approved, on every page that suits it.

        The build's matching by text, and its limit of candidates a page, may leave it fewer.
        """
        sold = msgspec.structs.replace(flight, status="approved")
        inventory = msgspec.structs.replace(
            self.inventory,
            flights=self.inventory.flights | {slug: sold},
            pages=tuple(_carrying(page, slug, sold) for page in self.inventory.pages),
        )
        return replace(self, inventory=inventory)

    def offer(self, flight: Flight) -> Offer:
        """What a flight could be given between its days, whatever its goal."""
        places = self._places(flight)
        total = Range(*(sum(getattr(p.viewable, name) for p in places) for name in _NAMES))
        free = (self._free(flight, total.p90, chance) for chance in (_LOW, _MEDIAN, _HIGH))
        return Offer(places, total, Range(*free))

    def _places(self, flight: Flight) -> tuple[Place, ...]:
        history = self.forecast.history
        seen = viewability(self.inventory, history)
        days = self._days(flight)
        factors, doubts = (
            self.forecast.factors(days.stop)[days],
            self.forecast.doubts(days.stop)[days],
        )
        found = []
        for placement in sorted(seen):
            pages = [
                p for p in self.inventory.pages if p.placement == placement and suits(flight, p)
            ]
            keys = ((page.url, page.tier) for page in pages)
            rows = [history.rows[key] for key in keys if key in history.rows]
            level = float(self.forecast.levels(group_views(history, [rows]))[0])
            viewable = (float((factors * doubts**chance).sum()) * level * seen[placement]
                        for chance in (_LOW, _MEDIAN, _HIGH))  # fmt: skip
            if pages:
                found.append(Place(placement, level * float(factors.sum()), Range(*viewable)))
        return tuple(found)

    def _days(self, flight: Flight) -> slice:
        today = self.forecast.history.today
        return slice(max(0, (flight.start - today).days), max(0, (flight.end - today).days + 1))

    def _free(self, flight: Flight, most: float, chance: int) -> float:
        """The highest goal by which neither the flight nor another would be later than now."""
        asked = self.with_flight(_ASKED, msgspec.structs.replace(flight, goal=1, exclusive=False))
        amounts, demands = asked.amounts(chance), asked.demands()
        others = [demand for demand in demands if demand.slug != _ASKED]
        already = _missing(amounts, others) + _LEAST
        low, high = 0.0, most
        for _ in range(_STEPS):
            goal = (low + high) / 2
            tried = [replace(d, goal=goal) if d.slug == _ASKED else d for d in demands]
            if _missing(amounts, tried) <= already:
                low = goal
            else:
                high = goal
        return low

    def amounts(self, chance: int) -> Numbers:
        """Viewable impressions of each cell on each day: P10 (-1), the median (0) or P90 (1)."""
        days = planned_days(self.inventory, self.forecast.history.today)
        amounts = self._supply(days).amounts
        return np.asarray(amounts * self.forecast.doubts(days) ** chance)

    def _supply(self, days: int) -> Supply:
        return Supply.expected(self.inventory, self.forecast, days, timedelta())

    def demands(self) -> list[Demand]:
        """What each flight still wants of them."""
        days = planned_days(self.inventory, self.forecast.history.today)
        return demands_of(self.inventory, self.forecast.history, self._supply(days), self.yields)


def overbooked(
    inventory: Inventory,
    history: History,
    selling: tuple[str, Flight] | None = None,
    yields: Yields | None = None,
) -> tuple[Outlook, ...]:
    """Flights that would miss their goal in one period of ten (P10): all; or, of a flight to be
    sold, itself and those that would miss more for it. Empty while not one whole day is counted.
    """
    if not history.whole_days:
        return ()
    market = Market.of(inventory, history, yields)
    if selling is None:
        return tuple(each for each in market.outlook(low=True) if each.missing > _LEAST)
    before = {each.slug: each.missing for each in market.outlook(low=True)}
    after = market.with_flight(*selling).outlook(low=True)
    return tuple(each for each in after if each.missing > before.get(each.slug, 0.0) + _LEAST)


def suits(flight: Flight, page: PageAds) -> bool:
    """Whether a page is one that the flight asked for, by placement, tier and themes."""
    on_theme = not flight.themes or not {*flight.themes}.isdisjoint(page.themes)
    return (
        page.placement in flight.placements
        and (flight.subscribers or page.tier == "public")
        and on_theme
        and {*flight.excluded_themes}.isdisjoint(page.themes)
    )


def _carrying(page: PageAds, slug: str, flight: Flight) -> PageAds:
    if not suits(flight, page) or slug in (*page.flights, *page.coming):
        return page
    return msgspec.structs.replace(page, coming=(*page.coming, slug))


def _missing(amounts: Numbers, demands: Sequence[Demand]) -> float:
    return sum(share.missing for share in allocate(amounts, demands))
