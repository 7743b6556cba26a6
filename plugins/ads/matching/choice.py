"""Which bookings suit a page, and which of them best: filters first, then themes and text."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from plugins.ads.flights import Flight
from plugins.magazine.page import Tree

Refusal = Literal["placement", "event", "tier", "theme", "excluded-theme", "sensitive"]

THEME_WEIGHT = 1.0
"""What one booked theme that the page has is worth, beside the score of the text."""

PAID, HOUSE = 4, 1
"""So many bookings of a kind has a page, at most: the browser picks among them, and all of them
are in the page, whose weight is the reader's."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a booking suits a page: themes that it booked, words and subjects of its brief that the
    text has, too, most telling first. They may be those of a gated text: they are for editors."""

    themes: tuple[str, ...]
    words: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A booking that suits a page; a higher score suits it better."""

    flight: Flight
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked of a page, but its text. ``about`` is the slug of what it is about."""

    placement: str
    tree: Tree
    themes: frozenset[str]
    about: str = ""


def refusal(flight: Flight, place: Place, *, sensitive: bool) -> Refusal | None:
    """Why a booking may not stand somewhere, if it may not."""
    fields = flight.fields
    if place.placement not in fields.placements:
        return "placement"
    if fields.events and place.about not in fields.events:
        return "event"
    if place.tree == "members" and not fields.subscribers:
        return "tier"
    if not place.themes.isdisjoint(fields.excluded_themes):
        return "excluded-theme"
    if not _is_on_theme(flight, place):
        return "theme"
    chosen = is_house(flight) or bool(fields.events)  # who partners an event knows what it is
    return "sensitive" if sensitive and not chosen else None


def _is_on_theme(flight: Flight, place: Place) -> bool:
    """The front page has no theme of its own: who books it wants it."""
    themes = flight.fields.themes
    anywhere = not themes or flight.fields.events or place.placement == "home"
    return bool(anywhere) or not place.themes.isdisjoint(themes)


def is_house(flight: Flight) -> bool:
    """Whether it is the magazine's own."""
    return flight.fields.type == "house"


def is_exclusive(flight: Flight) -> bool:
    """Whether it has its places for itself."""
    return flight.fields.goal == "exclusive"


def theme_score(flight: Flight, themes: frozenset[str]) -> float:
    """What the themes that a booking and a page share are worth."""
    return THEME_WEIGHT * len(themes.intersection(flight.fields.themes))


class Suiting(NamedTuple):
    """Bookings that may stand somewhere, by number, with what their themes are worth."""

    few: int
    themes: dict[int, float]


class Chooser:
    """Puts those of the bookings that it takes in order for a page. What is known of a place is
    kept: places are few, pages many."""

    def __init__(self, flights: Sequence[Flight], takes: Callable[[Flight], bool]) -> None:
        taken = [(n, flight) for n, flight in enumerate(flights) if takes(flight)]
        self._kinds = [
            (few, _ByTheme([(n, flight) for n, flight in taken if holds(flight)]))
            for holds, few in ((is_exclusive, PAID), (_is_shared, PAID), (is_house, HOUSE))
        ]
        self._lots = [_lot(flight.slug) for flight in flights]
        self._suiting: dict[tuple[Place, bool], list[Suiting]] = {}

    def suiting(self, place: Place, *, sensitive: bool) -> list[Suiting]:
        """Bookings that may stand there: exclusive ones, other paid ones, the magazine's own."""
        asked = place, sensitive
        if asked not in self._suiting:
            self._suiting[asked] = [
                Suiting(few, themes)
                for few, flights in self._kinds
                if (themes := flights.suiting(place, sensitive=sensitive))
            ]
        return self._suiting[asked]

    def best(self, suiting: Suiting, texts: Sequence[float], url: str) -> list[int]:
        """The few best for a text; equals take turns, page by page.

        Where more suit than there are places, the last of several goes by turn among the others: so
        no booking is without pages because others always suit a little better.
        """
        lot, lots = _lot(url), self._lots
        scores = [(themes + texts[n], n) for n, themes in suiting.themes.items()]
        scores.sort(key=lambda found: (-found[0], _drawn(lot, lots[found[1]])))
        best, others = scores[: suiting.few], scores[suiting.few - 1 :]
        if suiting.few > 1 and len(others) > 1:
            best[-1] = min(others, key=lambda found: _drawn(lot, lots[found[1]]))
        return [n for _, n in best]


class _ByTheme:
    """Bookings by theme, so that a page asks those alone that may be on one of its own."""

    def __init__(self, flights: Sequence[tuple[int, Flight]]) -> None:
        self._all = dict(flights)
        self._elsewhere = {n: f for n, f in flights if not f.fields.themes or f.fields.events}
        self._on: defaultdict[str, dict[int, Flight]] = defaultdict(dict)
        for n, flight in flights:
            for theme in flight.fields.themes:
                self._on[theme][n] = flight

    def suiting(self, place: Place, *, sensitive: bool) -> dict[int, float]:
        """Those that may stand somewhere, with what their themes are worth there."""
        return {
            n: theme_score(flight, place.themes)
            for n, flight in self._near(place).items()
            if refusal(flight, place, sensitive=sensitive) is None
        }

    def _near(self, place: Place) -> dict[int, Flight]:
        if place.placement == "home":
            return self._all
        found = self._elsewhere.copy()
        for theme in place.themes & self._on.keys():
            found |= self._on[theme]
        return found


def _is_shared(flight: Flight) -> bool:
    return not is_house(flight) and not is_exclusive(flight)


_MIXING = 0x9E3779B97F4A7C15
"""Odd, with bits like those of a random number: products with it are well mixed (Knuth, TAOCP 3,
6.4, multiplicative hashing)."""


def _lot(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())


def _drawn(page: int, flight: int) -> int:
    """Each page has its own order of bookings, always the same whichever others there are."""
    return (page ^ flight) * _MIXING & 0xFFFFFFFFFFFFFFFF
