"""Flights made into candidates: their label, and what they show on each class of screens."""

from collections.abc import Iterable, Iterator
from typing import Literal

from plugins.ads.boxes import Banner, Candidate, Screen
from plugins.ads.creatives.files import DOUBLE, CreativeFile, file_of
from plugins.ads.creatives.sizes import TEXT, chosen
from plugins.ads.flights import Flight
from plugins.magazine.booking import CreativeFields
from plugins.magazine.edition import Edition
from plugins.magazine.typography import set_plain

_SPONSORS = frozenset({"event-sponsor", "newsletter-sponsor"})
NEWSLETTER = "newsletter"
"""The placement that is on no page."""

PARTNERS = "partners"
"""How an event shows one of several partners."""


class CandidateMaker:
    """Makes each flight's candidate for each placement once, and knows the files that they show."""

    def __init__(self, edition: Edition, flights: Iterable[Flight]) -> None:
        self._edition = edition
        self._folders = {
            node.slug: (edition.settings.content / node.document.path).parent
            for node in edition.graph.bookings
        }
        self.files: dict[str, tuple[CreativeFile, int]] = {}
        """By where they are published, with the scale."""
        self._candidates: dict[tuple[str, str], Candidate] = {
            (flight.slug, placement): self._candidate(flight, placement)
            for flight in flights
            for placement in _shown_in(flight)
        }
        self.notice = self._notice()
        """The magazine's own words, where no booking fits."""

    def of(self, flight: Flight, placement: str) -> Candidate:
        """A flight as a placement shows it."""
        return self._candidates[flight.slug, placement]

    def _notice(self) -> Candidate:
        settings, translate = self._edition.settings, self._edition.catalogue.gettext
        words = translate("Lire tous les numéros\u00a0: ce que comprend l’abonnement.")
        banner = Banner(TEXT, "", settings.urls.subscribe, words, settings.name)
        return Candidate("", translate("L’association"), house=True, banners=(banner,))

    def _candidate(self, flight: Flight, placement: str) -> Candidate:
        house = flight.fields.type == "house"
        banners = tuple(self._banners(flight, placement))
        return Candidate(flight.slug, self._label(flight), house, banners)

    def _label(self, flight: Flight) -> str:
        """What it is and whose, as the law has it said (in French: loi 2004-575, article 20)."""
        translate = self._edition.catalogue.gettext
        if flight.fields.type == "house":
            return str(translate("L’association"))
        sponsor = flight.fields.type in _SPONSORS
        what = translate("Partenaire") if sponsor else translate("Publicité")
        return f"{what} · {set_plain(flight.fields.advertiser)}"

    def _banners(self, flight: Flight, placement: str) -> Iterator[Banner]:
        wide, narrow = chosen(flight.fields.creatives, placement)
        if wide is narrow:
            yield self._banner(flight, wide, "")
        else:
            yield self._banner(flight, wide, "wide")
            yield self._banner(flight, narrow, "narrow")

    def _banner(
        self, flight: Flight, creative: CreativeFields | None, screen: Screen | Literal[""]
    ) -> Banner:
        """A creative; the words of the first one where no picture can be read, or has room."""
        if creative is None or creative.size == TEXT:
            said = creative or flight.fields.creatives[0]
            headline = set_plain(said.headline or flight.fields.advertiser)
            return Banner(TEXT, screen, said.link, set_plain(said.alt), headline)
        file = file_of(self._folders[flight.slug], creative, self._edition.images)
        urls = {scale: self._published(file, scale) for scale in file.scales}
        width, height = creative.size_px
        return Banner(
            creative=creative.size,
            screen=screen,
            url=creative.link,
            alt=set_plain(creative.alt),
            src=urls[1],
            double=urls.get(DOUBLE, ""),
            width=width,
            height=height,
            framed=file.kind == "framed",
        )

    def _published(self, file: CreativeFile, scale: int) -> str:
        self.files[file.path(scale)] = file, scale
        return f"/{file.path(scale)}"


def _shown_in(flight: Flight) -> tuple[str, ...]:
    """The placements on pages, and among the partners of an event."""
    placements = tuple(p for p in flight.fields.placements if p != NEWSLETTER)
    return (*placements, PARTNERS) if "event" in placements else placements
