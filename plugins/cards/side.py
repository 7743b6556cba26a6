"""The left side of a card: a person's medallion, an issue's cover, the review's mark."""

from io import BytesIO

from PIL import Image, ImageDraw

from plugins.cards.card import CARD_SIZE_PX, EDGE_PX, GUTTER_PX, RULE_Y_PX, Card, Column
from plugins.cards.icon import draw_mark
from plugins.cards.medallion import draw_medallion
from plugins.cards.palette import HAIRLINE

MEDALLION_PX = 300
COVER_WIDTH_PX = 472


def draw_side(image: Image.Image, card: Card) -> Column:
    """Draw the medallion, the mark or the cover at left; return what is left for text."""
    left = EDGE_PX
    if card.kind in ("person", "site"):
        side = _draw_emblem(card)
        image.paste(side, (EDGE_PX, (RULE_Y_PX - MEDALLION_PX) // 2 + 18), side)
        left += MEDALLION_PX + GUTTER_PX
    elif card.cover is not None:
        _draw_cover(image, card.cover)
        left = COVER_WIDTH_PX + GUTTER_PX
    return Column(left, CARD_SIZE_PX[0] - EDGE_PX - left)


def _draw_emblem(card: Card) -> Image.Image:
    if card.kind == "person":
        return draw_medallion(card.initials, card.wear, MEDALLION_PX)
    return draw_mark(MEDALLION_PX, None)


def _draw_cover(image: Image.Image, cover: bytes) -> None:
    """Fill the left side with the cover, cut at the edges if its shape differs."""
    with Image.open(BytesIO(cover)) as source:
        picture = source.convert("RGB")
    wide, high = COVER_WIDTH_PX, CARD_SIZE_PX[1]
    scale = max(wide / picture.width, high / picture.height)
    resized = picture.resize(
        (round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS
    )
    image.paste(resized.crop((0, 0, wide, high)), (0, 0))
    ImageDraw.Draw(image).line((wide, 0, wide, high), HAIRLINE, 2)
