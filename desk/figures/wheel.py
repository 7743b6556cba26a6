"""The toothed wheel of Fizeau and Cornu: the light's way, and three speeds of the wheel."""

from math import cos, radians, sin

from PIL import Image

from desk.canvas import Canvas, Pen, Point, arc
from desk.figures.style import NOTE, OUTLINE, STRONG, TINT, WIDTH_PX
from plugins.cards.palette import INK, PAPER, ROUGE, SOFT_INK

HEIGHT_PX = 1240
AXIS_Y_PX = 330.0
EYE_X, GLASS_X, WHEEL_X, MIRROR_X = 130.0, 400.0, 660.0, 1450.0
BREAK_X = 1080.0
LAMP_Y_PX = 120.0
PATH_GAP_PX = 9.0  # between the way out and the way back, drawn side by side

OUT = Pen(ROUGE, 3.2)
BACK = Pen(ROUGE, 3.2, dash=(13, 9))

WHEEL_RADIUS_PX = 520.0
TOOTH_PX = 62.0
PERIOD_DEGREES = 9.0  # a tooth and a gap
SECTOR_DEGREES = 22.5
RIM_PX = 150.0  # how much of the wheel is shown under the teeth
WHEELS_TOP_PX = 820.0
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
        _draw_sector(canvas, middle, turned)
        canvas.text((middle, WHEELS_TOP_PX + 290), title, STRONG, INK, anchor=0.5)
        canvas.text((middle, WHEELS_TOP_PX + 340), note, NOTE, SOFT_INK, anchor=0.5)
    return canvas.finish()


def _draw_bench(canvas: Canvas) -> None:
    y = AXIS_Y_PX
    canvas.line([(GLASS_X - 52, y - 52), (GLASS_X + 52, y + 52)], OUTLINE)
    canvas.line([(WHEEL_X, y - 14), (WHEEL_X, y + 190)], Pen(INK, 15, round_ends=False))
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
    upper = arc((x - 10, y + 44), 68, 232, 308)
    lower = [(px, 2 * y - py) for px, py in upper]
    canvas.line(upper, OUTLINE)
    canvas.line(lower, OUTLINE)
    canvas.disc((x - 8, y), 14, INK)


def _draw_beams(canvas: Canvas) -> None:
    """Draw the way out in a full line, the way back in a dashed one."""
    above, below = AXIS_Y_PX - PATH_GAP_PX, AXIS_Y_PX + PATH_GAP_PX
    canvas.line([(GLASS_X, LAMP_Y_PX + 20), (GLASS_X, above)], OUT)
    canvas.line([(GLASS_X, above), (MIRROR_X - 4, above)], OUT)
    canvas.line([(MIRROR_X - 4, below), (EYE_X + 60, below)], BACK)
    canvas.arrow((WHEEL_X + 120, above), (WHEEL_X + 240, above), OUT, head=22)
    canvas.arrow((GLASS_X - 80, below), (EYE_X + 52, below), Pen(ROUGE, 1), head=22)
    for shift, pen in ((0.0, Pen(PAPER, 30, round_ends=False)), (-16, OUTLINE), (16, OUTLINE)):
        wave = [
            (BREAK_X + shift + 9 * sin(step / 4), AXIS_Y_PX - 46 + step * 4.0) for step in range(24)
        ]
        canvas.line(wave, pen)


def _draw_sector(canvas: Canvas, middle: float, turned: float) -> None:
    """Draw the top of the wheel, turned by so much of a period since the light left."""
    centre = (middle, WHEELS_TOP_PX + WHEEL_RADIUS_PX)
    start = turned * PERIOD_DEGREES
    rim = [_polar(centre, radius, angle) for radius, angle in _teeth(start)]
    low = [
        _polar(centre, WHEEL_RADIUS_PX - RIM_PX, angle / 2)
        for angle in range(round(2 * SECTOR_DEGREES), -round(2 * SECTOR_DEGREES) - 1, -1)
    ]
    light = _polar(centre, WHEEL_RADIUS_PX - TOOTH_PX / 2, 0)
    canvas.polygon([*rim, *low], TINT)
    canvas.line(rim, OUTLINE)
    passes = abs(turned - 0.5) > 0.25
    if passes:
        canvas.disc(light, 15, ROUGE)
    else:
        canvas.circle(light, 15, Pen(ROUGE, 3, dash=(8, 7)))
    gap = _polar(centre, WHEEL_RADIUS_PX - TOOTH_PX - 34, start)
    canvas.polygon(
        [(gap[0], gap[1] - 15), (gap[0] - 13, gap[1] + 9), (gap[0] + 13, gap[1] + 9)], INK
    )
    canvas.text((gap[0], gap[1] + 48), "creux du départ", NOTE, INK, anchor=0.5)
    ways = arc(centre, WHEEL_RADIUS_PX + 34, -90 - 9, -90 + 9)
    canvas.line(ways[:-1], Pen(SOFT_INK, 2.5))
    canvas.arrow(ways[-4], ways[-1], Pen(SOFT_INK, 2.5), head=18)


def _teeth(start: float) -> list[tuple[float, float]]:
    """List the rim's corners as (radius, degrees from the top), a gap centred on `start`."""
    corners: list[tuple[float, float]] = []
    fine = 0.25
    steps = round(2 * SECTOR_DEGREES / fine)
    for step in range(steps + 1):
        angle = -SECTOR_DEGREES + step * fine
        phase = ((angle - start) / PERIOD_DEGREES + 0.25) % 1
        radius = WHEEL_RADIUS_PX - (TOOTH_PX if phase < 0.5 else 0)
        if corners and corners[-1][0] != radius:
            corners.append((radius, corners[-1][1]))
        corners.append((radius, angle))
    return corners


def _polar(centre: Point, radius: float, degrees: float) -> Point:
    """Return a point at an angle from the top, clockwise."""
    angle = radians(degrees)
    return centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)
