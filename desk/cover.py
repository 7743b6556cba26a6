"""An issue's cover: 1200 × 1600 px, a drawing over the number and the title."""

from dataclasses import dataclass

from PIL import Image

from desk.canvas import Canvas, Pen
from desk.designs import DESIGNS
from plugins.cards.encoding import house_palette
from plugins.cards.lines import fit
from plugins.cards.palette import INK, SOFT_INK, accent, wear_of
from plugins.cards.typesetting import Type, width

COVER_SIZE_PX = (1200, 1600)
EDGE_PX = 96
NAME_BASELINE_PX = 132
RULE_Y_PX = 170
DRAWING_PX = 1008
DRAWING_TOP_PX = 216
TITLE_BASELINE_PX = 1494
TITLE_BOX_PX = 210
GUTTER_PX = 60

NAME = Type("display-regular", 58)
DATE = Type("sans", 29, weight=500, features=())
NUMBER = Type("display-regular", 268)
TITLE = Type("display-italic", 92, leading=1.12)
TITLE_SIZES_PX = (150, 132, 116, 104, 92, 84, 76, 68, 62, 56, 50, 44, 38)


@dataclass(frozen=True, slots=True)
class CoverText:
    """What a cover says; text arrives typographed."""

    site_name: str
    number: int
    title: str
    date_label: str


def draw_cover(design: str, text: CoverText, seed: int = 0) -> Image.Image:
    """Draw a cover with a design of `desk.designs`; an unknown one is a KeyError.

    The same arguments give the same pixels.
    """
    canvas = Canvas(*COVER_SIZE_PX)
    _draw_masthead(canvas, text)
    _draw_title(canvas, text)
    image = canvas.finish()
    drawing = DESIGNS[design](DRAWING_PX, accent(wear_of(text.number)), seed)
    image.paste(drawing, ((image.width - DRAWING_PX) // 2, DRAWING_TOP_PX))
    return image.quantize(palette=house_palette(), dither=Image.Dither.NONE)


def _draw_masthead(canvas: Canvas, text: CoverText) -> None:
    right = canvas.width_px - EDGE_PX
    canvas.text((EDGE_PX, NAME_BASELINE_PX), text.site_name, NAME, INK)
    canvas.text((right, NAME_BASELINE_PX), text.date_label, DATE, SOFT_INK, anchor=1)
    canvas.line([(EDGE_PX, RULE_Y_PX), (right, RULE_Y_PX)], Pen(INK, 2, round_ends=False))


def _draw_title(canvas: Canvas, text: CoverText) -> None:
    """Set the number, and the title beside it on the same last baseline."""
    number = str(text.number)
    canvas.text((EDGE_PX - 10, TITLE_BASELINE_PX), number, NUMBER, INK)
    left = EDGE_PX + width(number, NUMBER) + GUTTER_PX
    measure = canvas.width_px - EDGE_PX - left
    title = fit(text.title, TITLE, TITLE_SIZES_PX, measure, TITLE_BOX_PX)
    first = TITLE_BASELINE_PX - title.type.line_px * (len(title.lines) - 1)
    for index, line in enumerate(title.lines):
        canvas.text((left, first + index * title.type.line_px), line, title.type, INK)
