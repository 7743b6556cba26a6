"""The magazine's mark: a bicorne seen from the front, its cockade in the school's two colours.

One outline, in a square of 64 units, is drawn as pixels for icons and written out as SVG.
"""

from io import BytesIO

from PIL import Image, ImageDraw

from plugins.cards.encoding import house_palette, png
from plugins.cards.palette import INK, JAUNE, PAPER, ROUGE, Colour

UNITS = 64
OVERSAMPLING = 8
FAVICON_SIZES_PX = (16, 32, 48)
Point = tuple[float, float]
Curve = tuple[Point, Point, Point]

START: Point = (1.0, 44.5)
HAT: tuple[Curve, ...] = (  # cubic curves: two control points and an end each
    ((11.5, 40.5), (11.0, 13.0), (32.0, 13.0)),
    ((53.0, 13.0), (52.5, 40.5), (63.0, 44.5)),
    ((58.5, 49.0), (51.0, 48.9), (44.5, 47.0)),
    ((37.0, 44.8), (27.0, 44.8), (19.5, 47.0)),
    ((13.0, 48.9), (5.5, 49.0), (1.0, 44.5)),
)
BRIM_START: Point = (7.5, 43.6)
BRIM: tuple[Curve, ...] = (  # the front brim's edge, a thin line turned up against the crown
    ((16.5, 39.5), (15.5, 19.5), (32.0, 19.5)),
    ((48.5, 19.5), (47.5, 39.5), (56.5, 43.6)),
)
BRIM_WIDTH = 1.1
BRIM_FROM_PX = 64  # below this size the line would only grey the hat
COCKADE: Point = (32.0, 32.0)
COCKADE_RADII = (8.0, 6.7, 3.0)  # the paper ring that sets it off, yellow, red


def trace(
    start: Point, curves: tuple[Curve, ...], scale: float, origin: Point, steps: int = 40
) -> list[Point]:
    """Return points along joined cubic curves, `scale` pixels a unit."""
    points: list[Point] = [start]
    for curve in curves:
        points += [_on_curve(start, curve, step / steps) for step in range(1, steps + 1)]
        start = curve[2]
    return [(origin[0] + x * scale, origin[1] + y * scale) for x, y in points]


def _on_curve(start: Point, curve: Curve, t: float) -> Point:
    u = 1 - t
    shares = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    nodes = (start, *curve)
    return (
        sum(share * node[0] for share, node in zip(shares, nodes, strict=True)),
        sum(share * node[1] for share, node in zip(shares, nodes, strict=True)),
    )


def draw_mark(size_px: int, ground: Colour | None, margin: float = 0.0) -> Image.Image:
    """Draw the mark in a square; `margin` is the share left empty on each side.

    Without a ground the square is transparent.
    """
    side = size_px * OVERSAMPLING
    under = ground or PAPER
    image = Image.new("RGBA", (side, side), (*under, 255 if ground else 0))
    draw = ImageDraw.Draw(image)
    scale = side * (1 - 2 * margin) / UNITS
    origin = (side * margin, side * margin)
    draw.polygon(trace(START, HAT, scale, origin), (*INK, 255))
    if size_px >= BRIM_FROM_PX:
        brim = trace(BRIM_START, BRIM, scale, origin)
        draw.line(brim, (*under, 255), round(BRIM_WIDTH * scale), joint="curve")
    x, y = (origin[0] + COCKADE[0] * scale, origin[1] + COCKADE[1] * scale)
    for radius, fill in zip(COCKADE_RADII, (under, JAUNE, ROUGE), strict=True):
        draw.circle((x, y), radius * scale, (*fill, 255))
    return image.resize((size_px, size_px), Image.Resampling.BOX)


def draw_icon(size_px: int) -> bytes:
    """Draw the square icon on paper, as PNG; the margin keeps it inside a maskable circle."""
    image = draw_mark(size_px, PAPER, margin=0.12).convert("RGB")
    return png(image.quantize(palette=house_palette(), dither=Image.Dither.NONE))


def draw_favicon() -> bytes:
    """Draw favicon.ico: 16, 32 and 48 px on a transparent ground."""
    images = [draw_mark(size_px, None) for size_px in FAVICON_SIZES_PX]
    out = BytesIO()
    images[-1].save(out, "ICO", append_images=images[:-1], sizes=[(s, s) for s in FAVICON_SIZES_PX])
    return out.getvalue()


def icon_svg() -> str:
    """Write the mark as SVG; the hat turns to paper where the browser is dark."""
    ink, paper, jaune, rouge = (_hex(colour) for colour in (INK, PAPER, JAUNE, ROUGE))
    ring, outer, inner = COCKADE_RADII
    circle = f'cx="{COCKADE[0]:g}" cy="{COCKADE[1]:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {UNITS} {UNITS}">\n'
        f"<style>.h{{fill:{ink}}}.r{{fill:{paper}}}"
        f".b{{fill:none;stroke:{paper};stroke-width:{BRIM_WIDTH:g}}}"
        f"@media(prefers-color-scheme:dark){{.h{{fill:{paper}}}.r{{fill:{ink}}}"
        f".b{{stroke:{ink}}}}}</style>\n"
        f'<path class="h" d="{_path(START, HAT)}Z"/>\n'
        f'<path class="b" d="{_path(BRIM_START, BRIM)}"/>\n'
        f'<circle class="r" {circle} r="{ring:g}"/>\n'
        f'<circle fill="{jaune}" {circle} r="{outer:g}"/>\n'
        f'<circle fill="{rouge}" {circle} r="{inner:g}"/>\n</svg>\n'
    )


def _path(start: Point, curves: tuple[Curve, ...]) -> str:
    steps = ("C" + " ".join(f"{x:g} {y:g}" for x, y in curve) for curve in curves)
    return f"M{start[0]:g} {start[1]:g}" + "".join(steps)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
