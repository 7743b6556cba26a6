"""Chappe's telegraph: the machine, and its forty-nine figures on a level beam."""

from math import cos, radians, sin

from PIL import Image

from desk.canvas import Canvas, Pen, Point
from desk.figures.style import GRID, LABEL, NOTE, STRONG, WIDTH_PX
from plugins.cards.palette import INK, JAUNE, SOFT_INK

HEIGHT_PX = 1580
ANGLES = (0, 45, 90, 135, -45, -90, -135)  # degrees from folded; upwards, then downwards
NAMES = ("replié", "5 ciel", "10 ciel", "15 ciel", "5 terre", "10 terre", "15 terre")
WING_SHARE = 2.0 / 4.6  # lengths in metres: a wing over the beam

MACHINE_PX: Point = (330.0, 330.0)
MACHINE_BEAM_PX = 400.0
MAST_FOOT_PX = 590.0
TABLE_LEFT_PX, TABLE_TOP_PX = 250.0, 790.0
COLUMN_PX, ROW_PX = 180.0, 106.0
BEAM_PX = 82.0


def draw_chappe_signals() -> Image.Image:
    """Draw the parts at the top, the table of figures below."""
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    _draw_machine(canvas)
    _draw_beam_positions(canvas)
    _draw_table(canvas)
    return canvas.finish()


def draw_signal(
    canvas: Canvas, centre: Point, beam_px: float, angles: tuple[float, float, float]
) -> None:
    """Draw a figure: the beam's slope, then left and right wings from folded, in degrees."""
    slope, left, right = angles
    width = beam_px * 0.085
    along = (cos(radians(slope)) * beam_px / 2, -sin(radians(slope)) * beam_px / 2)
    ends = [(centre[0] + side * along[0], centre[1] + side * along[1]) for side in (-1, 1)]
    canvas.line(ends, Pen(INK, width, round_ends=False))
    headings = (slope + left, slope + 180 - right)
    for end, heading in zip(ends, headings, strict=True):
        tip = _along(end, heading, beam_px * WING_SHARE)
        canvas.line([end, tip], Pen(INK, width * 0.8, round_ends=False))
        canvas.disc(end, width * 0.62, INK)


def _along(start: Point, heading: float, length: float) -> Point:
    return start[0] + length * cos(radians(heading)), start[1] - length * sin(radians(heading))


def _draw_machine(canvas: Canvas) -> None:
    x, y = MACHINE_PX
    canvas.line([(x, y), (x, MAST_FOOT_PX)], Pen(SOFT_INK, 9, round_ends=False))
    for rung in range(6):
        level = y + 50 + rung * 38
        canvas.line([(x - 17, level), (x + 17, level)], Pen(SOFT_INK, 3))
    draw_signal(canvas, MACHINE_PX, MACHINE_BEAM_PX, (0, 90, -45))
    canvas.disc(MACHINE_PX, 15, JAUNE)
    canvas.disc(MACHINE_PX, 6, INK)
    canvas.text((80, 76), "La machine", STRONG, INK)
    canvas.text((x, y - 40), "régulateur", NOTE, INK, anchor=0.5)
    canvas.text((x - 165, y - 130), "indicateur", NOTE, INK)
    canvas.text((x + 160, y + 116), "indicateur", NOTE, INK)
    canvas.text((x + 30, MAST_FOOT_PX - 10), "mât", NOTE, INK)


def _draw_beam_positions(canvas: Canvas) -> None:
    """Show the beam's four slopes: two to prepare a figure, two to give it."""
    left = 790.0
    canvas.text((left, 76), "Quatre positions du régulateur", STRONG, INK)
    cases = ((0, "horizontal"), (90, "vertical"), (45, "oblique"), (-45, "oblique"))
    for index, (slope, name) in enumerate(cases):
        centre = (left + 80 + index * 190, 250)
        draw_signal(canvas, centre, 130, (slope, 90, 45))
        canvas.text((centre[0], 400), name, NOTE, INK, anchor=0.5)
    canvas.line([(left, 430), (left + 345, 430)], Pen(INK, 2))
    canvas.text((left, 470), "le signal vaut", LABEL, SOFT_INK)
    canvas.line([(left + 388, 430), (left + 730, 430)], Pen(INK, 2))
    canvas.text((left + 388, 470), "le signal se prépare", LABEL, SOFT_INK)


def _draw_table(canvas: Canvas) -> None:
    """Set left wings in rows and right wings in columns, the beam level."""
    title = "Sept positions pour chaque indicateur : quarante-neuf figures"
    canvas.text((80, TABLE_TOP_PX - 120), title, STRONG, INK)
    for index, name in enumerate(NAMES):
        x, y = TABLE_LEFT_PX + (index + 0.5) * COLUMN_PX, TABLE_TOP_PX + (index + 0.5) * ROW_PX
        canvas.text((x, TABLE_TOP_PX - 26), name, NOTE, SOFT_INK, anchor=0.5)
        canvas.text((80, y + 9), name, NOTE, SOFT_INK)
        line_y = TABLE_TOP_PX + index * ROW_PX
        canvas.line([(80, line_y), (WIDTH_PX - 80, line_y)], GRID)
    for row, left in enumerate(ANGLES):
        for column, right in enumerate(ANGLES):
            centre = (
                TABLE_LEFT_PX + (column + 0.5) * COLUMN_PX,
                TABLE_TOP_PX + (row + 0.5) * ROW_PX,
            )
            draw_signal(canvas, centre, BEAM_PX, (0, left, right))
