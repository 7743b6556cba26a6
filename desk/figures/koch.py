"""Koch's curve, first four steps (H. von Koch, Arkiv för matematik, 1904)."""

from itertools import pairwise

from PIL import Image

from desk.canvas import Canvas, Pen, Point
from desk.figures.style import EDGE_PX, NOTE, STRONG, WIDTH_PX
from plugins.cards.palette import INK, SOFT_INK

COLUMN_PX = 690
GUTTER_PX = 60
ROW_PX = 390
HEIGHT_PX = 800
BASELINE_PX = 300
WIDTHS_PX = (4.0, 3.4, 2.8, 2.2)
LENGTHS = ("4/3", "(4/3)²", "(4/3)³", "(4/3)⁴")


def draw_koch_curve() -> Image.Image:
    """Draw the steps in reading order, each with its number of segments and its length."""
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    for index in range(4):
        left = EDGE_PX + (index % 2) * (COLUMN_PX + GUTTER_PX)
        base = BASELINE_PX + (index // 2) * ROW_PX
        line = koch(((left, base), (left + COLUMN_PX, base)), index + 1)
        canvas.line(line, Pen(INK, WIDTHS_PX[index]))
        canvas.text((left, base + 62), f"Étape {index + 1}", STRONG, INK)
        note = f"{4 ** (index + 1)} segments, longueur {LENGTHS[index]}"
        canvas.text((left + COLUMN_PX, base + 62), note, NOTE, SOFT_INK, anchor=1)
    return canvas.finish()


def koch(ends: tuple[Point, Point], steps: int) -> list[Point]:
    """Return the curve's points after so many steps, the bumps above the segment."""
    turn = complex(0.5, -(3**0.5) / 2)  # a sixth of a turn, upwards where y grows downwards
    points = [complex(*ends[0]), complex(*ends[1])]
    for _ in range(steps):
        grown = [points[0]]
        for start, end in pairwise(points):
            third = (end - start) / 3
            grown += [start + third, start + third + third * turn, end - third, end]
        points = grown
    return [(point.real, point.imag) for point in points]
