"""The Mandelbrot set: the points c for which z ↦ z² + c, from 0, never goes off to infinity.

Outside, the ink follows an estimate of the distance to the set (J. Milnor, A. Douady), so that
filaments thinner than a pixel still show.
"""

from math import log, sqrt

from PIL import Image

from desk.figures.style import WIDTH_PX
from plugins.cards.palette import INK, PAPER, Colour, mix

HEIGHT_PX = 1200
CENTRE = -0.66
UNITS_PER_PX = 3.34 / WIDTH_PX
LIMIT = 500  # iterations
ESCAPE = 1e6  # squared modulus past which the distance estimate holds
HALO_PX = 90.0  # how far the grey reaches, fading
TONES = tuple(mix(INK, PAPER, tone / 255) for tone in range(256))


def draw_mandelbrot() -> Image.Image:
    """Draw the set; it is its own mirror image, so only the upper half is computed."""
    image = Image.new("RGB", (WIDTH_PX, HEIGHT_PX))
    rows = [_row((y + 0.5) * UNITS_PER_PX) for y in range(HEIGHT_PX // 2)]
    image.putdata([pixel for row in (*reversed(rows), *rows) for pixel in row])
    return image


def _row(imaginary: float) -> list[Colour]:
    reals = (CENTRE + (x + 0.5 - WIDTH_PX / 2) * UNITS_PER_PX for x in range(WIDTH_PX))
    return [TONES[round(255 * _ink(distance(real, imaginary)))] for real in reals]


def _ink(away: float) -> float:
    """Turn a distance into a share of ink: black at the edge, then a fading halo."""
    pixels = away / UNITS_PER_PX
    if pixels < 1:
        return 1 - 0.3 * pixels
    return max(0.0, 0.7 - 0.75 * log(pixels) / log(HALO_PX))


def distance(real: float, imaginary: float) -> float:
    """Estimate the distance from a point to the set; 0 inside."""
    if _in_large_parts(real, imaginary):
        return 0.0
    x = y = slope_x = slope_y = 0.0
    for _ in range(LIMIT):
        slope_x, slope_y = 2 * (x * slope_x - y * slope_y) + 1, 2 * (x * slope_y + y * slope_x)
        x, y = x * x - y * y + real, 2 * x * y + imaginary
        size = x * x + y * y
        if size > ESCAPE:
            return 0.5 * log(size) * sqrt(size / (slope_x**2 + slope_y**2))
    return 0.0


def _in_large_parts(real: float, imaginary: float) -> bool:
    """Tell whether a point lies in the main cardioid or the disc at its left."""
    squared = imaginary * imaginary
    q = (real - 0.25) ** 2 + squared
    return q * (q + real - 0.25) <= 0.25 * squared or (real + 1) ** 2 + squared <= 0.0625
