"""Light, repeatable PNG files: few colours, all mixed from paper, ink and the two accents."""

from functools import lru_cache
from io import BytesIO

from PIL import Image

from plugins.cards.palette import INK, JAUNE, PAPER, ROUGE, Colour, mix

RAMPS: tuple[tuple[Colour, Colour, int], ...] = (  # two ends and the steps between them
    (PAPER, INK, 128),
    (PAPER, JAUNE, 24),
    (PAPER, ROUGE, 40),
    (INK, JAUNE, 20),
    (INK, ROUGE, 24),
    (JAUNE, ROUGE, 14),
)


@lru_cache(maxsize=1)
def house_palette() -> Image.Image:
    """Return an image holding the palette every drawn picture is reduced to."""
    colours = [
        mix(end, start, step / (steps - 1)) for start, end, steps in RAMPS for step in range(steps)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in colours for channel in colour])
    return palette


def png(image: Image.Image) -> bytes:
    """Write an image as optimised PNG."""
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
