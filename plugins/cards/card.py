"""What a social card says, and the measures its drawing shares."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from plugins.cards.palette import Wear

CARD_SIZE_PX = (1200, 630)
EDGE_PX = 72
RULE_Y_PX = 524
GUTTER_PX = 56
EMBLEM_PX = 300  # a person's medallion, the review's mark
COVER_WIDTH_PX = 472

Kind = Literal["article", "person", "issue", "site"]


@dataclass(frozen=True, slots=True)
class Cover:
    """An issue's cover; two files of the same digest are the same image."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; text arrives typographed.

    `initials` serve a person's card, `cover` an issue's.
    """

    kind: Kind
    label: str
    title: str
    subtitle: str
    wear: Wear
    site_name: str
    initials: str = ""
    cover: Cover | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """The text's place: left edge and measure, in pixels."""

    left: int
    measure: int


def column(card: Card) -> Column:
    """Return what the emblem or the cover leaves for text."""
    left = EDGE_PX
    if card.kind in ("person", "site"):
        left += EMBLEM_PX + GUTTER_PX
    elif card.cover:
        left = COVER_WIDTH_PX + GUTTER_PX
    return Column(left, CARD_SIZE_PX[0] - EDGE_PX - left)
