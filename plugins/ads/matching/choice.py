"""Which bookings suit a page, and which of them best: filters first, then themes and text."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from plugins.ads.flights import Flight
from plugins.magazine.page import Tree

Refusal = Literal["placement", "event", "tier", "theme", "excluded-theme", "sensitive"]

THEME_WEIGHT = 1.0
"""What one booked theme that the page has is worth, beside the score of the text."""

PAID, HOUSE = 4, 1
"""So many bookings of a kind has a page, at most: the browser picks among them."""


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
    return "sensitive" if sensitive and not is_house(flight) else None


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


@dataclass(slots=True)
class Chooser:
    """Puts the bookings that suit a place in order. What it knows of a place is kept: places are
    few, pages many."""

    flights: Sequence[Flight]
    _suiting: dict[tuple[Place, bool], dict[int, float]] = field(default_factory=dict)

    def suiting(self, place: Place, *, sensitive: bool) -> Mapping[int, float]:
        """The bookings that may stand there, with what their themes are worth."""
        asked = place, sensitive
        if asked not in self._suiting:
            self._suiting[asked] = {
                n: theme_score(flight, place.themes)
                for n, flight in enumerate(self.flights)
                if refusal(flight, place, sensitive=sensitive) is None
            }
        return self._suiting[asked]


def theme_score(flight: Flight, themes: frozenset[str]) -> float:
    """What the themes that a booking and a page share are worth."""
    return THEME_WEIGHT * len(themes.intersection(flight.fields.themes))


def best(
    scores: Mapping[int, float], flights: Sequence[Flight], url: str, few: int
) -> list[tuple[int, float]]:
    """The few best of one kind, with their scores; equals take turns, page by page.

    Where more suit than there are places, the last place goes by turn among the others: so no
    booking is without pages because others always suit a little better.
    """
    if len(scores) > few:
        ahead = _ordered(scores, flights, url)[: few - 1]
        others = scores.keys() - {n for n, _ in ahead}
        last = min(others, key=lambda n: _turn(url, flights[n].slug))
        return [*ahead, (last, scores[last])]
    return _ordered(scores, flights, url)


def _ordered(
    scores: Mapping[int, float], flights: Sequence[Flight], url: str
) -> list[tuple[int, float]]:
    if len(set(scores.values())) == len(scores):
        return sorted(scores.items(), key=lambda found: -found[1])
    return sorted(scores.items(), key=lambda found: (-found[1], _turn(url, flights[found[0]].slug)))


def _turn(url: str, slug: str) -> bytes:
    """Each page has its own order of equals, always the same."""
    return hashlib.blake2b(f"{url} {slug}".encode(), digest_size=8).digest()


def chosen(
    scores: Mapping[int, float], flights: Sequence[Flight], url: str
) -> list[tuple[int, float]]:
    """What a page carries of bookings that suit it: exclusive ones, paid ones, its own."""
    found: list[tuple[int, float]] = []
    for holds, few in ((is_exclusive, PAID), (_is_shared, PAID), (is_house, HOUSE)):
        kind = {n: score for n, score in scores.items() if holds(flights[n])}
        found += best(kind, flights, url, few)
    return found


def _is_shared(flight: Flight) -> bool:
    return not is_house(flight) and not is_exclusive(flight)
