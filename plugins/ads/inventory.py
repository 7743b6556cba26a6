"""Which ad a page shows: approved, inside its dates, on one of its themes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from plugins.ads.flights import Flight
from plugins.images.library import ImageLibrary
from plugins.magazine.booking import BookingFields, CreativeFields
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Node
from plugins.magazine.parts import Ad
from plugins.magazine.typography import set_plain

WIDE_SIZES = ("970x250", "728x90", "300x250", "320x100")
NARROW_SIZES = ("300x250", "320x100")
SIZES = {
    "home": WIDE_SIZES,
    "list": WIDE_SIZES,
    "article": ("300x250", "728x90", "320x100", "970x250"),
}
"""Which sizes a placement takes, the best first; narrow screens take a small one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A booking that runs, with its ad for each placement."""

    key: str
    themes: frozenset[str]
    excluded: frozenset[str]
    ads: dict[str, Ad]


@dataclass(frozen=True, slots=True)
class Inventory:
    """The ads that may be shown today."""

    paid: tuple[Candidate, ...]
    house: tuple[Candidate, ...]
    notice: Ad
    _candidates: dict[tuple[str, frozenset[str]], list[Candidate]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Equals for each placement on pages of each set of themes: few, for many pages."""

    @classmethod
    def of(cls, edition: Edition, flights: Sequence[Flight]) -> "Inventory":
        """Approved bookings inside their dates."""
        maker = _AdMaker(edition)
        today, by_slug = edition.settings.now.date(), {f.slug: f for f in flights}
        running = [b for b in edition.graph.bookings if by_slug[b.slug].runs(today)]
        made = {
            kind: tuple(maker.candidate(b) for b in running if b.fields.type == kind)
            for kind in ("paid", "house")
        }
        return cls(made["paid"], made["house"], maker.notice())

    def choose(self, url: str, placement: str, themes: frozenset[str]) -> Ad:
        """The best match, else a house ad, else the magazine's own notice."""
        place = placement, themes
        if place not in self._candidates:
            self._candidates[place] = self._suiting(placement, themes)
        candidates = self._candidates[place]
        return _turn(url, candidates).ads[placement] if candidates else self.notice

    def _suiting(self, placement: str, themes: frozenset[str]) -> list[Candidate]:
        matches = [c for c in self.paid if placement in c.ads and suits(c, themes)]
        if matches:
            most = max(len(c.themes & themes) for c in matches)
            return [c for c in matches if len(c.themes & themes) == most]
        return [c for c in self.house if placement in c.ads and not c.excluded & themes]


def suits(candidate: Candidate, themes: frozenset[str]) -> bool:
    """On one of the booking's themes (any page, if it names none), on no excluded one."""
    matched = not candidate.themes or bool(candidate.themes & themes)
    return matched and not candidate.excluded & themes


def _turn(url: str, candidates: Sequence[Candidate]) -> Candidate:
    """Equals share the pages: each page has its own order of them, always the same."""

    def place(candidate: Candidate) -> bytes:
        return hashlib.blake2b(f"{url} {candidate.key}".encode(), digest_size=8).digest()

    return candidates[0] if len(candidates) == 1 else min(candidates, key=place)


class _AdMaker:
    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._images: ImageLibrary = edition.images
        self._label = str(edition.catalogue.gettext("Publicité"))

    def candidate(self, booking: Node[BookingFields]) -> Candidate:
        fields = booking.fields
        ads: dict[str, Ad] = {
            placement: self._ad(booking, SIZES[placement]) for placement in fields.placements
        }
        return Candidate(
            booking.slug, frozenset(fields.themes), frozenset(fields.excluded_themes), ads
        )

    def notice(self) -> Ad:
        """The magazine's own words, where no booking fits."""
        translate = self._edition.catalogue.gettext
        return Ad(
            label=translate("L’association"),
            advertiser=self._edition.settings.name,
            url=self._edition.settings.urls.subscribe,
            alt=translate("Lire tous les numéros\u00a0: ce que comprend l’abonnement."),
            src="",
            width=0,
            height=0,
            house=True,
        )

    def _ad(self, booking: Node[BookingFields], sizes: tuple[str, ...]) -> Ad:
        fields = booking.fields
        by_size = {creative.size: creative for creative in fields.creatives}
        chosen = next(by_size[s] for s in (*sizes, *WIDE_SIZES) if s in by_size)
        narrow = next((by_size[s] for s in NARROW_SIZES if s in by_size), chosen)
        width, height = chosen.size_px
        narrow_width, narrow_height = narrow.size_px
        house = fields.type == "house"
        return Ad(
            label=str(self._edition.catalogue.gettext("L’association")) if house else self._label,
            advertiser=set_plain(fields.advertiser),
            url=chosen.link,
            alt=set_plain(chosen.alt),
            src=self._src(booking, chosen),
            width=width,
            height=height,
            house=house,
            narrow_src=self._src(booking, narrow),
            narrow_width=narrow_width,
            narrow_height=narrow_height,
        )

    def _src(self, booking: Node[BookingFields], creative: CreativeFields) -> str:
        assert creative.file is not None  # noqa: S101 (texts are no pictures)
        path = self._edition.settings.content / booking.document.path.parent / creative.file
        return self._images.picture(path, creative.alt).src
