"""The magazine's colours as RGB triples, for anything drawn with pixels.

The style sheets hold the same values; yellow never carries text on paper, and text laid on an
accent takes `on_accent`, which passes 4.5:1 on both.
"""

from typing import Literal

Colour = tuple[int, int, int]
Ink = Colour | int  # a number is a place in the palette of what is drawn on
Wear = Literal["jaune", "rouge"] | None

PAPER: Colour = (0xFD, 0xFC, 0xF8)
INK: Colour = (0x1B, 0x1A, 0x17)
JAUNE: Colour = (0xE8, 0xAC, 0x0E)
ROUGE: Colour = (0xB0, 0x27, 0x1F)


def mix(over: Colour, under: Colour, share: float) -> Colour:
    """Lay `share` (0 to 1) of one colour over another."""
    red, green, blue = (round(u + (o - u) * share) for o, u in zip(over, under, strict=True))
    return red, green, blue


SOFT_INK: Colour = mix(INK, PAPER, 0.68)
HAIRLINE: Colour = mix(INK, PAPER, 0.20)


def wear_of(number: int) -> Wear:
    """Return the colour an issue or a class year wears: odd is yellow, even is red."""
    return "jaune" if number % 2 else "rouge"


def accent(wear: Wear) -> Colour:
    """Return the accent for a wear; ink where there is none."""
    return {"jaune": JAUNE, "rouge": ROUGE, None: INK}[wear]


def on_accent(wear: Wear) -> Colour:
    """Return the text colour that reads on that accent."""
    return INK if wear == "jaune" else PAPER
