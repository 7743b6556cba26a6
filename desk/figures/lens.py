"""The full lens and the stepped lens, both shaped so that every ray leaves parallel.

Flat face to the lamp, at distance f. The other face follows from Fermat's principle: from the
focus to the outgoing wave, all paths take the same time. The stepped lens keeps each ring's
slope and brings its edge back to one thin sheet of glass.
"""

from dataclasses import dataclass
from math import asin, atan2, cos, hypot, sin, sqrt

from PIL import Image

from desk.canvas import Canvas, Pen, Point
from desk.figures.style import GUIDE, NOTE, OUTLINE, STRONG, TINT, WIDTH_PX
from plugins.cards.palette import INK, ROUGE, SOFT_INK

GLASS_INDEX = 1.52
FOCUS_PX = 330.0
HALF_HEIGHT_PX = 330.0
THINNEST_PX = 14.0
RINGS = 6
RAYS = 8
MIDDLE_Y_PX = 490.0
HEIGHT_PX = 900
REACH_PX = 690.0  # from the flame to the rays' ends
PANELS_PX = (90.0, 860.0)  # where the flame stands in each half


@dataclass(frozen=True, slots=True)
class Zone:
    """A ring of the lens between two heights, with the optical path it keeps, in pixels."""

    inner: float
    outer: float
    path: float


def draw_stepped_lens() -> Image.Image:
    """Draw the two profiles side by side, with their rays."""
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    titles = ("Lentille pleine", "Lentille à échelons")
    for left, title, rings in zip(PANELS_PX, titles, (1, RINGS), strict=True):
        zones = [_zone(index, rings) for index in range(rings)]
        _draw_glass(canvas, left, zones)
        _draw_rays(canvas, left, zones)
        canvas.text((left - 20, 76), title, STRONG, INK)
    return canvas.finish()


def _zone(index: int, rings: int) -> Zone:
    """Cut the height into equal rings; a ring's outer edge is as thin as glass can be."""
    inner, outer = (HALF_HEIGHT_PX * (index + side) / rings for side in (0, 1))
    height = _entry_for(outer)
    angle = _refracted(height)
    inside = THINNEST_PX / cos(angle)
    return Zone(inner, outer, hypot(FOCUS_PX, height) + GLASS_INDEX * inside - THINNEST_PX)


def _entry_for(exit_height: float) -> float:
    """Return where the ray that leaves a thin edge at that height entered the glass."""
    height = exit_height
    for _ in range(30):
        height = exit_height - THINNEST_PX * sin(_refracted(height)) / cos(_refracted(height))
    return height


def _refracted(height: float) -> float:
    """Return the ray's angle in the glass, for a ray that enters at that height."""
    return asin(sin(atan2(height, FOCUS_PX)) / GLASS_INDEX)


def _exit(height: float, zone: Zone) -> Point:
    """Return thickness and height where a ray leaves the zone's outer face."""
    angle = _refracted(height)
    inside = (zone.path - sqrt(FOCUS_PX**2 + height**2)) / (GLASS_INDEX - cos(angle))
    return inside * cos(angle), height + inside * sin(angle)


def _face(zone: Zone, steps: int = 40) -> list[Point]:
    """Trace the zone's outer face; thickness and height in pixels."""
    heights = (zone.inner + (zone.outer - zone.inner) * step / steps for step in range(steps + 1))
    return [_ray_to(height, zone)[1] for height in heights]


def _draw_glass(canvas: Canvas, left: float, zones: list[Zone]) -> None:
    plane = left + FOCUS_PX
    half = [point for zone in zones for point in _face(zone)]
    upper = [(plane + x, MIDDLE_Y_PX - y) for x, y in half]
    lower = [(plane + x, MIDDLE_Y_PX + y) for x, y in reversed(half)]
    top, bottom = MIDDLE_Y_PX - HALF_HEIGHT_PX, MIDDLE_Y_PX + HALF_HEIGHT_PX
    outline = [*lower, *upper, (plane, top), (plane, bottom)]
    canvas.polygon(outline, TINT)
    canvas.line([*outline, outline[0]], OUTLINE)


def _draw_rays(canvas: Canvas, left: float, zones: list[Zone]) -> None:
    focus = (left, MIDDLE_Y_PX)
    end = left + REACH_PX
    canvas.line([focus, (end, MIDDLE_Y_PX)], GUIDE)
    for ray in range(1, RAYS + 1):
        target = HALF_HEIGHT_PX * (ray - 0.5) / RAYS
        zone = next(zone for zone in zones if zone.inner <= target <= zone.outer)
        entry, leave = _ray_to(target, zone)
        for side in (-1, 1):
            way = [focus, (left + FOCUS_PX, MIDDLE_Y_PX + side * entry)]
            way.append((left + FOCUS_PX + leave[0], MIDDLE_Y_PX + side * leave[1]))
            canvas.line([*way, (end, MIDDLE_Y_PX + side * leave[1])], Pen(ROUGE, 2.2))
    canvas.disc(focus, 11, ROUGE)
    canvas.text((left, MIDDLE_Y_PX + 84), "flamme", NOTE, SOFT_INK, anchor=0.5)


def _ray_to(target: float, zone: Zone) -> tuple[float, Point]:
    """Find by halving the ray that leaves at a height; return its entry and its exit."""
    low, high = 0.0, target
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _exit(middle, zone)[1] < target else (low, middle)
    return low, _exit(low, zone)
