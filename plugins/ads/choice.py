"""Which candidates a page carries, of the flights that it was matched with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from plugins.ads.boxes import Box
from plugins.ads.candidates import PARTNERS, CandidateMaker
from plugins.ads.flights import Flight
from plugins.ads.matching.choice import PAID, is_exclusive, is_house
from plugins.magazine.page import Page


class Match(Protocol):
    """A flight that suits a page."""

    @property
    def flight(self) -> Flight:
        """The flight."""


class Matches(Protocol):
    """What suits pages (:mod:`plugins.ads.matching`): exclusive flights before, house ads after."""

    def candidates(self, page: Page) -> Sequence[Match]:
        """What suits a page today, the best first."""

    def coming(self, page: Page) -> Sequence[Match]:
        """What will suit it once it begins."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Puts what suits a page into its boxes."""

    maker: CandidateMaker
    matches: Matches

    def boxes(self, page: Page) -> tuple[Box, ...]:
        """The boxes of a page; none where it takes no ads."""
        if page.placement is None:
            return ()
        flights = [match.flight for match in self.matches.candidates(page)]
        if page.placement == "event":
            return self._boxes_of_partners(flights)
        paid = [flight for flight in flights if not is_house(flight)]
        exclusive = [flight for flight in paid if is_exclusive(flight)]
        shown = [self.maker.of(flight, page.placement) for flight in (exclusive or paid)[:PAID]]
        if exclusive:
            return (Box(page.placement, 1, tuple(shown)),)
        house = [self.maker.of(f, page.placement) for f in flights if is_house(f)][:1]
        return (Box(page.placement, 1, (*shown, *(house or [self.maker.notice]))),)

    def coming(self, page: Page) -> tuple[str, ...]:
        """The slugs of what a page will carry once it begins."""
        return tuple(match.flight.slug for match in self.matches.coming(page))

    def _boxes_of_partners(self, flights: Sequence[Flight]) -> tuple[Box, ...]:
        """Each partner of an event has a box: none takes turns, nothing fills an empty one."""
        partners = [flight for flight in flights if flight.fields.type == "event-sponsor"]
        among = "event" if len(partners) == 1 else PARTNERS
        made = [self.maker.of(flight, among) for flight in partners[:PAID]]
        return tuple(Box("event", number, (one,)) for number, one in enumerate(made, 1))
