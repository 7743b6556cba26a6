"""Breaking text into lines: as few as hold, as even as they can be, at the size that fits.

Text arrives typographed: only an ordinary space may become a line end, so no-break and narrow
no-break spaces hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from PIL import ImageDraw

from plugins.cards.palette import Colour
from plugins.cards.typesetting import Type, draw_line, width

# A line should not end on one of these.
WEAK_ENDINGS = frozenset(("à", "au", "aux", "ce", "de", "des", "du", "en", "et", "la")) | frozenset(
    ("le", "les", "ne", "ou", "par", "se", "sur", "un", "une")
)
WEAK_ENDING_COST = 0.12  # in squared shares of the measure: worth a line a third shorter


@dataclass(frozen=True, slots=True)
class Setting:
    """Text broken into lines at the size that fits."""

    lines: tuple[str, ...]
    type: Type

    @property
    def height_px(self) -> int:
        """From the top of the first line's capitals to the last baseline."""
        return self.type.height_px(len(self.lines))


def draw_setting(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], setting: Setting, fill: Colour
) -> float:
    """Draw lines downwards from the first baseline; return the last baseline."""
    x, y = at
    for index, line in enumerate(setting.lines):
        draw_line(draw, (x, y + index * setting.type.line_px), line, setting.type, fill)
    return y + (len(setting.lines) - 1) * setting.type.line_px


def fit(
    text: str, type_: Type, sizes_px: Sequence[int], measure_px: float, box_px: float
) -> Setting:
    """Set text at the first (largest) size whose lines hold in the measure and the box."""
    setting = Setting((text,), type_)
    for size_px in sizes_px:
        sized = type_.at(size_px)
        setting = Setting(break_lines(text, sized, measure_px), sized)
        wide = max(width(line, sized) for line in setting.lines) > measure_px
        if not wide and setting.height_px <= box_px:
            break
    return setting


def break_lines(text: str, type_: Type, measure_px: float) -> tuple[str, ...]:
    """Break text into as few lines as hold in the measure, as even as they can be.

    A single word wider than the measure stands alone on its line.
    """
    words = text.split(" ")
    ends = _fewest_ends(words, type_, measure_px)
    breaks = _even_breaks(words, len(ends), type_, measure_px) or ends
    return tuple(" ".join(words[a:b]) for a, b in pairwise((0, *breaks)))


def _fewest_ends(words: list[str], type_: Type, measure_px: float) -> tuple[int, ...]:
    """Fill each line in turn; return where each ends."""
    ends: list[int] = []
    start = 0
    for index in range(1, len(words)):
        if width(" ".join(words[start : index + 1]), type_) > measure_px:
            ends.append(index)
            start = index
    return (*ends, len(words))


def _even_breaks(
    words: list[str], count: int, type_: Type, measure_px: float
) -> tuple[int, ...] | None:
    """Return the line ends that waste least; None when no choice holds in the measure."""

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]] | None:
        last = len(words)
        ends = (last,) if lines == 1 else range(start + 1, last - lines + 2)
        found: list[tuple[float, tuple[int, ...]]] = []
        for end in ends:
            share = width(" ".join(words[start:end]), type_) / measure_px
            rest = (0.0, ()) if end == last else best(end, lines - 1)
            if share <= 1 and rest is not None:
                found.append((_cost(share, words[end - 1], end == last) + rest[0], (end, *rest[1])))
        return min(found, default=None)

    result = best(0, count)
    return result[1] if result else None


def _cost(share: float, last_word: str, is_last: bool) -> float:
    weak = not is_last and last_word.lower() in WEAK_ENDINGS
    return (1 - share) ** 2 + (WEAK_ENDING_COST if weak else 0)
