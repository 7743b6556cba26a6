"""Sensitivity to the start: two orbits of the logistic map, a millionth apart."""

from math import log10

from PIL import Image

from desk.canvas import Canvas, Pen, Point
from desk.figures.style import AXIS, GRID, LABEL, NOTE, WIDTH_PX
from plugins.cards.palette import INK, ROUGE, SOFT_INK

STARTS = (0.3, 0.300001)
STEPS = 40
LEFT_PX, RIGHT_PX = 150, 1520
ORBIT_TOP_PX, ORBIT_BOTTOM_PX = 130, 640
GAP_TOP_PX, GAP_BOTTOM_PX = 800, 1010
DECADES = 6
HEIGHT_PX = 1110


def draw_sensitivity() -> Image.Image:
    """Draw both orbits, and under them how far apart they are, on a logarithmic scale."""
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    orbits = [orbit(start) for start in STARTS]
    _draw_frame(canvas)
    pens = (Pen(INK, 2.6), Pen(ROUGE, 7))  # the red one lies under: both show where they agree
    for values, pen in reversed(list(zip(orbits, pens, strict=True))):
        points = [(_x(n), _orbit_y(value)) for n, value in enumerate(values)]
        canvas.line(points, pen)
        for point in points:
            canvas.disc(point, 4.6 + pen.width * 0.6, pen.colour)
    _draw_gap(canvas, [abs(a - b) for a, b in zip(*orbits, strict=True)])
    return canvas.finish()


def orbit(start: float) -> list[float]:
    """Return the start and its images by x ↦ 4x(1 − x)."""
    values = [start]
    for _ in range(STEPS):
        values.append(4 * values[-1] * (1 - values[-1]))
    return values


def _x(step: float) -> float:
    return LEFT_PX + (RIGHT_PX - LEFT_PX) * step / STEPS


def _orbit_y(value: float) -> float:
    return ORBIT_BOTTOM_PX - (ORBIT_BOTTOM_PX - ORBIT_TOP_PX) * value


def _gap_y(gap: float) -> float:
    share = 1 + max(log10(gap), -DECADES) / DECADES
    return GAP_BOTTOM_PX - (GAP_BOTTOM_PX - GAP_TOP_PX) * share


def _draw_frame(canvas: Canvas) -> None:
    for value, label in ((0, "0"), (0.5, "0,5"), (1, "1")):
        _draw_level(canvas, _orbit_y(value), label)
    for exponent, label in ((0, "1"), (-3, "un millième"), (-6, "un millionième")):
        y = _gap_y(10.0**exponent)
        _draw_level(canvas, y, label if exponent == 0 else "")
        if exponent:
            canvas.text((RIGHT_PX, y - 12), label, NOTE, SOFT_INK, anchor=1)
    for step in range(0, STEPS + 1, 10):
        canvas.line([(_x(step), GAP_BOTTOM_PX), (_x(step), GAP_BOTTOM_PX + 12)], AXIS)
        canvas.text((_x(step), GAP_BOTTOM_PX + 50), f"{step}", NOTE, SOFT_INK, anchor=0.5)
    canvas.text((_x(35), GAP_BOTTOM_PX + 50), "étapes", NOTE, SOFT_INK, anchor=0.5)
    canvas.text((LEFT_PX, ORBIT_TOP_PX - 60), "Départ à 0,3", LABEL, INK)
    canvas.text((LEFT_PX + 220, ORBIT_TOP_PX - 60), "Départ à 0,300001", LABEL, ROUGE)
    canvas.text((LEFT_PX, GAP_TOP_PX - 40), "Écart entre les deux", LABEL, INK)


def _draw_level(canvas: Canvas, y: float, label: str) -> None:
    canvas.line([(LEFT_PX, y), (RIGHT_PX, y)], GRID)
    canvas.text((LEFT_PX - 24, y + 9), label, NOTE, SOFT_INK, anchor=1)


def _draw_gap(canvas: Canvas, gaps: list[float]) -> None:
    points: list[Point] = [(_x(n), _gap_y(gap)) for n, gap in enumerate(gaps)]
    canvas.line(points, Pen(INK, 3))
