"""What all figures share: their width, types and pens."""

from desk.canvas import Pen
from plugins.cards.palette import INK, PAPER, SOFT_INK, mix
from plugins.cards.typesetting import Type

WIDTH_PX = 1600
EDGE_PX = 80

LABEL = Type("sans", 30, features=())
STRONG = Type("sans", 32, weight=600, features=())
NOTE = Type("sans", 27, features=())

TINT = mix(INK, PAPER, 0.10)
FAINT = mix(INK, PAPER, 0.28)

OUTLINE = Pen(INK, 3)
STRONG_LINE = Pen(INK, 4.5)
AXIS = Pen(INK, 2, round_ends=False)
GRID = Pen(FAINT, 1.5, round_ends=False)
GUIDE = Pen(SOFT_INK, 2, dash=(9, 8))
