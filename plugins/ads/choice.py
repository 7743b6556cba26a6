"""Which candidates a page carries, of the flights that it was matched with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.ads.boxes import Box, Candidate, PageAds, Terms
from plugins.ads.candidates import PARTNERS, CandidateMaker
from plugins.ads.flights import Flight
from plugins.ads.matching.choice import PAID, is_exclusive, is_house
from plugins.ads.matching.matching import Matching
from plugins.magazine.page import Page


@dataclass(frozen=True, slots=True)
class Choice:
    """Puts the flights that were matched with a page into its boxes."""

    maker: CandidateMaker

    def boxes(self, page: Page, flights: Sequence[Flight]) -> tuple[Box, ...]:
        """The boxes of a page, of flights best first: exclusive ones before, the magazine's own
        after. None where it takes no ads."""
        if page.placement is None:
            return ()
        if page.placement == "event":
            return self._boxes_of_partners(flights)
        if flights and is_exclusive(flights[0]):
            last: tuple[Candidate, ...] = ()
            paid = [flight for flight in flights if is_exclusive(flight)]
        else:
            paid = [flight for flight in flights if not is_house(flight)]
            house = flights[len(paid) :]
            last = (self.maker.of(house[0], page.placement) if house else self.maker.notice,)
        shown = [self.maker.of(flight, page.placement) for flight in paid[:PAID]]
        return (Box(page.placement, 1, (*shown, *last)),)

    def _boxes_of_partners(self, flights: Sequence[Flight]) -> tuple[Box, ...]:
        """Each partner of an event has a box: none takes turns, nothing fills an empty one."""
        partners = [flight for flight in flights if flight.fields.type == "event-sponsor"]
        among = "event" if len(partners) == 1 else PARTNERS
        made = [self.maker.of(flight, among) for flight in partners[:PAID]]
        return tuple(Box("event", number, (one,)) for number, one in enumerate(made, 1))


def give_boxes(pages: Iterable[Page], matching: Matching, choice: Choice, terms: Terms) -> None:
    """Give each page that is counted what it carries."""
    for page in pages:
        if page.listed:
            running, coming = matching.carried(page)
            slugs = tuple([flight.slug for flight in coming])
            page.ads = PageAds(page.url, page.tree, choice.boxes(page, running), terms, slugs)
