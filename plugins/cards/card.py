"""What a social card says, and the measures its drawing shares."""

from dataclasses import dataclass
from typing import Literal

from plugins.cards.palette import Wear

CARD_SIZE_PX = (1200, 630)
EDGE_PX = 72
RULE_Y_PX = 524
GUTTER_PX = 56

Kind = Literal["article", "person", "issue", "site"]


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; text arrives typographed.

    `initials` serve a person's card, `cover` (an image file's bytes) an issue's.
    """

    kind: Kind
    label: str
    title: str
    subtitle: str
    wear: Wear
    site_name: str
    initials: str = ""
    cover: bytes | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """The text's place: left edge and measure, in pixels."""

    left: int
    measure: int
