"""The covers' drawings: one family, a circle that grows from a point in the accent colour.

A design draws a square image of the side asked, on paper; the seed varies it without end.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PIL import Image

from desk.designs.bifurcation import draw_bifurcation
from desk.designs.network import draw_network
from desk.designs.shadow import draw_shadow
from plugins.cards.palette import Colour

Design = Callable[[int, Colour, int], Image.Image]

DESIGNS: Mapping[str, Design] = MappingProxyType(
    {"shadow": draw_shadow, "network": draw_network, "bifurcation": draw_bifurcation}
)
