"""The fields of a booking: what an advertiser orders, and what an editor approves."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic import ValidationInfo as Info

from plugins.magazine.fields import AdLink, Day, Slug, Text, ThemeSlug, fields, wrong
from plugins.magazine.messages import tell
from plugins.magazine.schema import Entry

Placement = Literal["article", "home", "list", "event", "newsletter"]
BookingKind = Literal["paid", "house", "newsletter-sponsor", "event-sponsor"]
Status = Literal["proposed", "approved", "suspended"]


@fields
class CreativeFields:
    """What a booking shows in one size; without ``file`` it is text, of headline and ``alt``."""

    size: Literal["970x250", "728x90", "300x250", "320x100", "text"]
    file: Text | None = None
    alt: Text
    headline: Text | None = None
    link: AdLink

    @model_validator(mode="after")
    def _is_image_or_text(self) -> Self:
        if (self.file is None) != (self.size == "text"):
            raise wrong(tell("une création « text » n’a pas de fichier, les autres en ont un"))
        if self.size == "text" and not self.headline:
            raise wrong(tell("une création « text » a un titre (headline)"))
        return self

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

    The body is the keyword brief: what the ad is about, in words.
    """

    kind: ClassVar[str] = "booking"
    advertiser: Text
    campaign: Text
    type: BookingKind = Field("paid", alias="kind")
    status: Status
    start: Day
    end: Day
    goal: int | Literal["exclusive"] | None = None
    daily_cap: int | None = Field(None, ge=1)
    price: Decimal | None = Field(None, ge=0)
    placements: tuple[Placement, ...] = Field(min_length=1)
    themes: tuple[ThemeSlug, ...] = ()
    excluded_themes: tuple[ThemeSlug, ...] = ()
    events: tuple[Slug, ...] = ()
    subscribers: bool = True
    creatives: tuple[CreativeFields, ...] = Field(min_length=1)
    approval: ApprovalFields | None = None

    @field_validator("end")
    @classmethod
    def _ends_after_start(cls, end: date, info: Info) -> date:
        start = info.data.get("start")
        if start and end < start:
            raise wrong(tell("la fin précède le début"))
        return end
