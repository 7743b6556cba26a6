"""The fields of a booking: what an advertiser orders, and what an editor approves."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, TypeVar

from pydantic import Field, field_validator
from pydantic import ValidationInfo as Info

from plugins.magazine.ad_fields import EXCLUSIVE, AdLink, Alt, Goal, Headline, Name, Price
from plugins.magazine.fields import Day, Slug, Text, ThemeSlug, fields, wrong
from plugins.magazine.messages import tell
from plugins.magazine.schema import Entry

Placement = Literal["article", "home", "list", "event", "newsletter"]
BookingKind = Literal["paid", "house", "newsletter-sponsor", "event-sponsor"]
Status = Literal["proposed", "approved", "suspended"]
Size = Literal["970x250", "728x90", "300x250", "320x100", "text"]

LONGEST_DAYS = 2 * 366
"""A campaign that is longer is a slip in a year."""

PLACES: dict[BookingKind, frozenset[Placement]] = {
    "paid": frozenset({"article", "home", "list"}),
    "house": frozenset({"article", "home", "list"}),
    "newsletter-sponsor": frozenset({"newsletter"}),
    "event-sponsor": frozenset({"event"}),
}
"""Where each kind appears: a sponsor with what it sponsors, others beside what there is to read."""

S = TypeVar("S", bound=Sequence[str])


@fields
class CreativeFields:
    """What a booking shows in one size; without ``file`` it is text, of headline and ``alt``."""

    size: Size
    file: Text | None = Field(None, validate_default=True, kw_only=True)
    alt: Alt
    headline: Headline | None = Field(None, validate_default=True, kw_only=True)
    link: AdLink

    @field_validator("file")
    @classmethod
    def _is_image_or_text(cls, file: str | None, info: Info) -> str | None:
        size = info.data.get("size")
        if size and (file is None) != (size == "text"):
            raise wrong(tell("une création « text » n’a pas de fichier, les autres en ont un"))
        return file

    @field_validator("headline")
    @classmethod
    def _has_words(cls, headline: str | None, info: Info) -> str | None:
        if info.data.get("size") == "text" and not headline:
            raise wrong(tell("une création « text » a un titre (headline)"))
        return headline

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height; none of a text."""
        width, _, height = self.size.partition("x")
        return int(width), int(height)


@fields
class ApprovalFields:
    """Who approved, when, and the SHA-256 of what was approved (see ``plugins.ads.approval``)."""

    by: Text
    date: Day
    sha256: Text


@fields
class BookingFields(Entry):
    """``ads/<slug>/booking.md``: an advertiser's order; both dates are included.

    The body is the keyword brief: what the ad is about, in words. Each rule between fields is
    told at the last of them, so that all flaws are told at once; ``kw_only`` has Pydantic read
    the fields in their order.
    """

    kind: ClassVar[str] = "booking"
    advertiser: Name
    campaign: Name
    type: BookingKind = Field("paid", alias="kind", kw_only=True)
    status: Status
    start: Day
    end: Day
    goal: Goal | None = Field(None, validate_default=True, kw_only=True)
    daily_cap: int | None = Field(None, ge=1, kw_only=True)
    price: Price | None = None
    placements: tuple[Placement, ...] = Field(min_length=1, kw_only=True)
    themes: tuple[ThemeSlug, ...] = ()
    excluded_themes: tuple[ThemeSlug, ...] = ()
    events: tuple[Slug, ...] = ()
    subscribers: bool = True
    creatives: tuple[CreativeFields, ...] = Field(min_length=1, kw_only=True)
    approval: ApprovalFields | None = None

    @field_validator("end")
    @classmethod
    def _lasts(cls, end: date, info: Info) -> date:
        start = info.data.get("start")
        if start and end < start:
            raise wrong(tell("la fin précède le début"))
        if start and (end - start).days >= LONGEST_DAYS:
            raise wrong(tell("plus de deux ans après le début : l’année est-elle la bonne ?"))
        return end

    @field_validator("goal")
    @classmethod
    def _promises(cls, goal: int | str | None, info: Info) -> int | str | None:
        kind = info.data.get("type")
        if kind == "paid" and goal is None:
            message = (
                "une annonce payée dit ce qui est promis : un nombre d’impressions visibles "
                "(20000), ou exclusive"
            )
            raise wrong(tell(message))
        if kind == "house" and goal is not None:
            raise wrong(tell("une annonce de la maison ne promet rien : pas de « goal »"))
        return goal

    @field_validator("daily_cap")
    @classmethod
    def _caps(cls, cap: int | None, info: Info) -> int | None:
        goal, start, end = (info.data.get(name) for name in ("goal", "start", "end"))
        if cap and goal == EXCLUSIVE:
            raise wrong(tell("une annonce exclusive n’a pas de plafond par jour"))
        if cap and isinstance(goal, int) and start and end:
            most = cap * ((end - start).days + 1)
            if most < goal:
                message = "à {cap} par jour, {most} au plus jusqu’à la fin : {goal} sont promises"
                raise wrong(tell(message, cap=cap, most=most, goal=goal))
        return cap

    @field_validator("price")
    @classmethod
    def _costs(cls, price: Decimal | None, info: Info) -> Decimal | None:
        if price and info.data.get("type") == "house":
            raise wrong(tell("une annonce de la maison n’a pas de prix"))
        return price

    @field_validator("placements")
    @classmethod
    def _has_its_places(
        cls, placements: tuple[Placement, ...], info: Info
    ) -> tuple[Placement, ...]:
        kind = info.data.get("type")
        if kind and not PLACES[kind] >= {*placements}:
            message = "pour « kind: {kind} », au choix : {expected}"
            expected = ", ".join(sorted(PLACES[kind]))
            raise wrong(tell(message, kind=kind, expected=expected))
        return _each_once(placements)

    @field_validator("themes")
    @classmethod
    def _names_themes_once(cls, themes: tuple[str, ...]) -> tuple[str, ...]:
        return _each_once(themes)

    @field_validator("excluded_themes")
    @classmethod
    def _excludes_others(cls, themes: tuple[str, ...], info: Info) -> tuple[str, ...]:
        both = [theme for theme in themes if theme in info.data.get("themes", ())]
        if both:
            raise wrong(tell("« {theme} » est voulu et exclu à la fois", theme=both[0]))
        return _each_once(themes)

    @field_validator("events")
    @classmethod
    def _sponsors(cls, events: tuple[str, ...], info: Info) -> tuple[str, ...]:
        if events and info.data.get("type", "event-sponsor") != "event-sponsor":
            raise wrong(tell("seul « kind: event-sponsor » nomme des événements"))
        return _each_once(events)

    @field_validator("creatives")
    @classmethod
    def _has_one_of_a_size(
        cls, creatives: tuple[CreativeFields, ...]
    ) -> tuple[CreativeFields, ...]:
        _each_once([creative.size for creative in creatives])
        return creatives


def _each_once(named: S) -> S:
    """The same; what is named twice is told."""
    twice = next((name for n, name in enumerate(named) if name in named[:n]), None)
    if twice is not None:
        raise wrong(tell("« {name} » y est deux fois", name=twice))
    return named
