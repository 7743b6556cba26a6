"""Chance: the logistic map's bifurcation diagram, wound round its centre.

The parameter grows from the centre to the rim, the population turns with the angle: one value,
then two, four, eight, and past 3.57 a sea of chaos that a few calm rings cross. R. M. May,
« Simple mathematical models with very complicated dynamics », Nature, 1976. The seed turns it.
"""

from collections.abc import Iterator
from math import cos, exp, pi, sin

from PIL import Image

from desk.canvas import Canvas, Point
from plugins.cards.palette import INK, Colour

FIRST, LAST = 2.8, 4.0  # the parameter at the centre and at the rim
GROWTH = 0.85  # below 1, the parameter grows faster near the centre
FORK, CHAOS = 3.0, 3.5699  # the first doubling, and where doublings end
SETTLING = 600  # iterations before the orbit counts
SETTLING_AT_FORK = 6000  # near the first doubling, orbits are slow to settle
RADII_PER_PX = 3.1
POINTS_PER_RADIUS = 13_000  # at the rim
PERIODS = 32  # orbits shorter than this are drawn as lines
LINE_SHARE = 0.0029  # of the picture's radius
SCALE = 3
DENSITY = 1.6


def draw_bifurcation(side_px: int, accent: Colour, seed: int) -> Image.Image:
    """Draw the diagram; the single value, before any doubling, wears the accent."""
    turn = pi + (seed % 12) * pi / 6
    canvas = Canvas(side_px, side_px, scale=SCALE)
    canvas.image.paste(INK, (0, 0), _chaos(canvas.image.width, turn))
    steps = side_px * 8
    for step in range(steps):
        growth = _growth(step / steps)
        if growth > CHAOS:
            break
        fill, size = (accent, 1.5) if growth < FORK else (INK, 1.25 - (growth - FORK))
        for value in _orbit(growth, PERIODS):
            place = _wind(value, step / steps, turn, side_px / 2)
            canvas.disc(place, size * LINE_SHARE * side_px / 2, fill)
    canvas.disc((side_px / 2, side_px / 2), side_px * 0.016, accent)
    return canvas.finish()


def _growth(share: float) -> float:
    grown: float = share**GROWTH
    return FIRST + (LAST - FIRST) * grown


def _orbit(growth: float, count: int) -> Iterator[float]:
    """Yield the values the population takes once it has settled."""
    value = 0.3
    for _ in range(SETTLING_AT_FORK if abs(growth - FORK) < 0.01 else SETTLING):
        value = growth * value * (1 - value)
    for _ in range(count):
        value = growth * value * (1 - value)
        yield value


def _wind(value: float, share: float, turn: float, radius: float) -> Point:
    """Place a value: the angle from its size, the distance from the parameter."""
    angle = turn + (value - 0.5) * 2 * pi
    return radius * (1 + share * sin(angle)), radius * (1 - share * cos(angle))


def _chaos(side: int, turn: float) -> Image.Image:
    """Count the visits to each pixel past the last doubling; return them as a mask."""
    visits = bytearray(side * side)
    radii = round(side / SCALE / 2 * RADII_PER_PX)
    for index in range(radii):
        share = (index + 0.5) / radii
        growth = _growth(share)
        if growth < CHAOS:
            continue
        for value in _orbit(growth, round(POINTS_PER_RADIUS * share)):
            x, y = _wind(value, share, turn, (side - 1) / 2)
            place = int(y) * side + int(x)
            if visits[place] < 255:
                visits[place] += 1
    tones = bytes(round(255 * (1 - exp(-DENSITY * count))) for count in range(256))
    return Image.frombytes("L", (side, side), bytes(visits.translate(tones)))
