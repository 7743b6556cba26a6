"""Matching by themes alone."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plugins.ads.flights import Flight
from plugins.magazine.edition import Edition
from plugins.magazine.page import Page
from plugins.magazine.schema import EventFields


@dataclass(frozen=True, slots=True)
class Match:
    flight: Flight
    score: float


class Matching:
    def __init__(self, flights: Iterable[Flight], edition: Edition, _cache_folder: Path) -> None:
        self._today = edition.settings.now.date()
        self._flights = tuple(flights)

    def prepare(self, _pages: Iterable[Page]) -> int:
        return 0

    def candidates(self, page: Page) -> tuple[Match, ...]:
        return self._found(page, [f for f in self._flights if f.runs(self._today)])

    def coming(self, page: Page) -> tuple[Match, ...]:
        return self._found(page, [f for f in self._flights if f.comes(self._today)])

    def _found(self, page: Page, flights: list[Flight]) -> tuple[Match, ...]:
        about = page.about.slug if page.about and isinstance(page.about.fields, EventFields) else ""
        matches = [
            Match(f, len(page.themes.intersection(f.fields.themes)))
            for f in flights
            if page.placement in f.fields.placements
            and (not f.fields.events or about in f.fields.events)
            and (f.fields.subscribers or page.tree == "public")
            and page.themes.isdisjoint(f.fields.excluded_themes)
            and (not f.fields.themes or page.themes.intersection(f.fields.themes))
        ]
        return tuple(
            sorted(
                matches,
                key=lambda m: (
                    m.flight.fields.type == "house",
                    m.flight.fields.goal != "exclusive",
                    -m.score,
                    hashlib.blake2b(f"{page.url} {m.flight.slug}".encode()).digest(),
                ),
            )
        )
