"""Uranus, Neptune, and the planet of Le Verrier's memoir of 31 August 1846.

Places come from mean elements (E. M. Standish, « Keplerian elements for approximate positions of
the major planets », 1800–2050) and from the memoir's own (Comptes rendus, XXIII). Angles are
heliocentric longitudes in degrees, distances in astronomical units.
"""

from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin, sqrt

from PIL import Image

from desk.canvas import Canvas, Pen, Point
from desk.figures.style import GUIDE, LABEL, NOTE, STRONG, WIDTH_PX
from plugins.cards.palette import INK, PAPER, ROUGE, SOFT_INK

PX_PER_AU = 15.8
SUN_PX: Point = (690.0, 715.0)
HEIGHT_PX = 1300
YEARS = (1781, 1800, 1810, 1822, 1830, 1838, 1846)
MEETING = 1822


@dataclass(frozen=True, slots=True)
class Orbit:
    """An ellipse and a clock: mean longitude at an epoch, and degrees a year."""

    half_axis: float
    eccentricity: float
    perihelion: float
    epoch: float
    longitude: float
    motion: float

    def place(self, year: float) -> Point:
        """Return the planet's place at a date, in astronomical units, y upwards."""
        mean = radians(self.longitude + self.motion * (year - self.epoch) - self.perihelion)
        return self.at(_eccentric(mean, self.eccentricity))

    def at(self, eccentric: float) -> Point:
        """Return the point of the ellipse at an eccentric anomaly in radians."""
        along = self.half_axis * (cos(eccentric) - self.eccentricity)
        across = self.half_axis * sqrt(1 - self.eccentricity**2) * sin(eccentric)
        turn = radians(self.perihelion)
        return along * cos(turn) - across * sin(turn), along * sin(turn) + across * cos(turn)


URANUS = Orbit(19.1892, 0.04726, 170.954, 2000, 313.238, 4.2848203)
NEPTUNE = Orbit(30.0699, 0.00859, 44.965, 2000, 304.880, 2.1845945)
PREDICTED = Orbit(36.154, 0.10761, 284.75, 1847, 318.783, 360 / 217.387)


def draw_neptune_orbit() -> Image.Image:
    """Draw the orbits to scale, and both planets from 1781 to 1846."""
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    for orbit, pen in ((URANUS, Pen(INK, 2.5)), (NEPTUNE, Pen(INK, 2.5))):
        canvas.line(_ellipse(orbit), pen)
    canvas.line(_ellipse(PREDICTED), Pen(ROUGE, 2.5, dash=(14, 10)))
    _draw_pulls(canvas)
    _draw_prediction(canvas)
    _draw_names(canvas)
    canvas.disc(SUN_PX, 13, INK)
    canvas.text((SUN_PX[0], SUN_PX[1] + 52), "Soleil", NOTE, SOFT_INK, anchor=0.5)
    return canvas.finish()


def _eccentric(mean: float, eccentricity: float) -> float:
    """Solve Kepler's equation by iteration."""
    anomaly = mean
    for _ in range(40):
        anomaly = mean + eccentricity * sin(anomaly)
    return anomaly


def _on_page(place: Point, beyond: float = 0.0) -> Point:
    """Turn a place into pixels, pushed `beyond` pixels away from the Sun."""
    factor = PX_PER_AU + beyond / hypot(*place)
    return SUN_PX[0] + place[0] * factor, SUN_PX[1] - place[1] * factor


def _ellipse(orbit: Orbit) -> list[Point]:
    return [_on_page(orbit.at(step * pi / 180)) for step in range(361)]


def _draw_pulls(canvas: Canvas) -> None:
    """Join the two planets at each date; the shorter the line, the stronger the pull."""
    for year in YEARS:
        inner, outer = URANUS.place(year), NEPTUNE.place(year)
        pen = Pen(INK, 4) if year == MEETING else GUIDE
        canvas.line([_on_page(inner), _on_page(outer)], pen)
        for place in (inner, outer):
            canvas.disc(_on_page(place), 10, INK)
            if year != 1846:
                canvas.disc(_on_page(place), 6.5, PAPER)
        x, y = _on_page(inner, beyond=-54)
        canvas.text((x, y + 9), f"{year}", NOTE, INK, anchor=0.5)


def _draw_prediction(canvas: Canvas) -> None:
    """Mark the memoir's planet: same direction as Neptune, another distance."""
    x, y = _on_page(PREDICTED.place(1847))
    canvas.line([SUN_PX, _on_page(PREDICTED.place(1847), beyond=70)], Pen(ROUGE, 2))
    canvas.disc((x, y), 11, ROUGE)
    canvas.text((x + 34, y - 2), "la planète annoncée", LABEL, ROUGE)
    x, y = _on_page(NEPTUNE.place(1846))
    canvas.line([(x + 15, y - 8), (x + 104, y - 54)], Pen(INK, 2))
    canvas.text((x + 116, y - 52), "Neptune en 1846", LABEL, INK)


def _draw_names(canvas: Canvas) -> None:
    labels = (("Uranus", 15.2, 52, STRONG, INK), ("Neptune", 25.4, 52, STRONG, INK))
    for name, distance, longitude, type_, fill in labels:
        angle = radians(longitude)
        at = _on_page((distance * cos(angle), distance * sin(angle)))
        canvas.text(at, name, type_, fill, anchor=0.5)
    canvas.text((WIDTH_PX - 80, 150), "Orbite calculée par Le Verrier", LABEL, ROUGE, anchor=1)
