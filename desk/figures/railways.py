"""Legrand's star: the lines of the law of 11 June 1842, from town to town."""

from dataclasses import dataclass, replace
from math import cos, radians

from PIL import Image

from desk.canvas import Canvas, Pen, Point
from desk.figures.france import FRANCE_IN_1842, Place
from desk.figures.style import FAINT, LABEL, NOTE, TINT, WIDTH_PX
from plugins.cards.palette import INK, JAUNE, PAPER, SOFT_INK, mix
from plugins.cards.typesetting import Type

HEIGHT_PX = 1500
PX_PER_DEGREE = 154.0  # of latitude
CENTRE: Place = (2.45, 46.73)
CENTRE_PX: Point = (840.0, 735.0)

BRANCH = Pen(INK, 6.5)
UNDECIDED = Pen(INK, 5, dash=(16, 12))
CHORD = Pen(JAUNE, 17)
BEYOND = Type("serif-italic", 38)


@dataclass(frozen=True, slots=True)
class Town:
    """A town the law names: where it is, and where its label goes (pixels, then anchor)."""

    longitude: float
    latitude: float
    label: Point = (22.0, 10.0)
    anchor: float = 0.0


TOWNS = {
    "Lille": Town(3.06, 50.63, (-24, 14), 1),
    "Valenciennes": Town(3.52, 50.36, (-8, 80)),
    "Nancy": Town(6.18, 48.69, (0, -26), 0.5),
    "Strasbourg": Town(7.75, 48.58, (-14, 50), 1),
    "Mulhouse": Town(7.34, 47.75, (-22, -16), 1),
    "Dijon": Town(5.04, 47.32, (-22, -12), 1),
    "Lyon": Town(4.84, 45.76, (26, 12)),
    "Marseille": Town(5.37, 43.30, (24, -8)),
    "Cette": Town(3.70, 43.40, (4, 50), 0.5),
    "Toulouse": Town(1.44, 43.60, (0, 52), 0.5),
    "Bourges": Town(2.40, 47.08, (0, 50), 0.5),
    "Tours": Town(0.69, 47.39, (24, 34)),
    "Nantes": Town(-1.55, 47.22, (0, -28), 0.5),
    "Poitiers": Town(0.34, 46.58),
    "Angoulême": Town(0.16, 45.65),
    "Bordeaux": Town(-0.58, 44.84, (36, -2)),
    "Bayonne": Town(-1.47, 43.49, (30, -2)),
}
PARIS: Place = (2.352, 48.857)
DOUAI: Place = (3.08, 50.37)  # where the Belgian line forks
TARASCON: Place = (4.66, 43.80)  # where the Mediterranean line forks
CHANNEL: Place = (1.75, 50.88)

OUTWARDS = (  # where the lines lead, in italics: label, place, anchor
    ("Belgique", (4.75, 50.62), 0.5),
    ("Angleterre", (1.15, 51.02), 1.0),
    ("Allemagne", (8.35, 49.32), 0.5),
    ("Rhin", (8.25, 47.92), 0.5),
    ("Méditerranée", (4.55, 42.62), 0.5),
    ("Espagne", (-1.55, 42.62), 0.5),
    ("Océan", (-3.4, 46.75), 0.5),
)


def draw_legrand_star() -> Image.Image:
    """Draw the seven branches from Paris and the two chords."""
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    outline = [_on_page(place) for place in FRANCE_IN_1842]
    canvas.polygon(outline, mix(TINT, PAPER, 0.5))
    canvas.line([*outline, outline[0]], Pen(FAINT, 2.5))
    for chord in _chords():
        canvas.line([_on_page(place) for place in chord], CHORD)
    for branch in _branches():
        canvas.line([_on_page(place) for place in branch], BRANCH)
    canvas.line([_on_page(PARIS), _on_page(CHANNEL)], UNDECIDED)
    _draw_towns(canvas)
    _draw_paris(canvas)
    for words, place, anchor in OUTWARDS:
        canvas.text(_on_page(place), words, BEYOND, SOFT_INK, anchor)
    _draw_legend(canvas)
    return canvas.finish()


def _way(*names: str) -> list[Place]:
    return [(TOWNS[name].longitude, TOWNS[name].latitude) for name in names]


def _branches() -> list[list[Place]]:
    """Return the lines from Paris, in the law's order, the undecided one left out."""
    return [
        [PARIS, DOUAI, *_way("Lille")],
        [DOUAI, *_way("Valenciennes")],
        [PARIS, *_way("Nancy", "Strasbourg")],
        [PARIS, *_way("Lyon"), TARASCON, *_way("Marseille")],
        [TARASCON, *_way("Cette")],
        [PARIS, *_way("Tours", "Poitiers", "Angoulême", "Bordeaux", "Bayonne")],
        _way("Tours", "Nantes"),
        [PARIS, *_way("Bourges")],
    ]


def _chords() -> list[list[Place]]:
    """Return the two lines that avoid Paris."""
    return [
        [*_way("Mulhouse", "Dijon", "Lyon"), TARASCON, *_way("Marseille")],
        [*_way("Bordeaux", "Toulouse", "Cette"), TARASCON],
    ]


def _on_page(place: Place) -> Point:
    """Project with true shapes at the middle of the map."""
    east = (place[0] - CENTRE[0]) * cos(radians(CENTRE[1]))
    north = place[1] - CENTRE[1]
    return CENTRE_PX[0] + east * PX_PER_DEGREE, CENTRE_PX[1] - north * PX_PER_DEGREE


def _draw_towns(canvas: Canvas) -> None:
    for name, town in TOWNS.items():
        x, y = _on_page((town.longitude, town.latitude))
        canvas.disc((x, y), 11, INK)
        canvas.disc((x, y), 6.5, PAPER)
        canvas.text((x + town.label[0], y + town.label[1]), name, LABEL, INK, town.anchor)


def _draw_paris(canvas: Canvas) -> None:
    centre = _on_page(PARIS)
    for radius, fill in ((38, PAPER), (32, INK), (22, PAPER), (13, JAUNE)):
        canvas.disc(centre, radius, fill)
    canvas.text((centre[0] - 48, centre[1] - 14), "Paris", LABEL, INK, anchor=1)


def _draw_legend(canvas: Canvas) -> None:
    rows = (
        (BRANCH, "les branches, de Paris"),
        (UNDECIDED, "port de la Manche à choisir"),
        (CHORD, "les deux cordes"),
    )
    for index, (pen, words) in enumerate(rows):
        y = 80 + index * 54
        canvas.line([(80, y), (180, y)], replace(pen, round_ends=False))
        canvas.text((206, y + 9), words, NOTE, INK)
