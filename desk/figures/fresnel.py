"""Fresnel's spot: the shadow of a 2 mm disc one metre away, and the light across it."""

from collections.abc import Callable
from math import hypot

from PIL import Image

from desk.canvas import Canvas, Pen
from desk.diffraction import shadow
from desk.figures.style import AXIS, EDGE_PX, GRID, GUIDE, LABEL, NOTE, STRONG_LINE, WIDTH_PX
from plugins.cards.palette import INK, PAPER, ROUGE, SOFT_INK, mix

RADIUS_MM = 1.0
WAVELENGTH_MM = 546e-6
DISTANCE_MM = 1000.0
HALF_WIDTH_MM = 3.2
PX_PER_MM = (WIDTH_PX - 2 * EDGE_PX) / 2 / HALF_WIDTH_MM
GAMMA = 1 / 1.4  # eyes and screens do not answer in proportion to the light

PICTURE_TOP_PX, PICTURE_HEIGHT_PX = 60, 700
ZERO_Y_PX = 1200
UNIT_PX = 230  # the height of free light in the profile
HEIGHT_PX = 1310
SAMPLES_PER_MM = 400


def draw_fresnel_spot() -> Image.Image:
    """Draw the shadow above, and under it, at the same scale, the intensity along a diameter."""
    intensity = _sampled(shadow(RADIUS_MM**2 / (WAVELENGTH_MM * DISTANCE_MM)))
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    _draw_axes(canvas)
    _draw_profile(canvas, intensity)
    image = canvas.finish()
    image.paste(_shadow_picture(intensity), (EDGE_PX, PICTURE_TOP_PX))
    return image


def _sampled(exact: Callable[[float], float]) -> Callable[[float], float]:
    """Tabulate the intensity once: a function of the distance to the axis in millimetres."""
    reach = round(4 * SAMPLES_PER_MM)
    table = [exact(index / SAMPLES_PER_MM / RADIUS_MM) for index in range(reach)]

    def intensity(distance_mm: float) -> float:
        place = distance_mm * SAMPLES_PER_MM
        low = int(place)
        return table[low] + (table[low + 1] - table[low]) * (place - low)

    return intensity


def _shadow_picture(intensity: Callable[[float], float]) -> Image.Image:
    width = WIDTH_PX - 2 * EDGE_PX
    brightest = max(intensity(step / 100) for step in range(320))
    image = Image.new("RGB", (width, PICTURE_HEIGHT_PX))
    pixels = []
    for y in range(PICTURE_HEIGHT_PX):
        for x in range(width):
            away_px = hypot(x + 0.5 - width / 2, y + 0.5 - PICTURE_HEIGHT_PX / 2)
            light = intensity(away_px / PX_PER_MM) / brightest
            pixels.append(mix(PAPER, INK, max(0.0, light) ** GAMMA))
    image.putdata(pixels)
    return image


def _draw_axes(canvas: Canvas) -> None:
    left, right = EDGE_PX, WIDTH_PX - EDGE_PX
    for mm in range(-3, 4):
        x = WIDTH_PX / 2 + mm * PX_PER_MM
        canvas.line([(x, ZERO_Y_PX), (x, ZERO_Y_PX + 12)], AXIS)
        label = f"{mm}".replace("-", "−") + (" mm" if mm == 3 else "")
        canvas.text((x, ZERO_Y_PX + 48), label, NOTE, SOFT_INK, anchor=0.5)
    canvas.line([(left, ZERO_Y_PX - UNIT_PX), (right, ZERO_Y_PX - UNIT_PX)], GRID)
    canvas.line([(left, ZERO_Y_PX), (right, ZERO_Y_PX)], AXIS)
    canvas.text((left, ZERO_Y_PX - UNIT_PX - 136), "Lumière reçue", LABEL, INK)
    free = (WIDTH_PX / 2 - 0.66 * PX_PER_MM, ZERO_Y_PX - UNIT_PX - 16)
    canvas.text(free, "sans disque", NOTE, SOFT_INK, anchor=0.5)
    for edge in (-RADIUS_MM, RADIUS_MM):
        x = WIDTH_PX / 2 + edge * PX_PER_MM
        canvas.line([(x, PICTURE_TOP_PX + PICTURE_HEIGHT_PX + 14), (x, ZERO_Y_PX)], GUIDE)
    x = WIDTH_PX / 2 + RADIUS_MM * PX_PER_MM
    canvas.text((x - 18, ZERO_Y_PX - UNIT_PX - 136), "bord du disque", NOTE, SOFT_INK, anchor=1)
    note = "disque de 2\u00a0mm, écran à 1\u00a0m, 546\u00a0nm"
    canvas.text((right, ZERO_Y_PX - UNIT_PX - 136), note, NOTE, SOFT_INK, anchor=1)


def _draw_profile(canvas: Canvas, intensity: Callable[[float], float]) -> None:
    curve = []
    for step in range(-round(HALF_WIDTH_MM * 100), round(HALF_WIDTH_MM * 100) + 1):
        light = intensity(abs(step) / 100)
        curve.append((WIDTH_PX / 2 + step / 100 * PX_PER_MM, ZERO_Y_PX - light * UNIT_PX))
    canvas.line(curve, STRONG_LINE)
    spot = [point for point in curve if abs(point[0] - WIDTH_PX / 2) <= 0.209 * PX_PER_MM]
    canvas.line(spot, Pen(ROUGE, 6))
    canvas.text((WIDTH_PX / 2, ZERO_Y_PX - UNIT_PX - 26), "la tache", LABEL, ROUGE, anchor=0.5)
