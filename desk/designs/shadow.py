"""Light: the shadow of a small disc, with the bright spot at its centre.

The intensity is computed (`desk.diffraction`); concentric rings are engraved, as thick as the
shadow is dark. The seed chooses the Fresnel number, hence how sharp the shadow is.
"""

from math import pi

from PIL import Image

from desk.canvas import Canvas, Pen
from desk.diffraction import shadow
from plugins.cards.palette import INK, PAPER, Colour

FRESNEL_NUMBERS = (3.5, 4.5, 5.5, 3.0, 4.0)
DISC_SHARE = 0.53  # the screen's radius over the picture's
RINGS = 76
THINNEST, THICKEST = 0.09, 0.97  # of the distance between two rings
WHITE_INTENSITY = 1.42  # free light is 1; the brightest fringe a little over 1.4
FIRST_DARK = 2.405  # first zero of the Bessel function J0, the central spot's edge


def draw_shadow(side_px: int, accent: Colour, seed: int) -> Image.Image:
    """Draw the shadow's rings; the spot wears the accent."""
    number = FRESNEL_NUMBERS[seed % len(FRESNEL_NUMBERS)]
    intensity = shadow(number)
    canvas = Canvas(side_px, side_px)
    centre = (side_px / 2, side_px / 2)
    pitch = side_px / 2 / RINGS
    for ring in range(RINGS):
        radius = (ring + 0.5) * pitch
        light = intensity(radius / (DISC_SHARE * side_px / 2))
        dark = min(THICKEST, max(THINNEST, 1 - light / WHITE_INTENSITY))
        canvas.circle(centre, radius - pitch * dark / 2, Pen(INK, pitch * dark))
    spot = FIRST_DARK / (2 * pi * number) * DISC_SHARE * side_px / 2
    canvas.disc(centre, spot * 1.05, PAPER)
    canvas.disc(centre, spot * 0.72, accent)
    return canvas.finish()
