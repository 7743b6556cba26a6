"""Social cards: 1200 × 630 px PNG, set in the theme's own faces.

The same card always gives the same bytes; a change of drawing raises `CARD_VERSION`, which is
part of a card's cache key.
"""

from PIL import Image, ImageDraw

from plugins.cards.card import EDGE_PX, EMBLEM_PX, Card, Column, column
from plugins.cards.furniture import EMBLEM_TOP_PX, furnished
from plugins.cards.lines import Setting, draw_setting, fit, fit_cut
from plugins.cards.medallion import draw_initials
from plugins.cards.plate import INKS, Inks, add_picture, print_plate, print_with_picture
from plugins.cards.side import cover_side
from plugins.cards.typesetting import Type, draw_line

CARD_VERSION = 2
MAX_BYTES = 120_000
COVER_COLOURS = (128, 64, 32, 16)  # with a cover, tried in turn until the file is light enough

LABEL_BASELINE_PX = 108
BODY_TOP_PX = 158
BODY_BOTTOM_PX = 472

LABEL = Type("sans", 32, weight=600, features=())
TITLE = Type("display-regular", 96, leading=1.1)
TITLE_SIZES_PX = (116, 106, 96, 88, 80, 72, 66, 60, 54, 50, 46, 42, 38, 34)
SUBTITLE = Type("serif-italic", 34, leading=1.32)
SUBTITLE_SIZES_PX = (34, 31, 28, 25)
SUBTITLE_GAP_PX = 64
SUBTITLE_LINES = 2


def draw_card(card: Card) -> bytes:
    """Draw a card as PNG; a cover that cannot be read is an OSError."""
    plate, place, inks = furnished(card), column(card), INKS[card.wear]
    draw = ImageDraw.Draw(plate)
    _draw_text(draw, card, place, inks)
    if card.kind == "person":
        draw_initials(draw, (EDGE_PX, EMBLEM_TOP_PX), card.initials, card.wear, EMBLEM_PX)
    if card.cover:
        return _print_with_cover(plate, inks, cover_side(card.cover.path))
    return print_plate(plate, inks)


def _print_with_cover(plate: Image.Image, inks: Inks, cover: Image.Image) -> bytes:
    """Choose colours for a cover of any palette: as many as keep the file light."""
    data = b""
    for count in COVER_COLOURS:
        data = print_with_picture(plate, add_picture(plate, inks, cover, count))
        if len(data) <= MAX_BYTES:
            break
    return data


def _draw_text(draw: ImageDraw.ImageDraw, card: Card, column: Column, inks: Inks) -> None:
    """Set label, title and subtitle: the label on top, the rest centred under it."""
    draw_line(draw, (column.left, LABEL_BASELINE_PX), card.label, LABEL, inks.soft_ink)
    subtitle = _fit_subtitle(card.subtitle, column) if card.subtitle else None
    below = SUBTITLE_GAP_PX + subtitle.height_px if subtitle else 0
    room = BODY_BOTTOM_PX - BODY_TOP_PX - below
    title = fit(card.title, TITLE, TITLE_SIZES_PX, column.measure, room)
    top = BODY_TOP_PX + (room - title.height_px) / 2
    first = top + title.height_px - title.type.line_px * (len(title.lines) - 1)
    last = draw_setting(draw, (column.left, first), title, inks.ink)
    if subtitle:
        first = last + SUBTITLE_GAP_PX + subtitle.type.size_px * 0.2
        draw_setting(draw, (column.left, first), subtitle, inks.soft_ink)


def _fit_subtitle(text: str, column: Column) -> Setting:
    return fit_cut(text, SUBTITLE, SUBTITLE_SIZES_PX, column.measure, SUBTITLE_LINES)
