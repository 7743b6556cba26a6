"""What pages carry: boxes, each with its candidates, and the marks that say that they do.

A candidate is made once and carried by many pages. Marks differ from page to page; they are made
when a page is written.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from plugins.ads.marks import mark_of
from plugins.magazine.digest import digest_of, digest_of_bytes

Screen = Literal["wide", "narrow"]
HEIGHTS_PX = (90, 100, 120, 160, 200, 250)
"""What may be reserved: heights of pictures, and steps for words; the theme has a class each."""

_WORDS_PX = {"wide": (48, 56), "narrow": (26, 32)}
"""Characters of a headline's line and of a text's, where letters are wide: at 768 px, at 320 px."""

_FRAME_PX, _HEADLINE_PX, _TEXT_PX = 38, 25, 21
"""Borders and spaces around words; a line of each."""


@dataclass(frozen=True, slots=True)
class Banner:
    """What a candidate shows on a class of screens (``""``: on all), with its own link.

    ``creative`` is its size, or « text ». Sizes are in CSS pixels; without ``src`` it is text.
    """

    creative: str
    screen: Screen | Literal[""]
    url: str
    alt: str
    headline: str = ""
    src: str = ""
    double: str = ""
    """The same picture for screens of two pixels a pixel; empty when there is none."""
    width: int = 0
    height: int = 0
    framed: bool = False

    def height_px(self, screen: Screen) -> int:
        """How tall it is on a class of screens; words as far as their number says."""
        if self.src:
            return self.height
        headline, text = _WORDS_PX[screen]
        lines = -(-len(self.headline) // headline), -(-len(self.alt) // text)
        return _FRAME_PX + lines[0] * _HEADLINE_PX + lines[1] * _TEXT_PX


@dataclass(frozen=True)
class Candidate:
    """A flight as a placement shows it; without ``flight`` the magazine's own words.

    ``label`` says what it is and whose: « Publicité · Acme ».
    """

    flight: str
    label: str
    house: bool
    banners: tuple[Banner, ...]

    @cached_property
    def digest(self) -> bytes:
        """Equal digests, equal candidates."""
        return digest_of(self.flight, self.label, self.house, self.banners)

    def height_px(self, screen: Screen) -> int:
        """How tall it is on a class of screens."""
        return max(b.height_px(screen) for b in self.banners if b.screen in ("", screen))


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page; its first candidate stands there until the plan says otherwise."""

    placement: str
    number: int
    candidates: tuple[Candidate, ...]

    @property
    def name(self) -> str:
        """What its label is called on the page."""
        return f"ad-{self.placement}" + (f"-{self.number}" if self.number > 1 else "")

    def reserved_px(self, screen: Screen) -> int:
        """What has to be reserved, so that nothing moves whatever is shown: one of HEIGHTS_PX.

        None for words that stand alone: they are there from the first.
        """
        if len(self.candidates) == 1 and not self.candidates[0].banners[0].src:
            return 0
        tallest = max(candidate.height_px(screen) for candidate in self.candidates)
        return next((height for height in HEIGHTS_PX if height >= tallest), HEIGHTS_PX[-1])


@dataclass(frozen=True)
class Terms:
    """What all pages are counted by: the key of marks, and whether readers are asked first."""

    key: bytes = field(repr=False)
    counting: bool = True
    consent: bool = False

    @cached_property
    def digest(self) -> bytes:
        """Equal digests, equal terms."""
        return digest_of(self.key, self.counting, self.consent)


@dataclass(frozen=True, slots=True)
class PageAds:
    """What a page carries, and how it is counted."""

    page: str
    tier: str
    boxes: tuple[Box, ...]
    terms: Terms
    coming: tuple[str, ...] = ()
    """The slugs of flights that it will carry once they begin; the page says nothing of them."""

    @property
    def digest(self) -> bytes:
        """Equal digests, equal ads on a page."""
        said = [self.terms.digest]
        for box in self.boxes:
            said.append(box.placement.encode())
            said += [candidate.digest for candidate in box.candidates]
        return digest_of_bytes(b"\0".join(said))

    @property
    def mark(self) -> str:
        """The mark of the page."""
        return mark_of(self.terms.key, self.page, self.tier)

    def mark_of(self, box: Box, candidate: Candidate, banner: Banner) -> str:
        """The mark of what a candidate shows in a box of the page."""
        what = box.placement, candidate.flight, banner.creative
        return mark_of(self.terms.key, self.page, self.tier, *what)

    @property
    def flights(self) -> tuple[str, ...]:
        """The slugs of all flights that it carries, the best first."""
        return tuple([c.flight for box in self.boxes for c in box.candidates if c.flight])
