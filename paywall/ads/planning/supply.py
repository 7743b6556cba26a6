"""What can be shown: viewable impressions of the pages that carry the same flights."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

from paywall.ads.inventory import Flight, Inventory, PageAds
from paywall.ads.planning.forecast import Forecast, group_views
from paywall.ads.planning.history import RECENT_DAYS, VIEWING_DAYS, History
from paywall.ads.planning.seasons import Numbers

_SUPPOSED_VIEWABLE = 0.5
_SUPPOSED_VIEWS = 100
"""While nothing is counted: of a hundred page views, fifty show their ad."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Pages alike: of one placement and tier, with the same flights to choose from."""

    placement: str
    tier: str
    flights: frozenset[str]


@dataclass(frozen=True, slots=True)
class Supply:
    """Expected viewable impressions, cells × days from today on; of today, what remains."""

    cells: tuple[Cell, ...]
    amounts: Numbers
    soon: Numbers
    """Of each cell, until the next plan."""
    views_soon: Numbers
    """Page views of each cell until then."""
    views: NDArray[np.int64]
    """Page views of each cell's pages that were counted, cells × `RECENT_DAYS`."""

    @classmethod
    def expected(
        cls, inventory: Inventory, forecast: Forecast, days: int, lasting: timedelta
    ) -> Self:
        """From the history of the pages that each cell has now."""
        history = forecast.history
        pages = cells_of(inventory)
        rows = [[history.rows[key] for key in keys if key in history.rows] for keys in
                ([(p.url, p.tier) for p in alike] for alike in pages.values())]  # fmt: skip
        viewable = viewability(inventory, history)
        views = group_views(history, rows)
        levels, soon = forecast.levels(views), forecast.soon(lasting)
        seen = levels * np.array([viewable[cell.placement] for cell in pages])
        amounts = seen[:, None] * forecast.factors(days)[None, :]
        return cls(tuple(pages), amounts, seen * soon, levels * soon, views)

    @classmethod
    def even(cls, inventory: Inventory, days: int) -> Self:
        """While nothing is counted: every page alike, every day alike."""
        pages = cells_of(inventory)
        each = np.array([float(len(alike)) for alike in pages.values()])
        views = np.zeros((len(each), RECENT_DAYS), dtype=np.int64)
        return cls(tuple(pages), np.repeat(each[:, None], days, axis=1), each, each, views)

    def cells_with(self, slug: str) -> NDArray[np.intp]:
        """Those that may show a flight."""
        found = [n for n, cell in enumerate(self.cells) if slug in cell.flights]
        return np.array(found, dtype=np.intp)


def is_sold(flight: Flight) -> bool:
    """Whether a plan gives it anything: approved, and shown on pages, not in a letter."""
    on_pages = any(placement != "newsletter" for placement in flight.placements)
    return flight.status == "approved" and flight.kind != "house" and on_pages


def cells_of(inventory: Inventory) -> dict[Cell, list[PageAds]]:
    """Pages with a place for an ad, by what they may show there, now or later."""
    sold = {slug for slug, flight in inventory.flights.items() if is_sold(flight)}
    members = {slug for slug in sold if inventory.flights[slug].subscribers}
    cells: dict[Cell, list[PageAds]] = {}
    for page in inventory.pages:
        if page.placement:
            taken = (sold if page.tier == "public" else members) & {*page.flights, *page.coming}
            cells.setdefault(Cell(page.placement, page.tier, frozenset(taken)), []).append(page)
    return cells


def viewability(inventory: Inventory, history: History) -> dict[str, float]:
    """Of a hundred views of pages with a box, the part on which its ad was seen, by placement.

    Counted on pages that always have an ad, since a house ad fills what is not sold; without house
    ads, on pages that have any, which makes flights run ahead, never behind.
    """
    house = {slug for slug, flight in inventory.flights.items() if flight.kind == "house"}
    found: dict[str, float] = {}
    for placement in {page.placement for page in inventory.pages if page.placement}:
        carrying = [page for page in inventory.pages if page.placement == placement]
        always = [page for page in carrying if house & {*page.flights}] or carrying
        rows = _rows(history, always)
        views = history.views[rows, -VIEWING_DAYS:].sum() + _SUPPOSED_VIEWS
        shown = history.shown[rows].sum() + _SUPPOSED_VIEWS * _SUPPOSED_VIEWABLE
        found[placement] = float(min(1.0, shown / views))
    return found


def _rows(history: History, pages: Collection[PageAds]) -> NDArray[np.intp]:
    keys = ((page.url, page.tier) for page in pages if page.flights)
    return np.array([history.rows[key] for key in keys if key in history.rows], dtype=np.intp)
