"""The toothed wheel of Fizeau and Cornu: the light's way, and three speeds of the wheel."""

from math import cos, radians, sin

from PIL import Image

from desk.canvas import Canvas, Pen, Point, arc
from desk.figures.style import NOTE, OUTLINE, STRONG, TINT, WIDTH_PX
from plugins.cards.palette import INK, PAPER, ROUGE, SOFT_INK

HEIGHT_PX = 1210
AXIS_Y_PX = 290.0
EYE_X, GLASS_X, WHEEL_X, MIRROR_X = 130.0, 400.0, 660.0, 1450.0
BREAK_X = 1080.0
LAMP_Y_PX = 90.0
PATH_GAP_PX = 9.0  # between the way out and the way back, drawn side by side

OUT = Pen(ROUGE, 3.2)
BACK = Pen(ROUGE, 3.2, dash=(13, 9))

WHEEL_RADIUS_PX = 205.0
TOOTH_PX = 44.0
TEETH = 18
PERIOD_DEGREES = 360 / TEETH  # a tooth and a gap
WHEELS_Y_PX = 830.0
SPEEDS = (  # share of a period turned while the light was away
    (0.06, "Roue lente", "le rayon revient par le même creux"),
    (0.5, "Première éclipse", "la dent a remplacé le creux"),
    (1.0, "Vitesse double", "le creux suivant le laisse passer"),
)


def draw_toothed_wheel() -> Image.Image:
    """Draw the optical bench above, the three wheels below."""
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    _draw_bench(canvas)
    _draw_beams(canvas)
    for index, (turned, title, note) in enumerate(SPEEDS):
        middle = WIDTH_PX / 2 + (index - 1) * 505
        _draw_wheel(canvas, middle, turned)
        canvas.text((middle, WHEELS_Y_PX + 282), title, STRONG, INK, anchor=0.5)
        canvas.text((middle, WHEELS_Y_PX + 330), note, NOTE, SOFT_INK, anchor=0.5)
    return canvas.finish()


def _draw_bench(canvas: Canvas) -> None:
    y = AXIS_Y_PX
    canvas.line([(GLASS_X - 52, y - 52), (GLASS_X + 52, y + 52)], OUTLINE)
    canvas.line([(WHEEL_X, y + 24), (WHEEL_X, y + 190)], Pen(INK, 15, round_ends=False))
    canvas.line([(WHEEL_X - 46, y + 130), (WHEEL_X + 46, y + 130)], Pen(INK, 6))
    canvas.line([(MIRROR_X, y - 80), (MIRROR_X, y + 80)], Pen(INK, 8, round_ends=False))
    for step in range(9):
        top = y - 78 + step * 18
        canvas.line([(MIRROR_X + 5, top), (MIRROR_X + 20, top + 14)], Pen(SOFT_INK, 2))
    _draw_eye(canvas, (EYE_X, y))
    canvas.disc((GLASS_X, LAMP_Y_PX), 15, ROUGE)
    canvas.text((GLASS_X + 36, LAMP_Y_PX + 9), "lampe", NOTE, INK)
    canvas.text((EYE_X, y + 90), "œil", NOTE, INK, anchor=0.5)
    canvas.text((GLASS_X, y + 110), "glace sans tain", NOTE, INK, anchor=0.5)
    canvas.text((WHEEL_X, y + 236), "roue dentée, de profil", NOTE, INK, anchor=0.5)
    canvas.text((MIRROR_X + 20, y + 130), "miroir lointain", NOTE, INK, anchor=1)
    canvas.text((BREAK_X, y + 130), "plusieurs kilomètres", NOTE, SOFT_INK, anchor=0.5)


def _draw_eye(canvas: Canvas, at: Point) -> None:
    x, y = at
    upper = arc((x, y + 36), 62, 215.5, 324.5)
    lower = [(px, 2 * y - py) for px, py in reversed(upper)]
    canvas.line([*upper, *lower], OUTLINE)
    canvas.disc((x, y), 15, INK)


def _draw_beams(canvas: Canvas) -> None:
    """Draw the way out in a full line, the way back in a dashed one."""
    above, below = AXIS_Y_PX - PATH_GAP_PX, AXIS_Y_PX + PATH_GAP_PX
    canvas.line([(GLASS_X, LAMP_Y_PX + 20), (GLASS_X, above)], OUT)
    canvas.line([(GLASS_X, above), (MIRROR_X - 4, above)], OUT)
    canvas.line([(MIRROR_X - 4, below), (EYE_X + 84, below)], BACK)
    canvas.arrow((WHEEL_X + 120, above), (WHEEL_X + 240, above), OUT, head=22)
    canvas.arrow((EYE_X + 90, below), (EYE_X + 66, below), Pen(ROUGE, 1), head=22)
    for shift, pen in ((0.0, Pen(PAPER, 30, round_ends=False)), (-16, OUTLINE), (16, OUTLINE)):
        wave = [
            (BREAK_X + shift + 9 * sin(step / 4), AXIS_Y_PX - 46 + step * 4.0) for step in range(24)
        ]
        canvas.line(wave, pen)


def _draw_wheel(canvas: Canvas, middle: float, turned: float) -> None:
    """Draw the wheel, turned by so much of a period since the light left through its top gap."""
    centre = (middle, WHEELS_Y_PX)
    start = turned * PERIOD_DEGREES
    rim = [_polar(centre, radius, angle) for radius, angle in _teeth(start)]
    canvas.polygon(rim, TINT)
    canvas.line([*rim, rim[0]], OUTLINE)
    canvas.disc(centre, 12, INK)
    light = _polar(centre, WHEEL_RADIUS_PX - TOOTH_PX / 2, 0)
    if _is_gap(turned):
        canvas.disc(light, 13, ROUGE)
    else:
        canvas.circle(light, 13, Pen(ROUGE, 3, dash=(7, 6)))
    floor = WHEEL_RADIUS_PX - TOOTH_PX
    marks = ((floor - 16, 0), (floor - 38, -5), (floor - 38, 5))
    gap = [_polar(centre, radius, start + side) for radius, side in marks]
    canvas.polygon(gap, INK)
    canvas.text((middle, WHEELS_Y_PX - 62), "creux du départ", NOTE, INK, anchor=0.5)
    turn = arc(centre, WHEEL_RADIUS_PX + 30, -90 - 24, -90 + 24)
    canvas.line(turn[:-3], Pen(SOFT_INK, 2.5))
    canvas.arrow(turn[-4], turn[-1], Pen(SOFT_INK, 2.5), head=18)


def _is_gap(turned: float) -> bool:
    """Tell whether the light comes back to a gap."""
    return abs(turned % 1 - 0.5) > 0.25


def _teeth(start: float) -> list[tuple[float, float]]:
    """List the rim's corners as (radius, degrees from the top), a gap centred on `start`."""
    corners: list[tuple[float, float]] = []
    for tooth in range(TEETH):
        for quarter, inset in ((-1, TOOTH_PX), (1, TOOTH_PX), (1, 0.0), (3, 0.0)):
            angle = start + (tooth + quarter / 4) * PERIOD_DEGREES
            corners.append((WHEEL_RADIUS_PX - inset, angle))
    return corners


def _polar(centre: Point, radius: float, degrees: float) -> Point:
    """Return a point at an angle from the top, clockwise."""
    angle = radians(degrees)
    return centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)
