"""A drawing surface in logical pixels, drawn larger than life and reduced, so lines come out clean.

The origin is the top left corner and y grows downwards; angles are in degrees, clockwise from
three o'clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

from PIL import Image, ImageDraw

from plugins.cards.palette import PAPER, Colour
from plugins.cards.typesetting import Type, draw_line, width

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pen:
    """A stroke: colour, width in pixels, and dash and gap lengths where it is broken."""

    colour: Colour
    width: float = 2.0
    dash: tuple[float, float] | None = None
    round_ends: bool = True


class Canvas:
    """Draws with pens and types; `finish` returns the image at its logical size."""

    def __init__(self, width_px: int, height_px: int, ground: Colour = PAPER, scale: int = 4):
        self.width_px = width_px
        self.height_px = height_px
        self.scale = scale
        self.image = Image.new("RGB", (width_px * scale, height_px * scale), ground)
        self._draw = ImageDraw.Draw(self.image)

    def finish(self) -> Image.Image:
        """Reduce to the logical size."""
        return self.image.reduce(self.scale)

    def line(self, points: Sequence[Point], pen: Pen) -> None:
        """Draw a broken line through points, dashed if the pen is."""
        if pen.dash:
            solid = replace(pen, dash=None, round_ends=False)
            for piece in dashes(points, pen.dash):
                self.line(piece, solid)
            return
        scaled = [self._at(point) for point in points]
        thickness = max(1, round(pen.width * self.scale))
        self._draw.line(scaled, pen.colour, thickness, joint="curve")
        if pen.round_ends and thickness > 2:
            for end in (points[0], points[-1]):
                self.disc(end, pen.width / 2, pen.colour)

    def polygon(self, points: Iterable[Point], fill: Colour) -> None:
        """Fill a polygon."""
        self._draw.polygon([self._at(point) for point in points], fill)

    def disc(self, centre: Point, radius: float, fill: Colour) -> None:
        """Fill a circle."""
        self._draw.circle(self._at(centre), radius * self.scale, fill)

    def circle(self, centre: Point, radius: float, pen: Pen) -> None:
        """Draw a circle's outline, the stroke astride the radius."""
        if pen.dash:
            self.line(arc(centre, radius, 0, 360), pen)
            return
        self._draw.circle(
            self._at(centre),
            (radius + pen.width / 2) * self.scale,
            outline=pen.colour,
            width=max(1, round(pen.width * self.scale)),
        )

    def arrow(self, start: Point, end: Point, pen: Pen, head: float = 16) -> None:
        """Draw a straight arrow; the head is `head` pixels long."""
        angle = atan2(end[1] - start[1], end[0] - start[0])
        neck = (end[0] - head * 0.8 * cos(angle), end[1] - head * 0.8 * sin(angle))
        self.line([start, neck], pen)
        sides = [
            (end[0] - head * cos(angle + turn), end[1] - head * sin(angle + turn))
            for turn in (-0.38, 0.38)
        ]
        self.polygon([end, *sides], pen.colour)

    def text(self, at: Point, words: str, type_: Type, fill: Colour, anchor: float = 0.0) -> None:
        """Set one line on a baseline; `anchor` is 0 for its left end, 0.5 centre, 1 right end."""
        scaled = type_.at(type_.size_px * self.scale)
        x, y = self._at(at)
        draw_line(self._draw, (x - width(words, scaled) * anchor, y), words, scaled, fill)

    def _at(self, point: Point) -> Point:
        return point[0] * self.scale, point[1] * self.scale


def arc(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Return points along a circle's arc, about three pixels apart."""
    count = max(8, round(abs(end - start) / 180 * pi * radius / 3))
    angles = [(start + (end - start) * step / count) * pi / 180 for step in range(count + 1)]
    return [(centre[0] + radius * cos(a), centre[1] + radius * sin(a)) for a in angles]


def dashes(points: Sequence[Point], dash: tuple[float, float]) -> list[list[Point]]:
    """Cut a broken line into its dashes; lengths in pixels."""
    pieces: list[list[Point]] = []
    travelled, period = 0.0, sum(dash)
    for start, end in pairwise(points):
        length = hypot(end[0] - start[0], end[1] - start[1])
        position = 0.0
        while position < length:
            phase = (travelled + position) % period
            inked = phase < dash[0] - 1e-9
            step = min((dash[0] if inked else period) - phase, length - position)
            if inked:
                ends = [_between(start, end, p / length) for p in (position, position + step)]
                joins = bool(pieces) and pieces[-1][-1] == ends[0]
                pieces[-1].append(ends[1]) if joins else pieces.append(ends)
            position += max(step, 1e-6)
        travelled += length
    return pieces


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
