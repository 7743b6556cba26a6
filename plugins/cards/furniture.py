"""What the cards of a kind and wear have in common: emblem, ribbon, rule, signature."""

from functools import lru_cache

from PIL import Image, ImageDraw

from plugins.cards.card import (
    CARD_SIZE_PX,
    COVER_WIDTH_PX,
    EDGE_PX,
    EMBLEM_PX,
    RULE_Y_PX,
    Card,
    column,
)
from plugins.cards.icon import draw_mark
from plugins.cards.medallion import draw_medallion
from plugins.cards.palette import HAIRLINE, INK, PAPER, Wear, accent
from plugins.cards.plate import INKS, as_plate
from plugins.cards.typesetting import Type, draw_line

FOOT_BASELINE_PX = 580
SITE = Type("display-regular", 36)
EMBLEM_TOP_PX = (RULE_Y_PX - EMBLEM_PX) // 2 + 18
RIBBON_PX = (44, 128, 20)  # width, length, depth of the notch


def furnished(card: Card) -> Image.Image:
    """Return a plate with everything but the card's own words and cover."""
    left = column(card).left if card.cover else EDGE_PX
    return _furnish(card.kind, card.wear, card.site_name, left).copy()


@lru_cache(maxsize=32)
def _furnish(kind: str, wear: Wear, site_name: str, left: int) -> Image.Image:
    image = Image.new("RGB", CARD_SIZE_PX, PAPER)
    if kind in ("person", "site"):
        emblem = _draw_emblem(kind, wear)
        image.paste(emblem, (EDGE_PX, EMBLEM_TOP_PX), emblem)
    elif left != EDGE_PX:
        line = (COVER_WIDTH_PX, 0, COVER_WIDTH_PX, CARD_SIZE_PX[1])
        ImageDraw.Draw(image).line(line, HAIRLINE, 2)
    _draw_ribbon(image, wear)
    _draw_foot(image, kind, site_name, left)
    return as_plate(image, INKS[wear])


def _draw_emblem(kind: str, wear: Wear) -> Image.Image:
    return draw_medallion(wear, EMBLEM_PX) if kind == "person" else draw_mark(EMBLEM_PX, None)


def _draw_ribbon(image: Image.Image, wear: Wear) -> None:
    """Hang a bookmark from the top edge, in the accent."""
    wide, long, notch = RIBBON_PX
    scale = 4
    mask = Image.new("L", (wide * scale, long * scale))
    outline = [(0, 0), (wide, 0), (wide, long), (wide / 2, long - notch), (0, long)]
    ImageDraw.Draw(mask).polygon([(x * scale, y * scale) for x, y in outline], 255)
    left = CARD_SIZE_PX[0] - EDGE_PX - wide
    image.paste(accent(wear), (left, 0), mask.resize((wide, long), Image.Resampling.BOX))


def _draw_foot(image: Image.Image, kind: str, site_name: str, left: int) -> None:
    """Rule off the foot and sign it: the mark, then the review's name."""
    draw = ImageDraw.Draw(image)
    draw.line((left, RULE_Y_PX, CARD_SIZE_PX[0] - EDGE_PX, RULE_Y_PX), HAIRLINE, 2)
    if kind == "site":
        return  # the card already shows mark and name
    mark = draw_mark(60, None)
    image.paste(mark, (left, FOOT_BASELINE_PX - 44), mark)
    draw_line(draw, (left + 76, FOOT_BASELINE_PX), site_name, SITE, INK)
