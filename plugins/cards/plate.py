"""The plate that cards are drawn on: four bits a pixel, numbers of sixteen colours.

Along a scale, neighbouring numbers are neighbouring colours: text drawn with the number of a
scale's one end over that of its other is antialiased by plain arithmetic, and no picture has to
be reduced to a palette. Ten greys are as smooth to the eye as two hundred at this size.
"""

import zlib
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from PIL import Image

from plugins.cards.palette import INK, JAUNE, PAPER, ROUGE, Colour, Wear, mix

SOFT_INK_SHARE = 2 / 3
SAMPLING = 4  # of a picture's pixels, one in its square is asked for its colour
COVER_COMPRESSION = 5  # beyond, the time grows and the bytes hardly fall


@dataclass(frozen=True, slots=True)
class Inks:
    """The numbered colours of a wear's cards; the others name some of the numbers."""

    colours: tuple[Colour, ...]
    paper: int
    ink: int
    on_accent: int

    @property
    def soft_ink(self) -> int:
        """That of text in grey."""
        return round(self.paper + (self.ink - self.paper) * SOFT_INK_SHARE)

    @property
    def palette(self) -> bytes:
        """The colours as PNG writes them."""
        return bytes(channel for colour in self.colours for channel in colour)


def _scale(*stops: tuple[Colour, int]) -> tuple[Colour, ...]:
    """Return the colours from stop to stop, in so many steps from each to the next."""
    colours: tuple[Colour, ...] = ()
    for (start, steps), (end, _) in pairwise(stops):
        colours += tuple(mix(end, start, step / steps) for step in range(steps))
    return (*colours, stops[-1][0])


PALE_JAUNE = mix(JAUNE, PAPER, 0.5)  # the edges of a yellow medallion, of the cockade
ORANGE = mix(ROUGE, JAUNE, 0.5)  # the edges of the cockade's heart
INKS: dict[Wear, Inks] = {
    "jaune": Inks((*_scale((PAPER, 9), (INK, 4), (JAUNE, 0)), PALE_JAUNE, ROUGE), 0, 9, 9),
    "rouge": Inks((*_scale((INK, 9), (PAPER, 4), (ROUGE, 0)), ORANGE, JAUNE), 9, 0, 9),
    None: Inks((*_scale((PAPER, 11), (INK, 0)), PALE_JAUNE, JAUNE, ORANGE, ROUGE), 0, 11, 0),
}


def as_plate(image: Image.Image, inks: Inks) -> Image.Image:
    """Turn an RGB picture in the inks' colours into a plate."""
    return _reduce(image, inks.palette)


def add_picture(plate: Image.Image, inks: Inks, picture: Image.Image, colours: int) -> bytes:
    """Lay an RGB picture at the plate's left; return the palette, with the picture's colours."""
    sample = picture.resize(
        (picture.width // SAMPLING, picture.height // SAMPLING), Image.Resampling.NEAREST
    )
    own = sample.quantize(colours, Image.Quantize.MEDIANCUT).getpalette() or ()
    palette = inks.palette + bytes(own)
    plate.paste(_reduce(picture, palette), (0, 0))
    return palette


def print_plate(plate: Image.Image, inks: Inks) -> bytes:
    """Write a plate as PNG.

    Flat ground and few colours: runs alone compress nearly as well as a search for matches, at
    half its time.
    """
    return _print(plate, inks.palette, compress_level=1, compress_type=zlib.Z_RLE)


def print_with_picture(plate: Image.Image, palette: bytes) -> bytes:
    """Write a plate that holds a picture as PNG."""
    return _print(plate, palette, compress_level=COVER_COMPRESSION)


def _print(plate: Image.Image, palette: bytes, **compression: int) -> bytes:
    image = plate.copy()
    image.putpalette(palette)
    out = BytesIO()
    image.save(out, "PNG", **compression)
    return out.getvalue()


def _reduce(image: Image.Image, palette: bytes) -> Image.Image:
    """Number each pixel with the nearest of the palette's colours."""
    holder = Image.new("P", (1, 1))
    holder.putpalette(palette)
    reduced = image.quantize(palette=holder, dither=Image.Dither.NONE)
    return Image.frombytes("L", image.size, reduced.tobytes())
