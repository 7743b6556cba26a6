"""Social cards: 1200 × 630 px PNG, set in the theme's own faces.

The same card always gives the same bytes; a change of drawing raises `CARD_VERSION`, which is
part of a card's cache key.
"""

from PIL import Image, ImageDraw

from plugins.cards.card import CARD_SIZE_PX, EDGE_PX, RULE_Y_PX, Card, Column
from plugins.cards.encoding import house_palette, png
from plugins.cards.icon import draw_mark
from plugins.cards.lines import Setting, draw_setting, fit, fit_cut
from plugins.cards.palette import HAIRLINE, INK, PAPER, SOFT_INK, Wear, accent
from plugins.cards.side import draw_side
from plugins.cards.typesetting import Type, draw_line

__all__ = ["CARD_MEDIA_TYPE", "CARD_SIZE_PX", "CARD_VERSION", "Card", "draw_card"]

CARD_VERSION = 1
CARD_MEDIA_TYPE = "image/png"
MAX_BYTES = 120_000
COVER_COLOURS = (192, 96, 48, 24)  # with a cover, tried in turn until the file is light enough

FOOT_BASELINE_PX = 580
LABEL_BASELINE_PX = 108
BODY_TOP_PX = 158
BODY_BOTTOM_PX = 472
RIBBON_PX = (44, 128, 20)  # width, length, depth of the notch

LABEL = Type("sans", 32, weight=600, features=())
SITE = Type("display-regular", 36)
TITLE = Type("display-regular", 96, leading=1.1)
TITLE_SIZES_PX = (116, 106, 96, 88, 80, 72, 66, 60, 54, 50, 46, 42, 38, 34)
SUBTITLE = Type("serif-italic", 34, leading=1.32)
SUBTITLE_SIZES_PX = (34, 31, 28, 25)
SUBTITLE_GAP_PX = 64
SUBTITLE_LINES = 2


def draw_card(card: Card) -> bytes:
    """Draw a card as PNG; a cover loses colours until the file holds in `MAX_BYTES`."""
    image = Image.new("RGB", CARD_SIZE_PX, PAPER)
    draw = ImageDraw.Draw(image)
    column = draw_side(image, card)
    _draw_ribbon(image, card.wear)
    _draw_text(draw, card, column)
    _draw_foot(image, draw, card, column)
    return _encode_cover(image) if card.cover else _encode(image)


def _draw_ribbon(image: Image.Image, wear: Wear) -> None:
    """Hang a bookmark from the top edge, in the accent."""
    wide, long, notch = RIBBON_PX
    scale = 4
    mask = Image.new("L", (wide * scale, long * scale))
    outline = [(0, 0), (wide, 0), (wide, long), (wide / 2, long - notch), (0, long)]
    ImageDraw.Draw(mask).polygon([(x * scale, y * scale) for x, y in outline], 255)
    left = CARD_SIZE_PX[0] - EDGE_PX - wide
    image.paste(accent(wear), (left, 0), mask.resize((wide, long), Image.Resampling.BOX))


def _draw_text(draw: ImageDraw.ImageDraw, card: Card, column: Column) -> None:
    """Set label, title and subtitle: the label on top, the rest centred under it."""
    draw_line(draw, (column.left, LABEL_BASELINE_PX), card.label, LABEL, SOFT_INK)
    subtitle = _fit_subtitle(card.subtitle, column) if card.subtitle else None
    below = SUBTITLE_GAP_PX + subtitle.height_px if subtitle else 0
    room = BODY_BOTTOM_PX - BODY_TOP_PX - below
    title = fit(card.title, TITLE, TITLE_SIZES_PX, column.measure, room)
    top = BODY_TOP_PX + (room - title.height_px) / 2
    first = top + title.height_px - title.type.line_px * (len(title.lines) - 1)
    last = draw_setting(draw, (column.left, first), title, INK)
    if subtitle:
        first = last + SUBTITLE_GAP_PX + subtitle.type.size_px * 0.2
        draw_setting(draw, (column.left, first), subtitle, SOFT_INK)


def _fit_subtitle(text: str, column: Column) -> Setting:
    return fit_cut(text, SUBTITLE, SUBTITLE_SIZES_PX, column.measure, SUBTITLE_LINES)


def _draw_foot(image: Image.Image, draw: ImageDraw.ImageDraw, card: Card, column: Column) -> None:
    """Rule off the foot and sign it: the mark, then the review's name."""
    left = column.left if card.cover else EDGE_PX
    right = CARD_SIZE_PX[0] - EDGE_PX
    draw.line((left, RULE_Y_PX, right, RULE_Y_PX), HAIRLINE, 2)
    if card.kind == "site":
        return  # the card already shows mark and name
    mark = draw_mark(60, None)
    image.paste(mark, (left, FOOT_BASELINE_PX - 44), mark)
    draw_line(draw, (left + 76, FOOT_BASELINE_PX), card.site_name, SITE, INK)


def _encode(image: Image.Image) -> bytes:
    return png(image.quantize(palette=house_palette(), dither=Image.Dither.NONE))


def _encode_cover(image: Image.Image) -> bytes:
    """Choose colours for a cover of any palette: as many as keep the file light."""
    data = b""
    for count in COVER_COLOURS:
        data = png(image.quantize(count, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE))
        if len(data) <= MAX_BYTES:
            break
    return data
