"""Setting type with Pillow: the theme's own faces, lines broken evenly, sizes stepped to fit.

Text arrives typographed: only an ordinary space may become a line end, so no-break and narrow
no-break spaces hold. Sizes and widths are in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont, features

from plugins.cards.palette import Colour

FONTS = Path(__file__).resolve().parents[2] / "theme" / "static" / "fonts"
Face = Literal[
    "serif-regular", "serif-italic", "serif-semibold", "display-regular", "display-italic", "sans"
]
CAP_HEIGHT_EM = 0.67
WEAK_ENDINGS = frozenset(
    [
        "à",
        "au",
        "aux",
        "ce",
        "de",
        "des",
        "du",
        "en",
        "et",
        "la",
        "le",
        "les",
        "ne",
        "ou",
        "par",
        "se",
        "sur",
        "un",
        "une",
    ]
)  # a line should not end on these
WEAK_ENDING_COST = 0.12  # in squared shares of the measure: worth a line a third shorter


@dataclass(frozen=True, slots=True)
class Type:
    """How a run of text is set: face, size in pixels, weight (sans only), OpenType features."""

    face: Face
    size_px: int
    weight: int = 400
    features: tuple[str, ...] = ("onum",)
    leading: float = 1.12
    tracking_em: float = 0.0

    def at(self, size_px: int) -> "Type":
        """Return the same type at another size."""
        return replace(self, size_px=size_px)

    @property
    def line_px(self) -> int:
        """Distance between two baselines."""
        return round(self.size_px * self.leading)

    def height_px(self, lines: int) -> int:
        """From the top of the first line's capitals to the last baseline."""
        return round(self.size_px * CAP_HEIGHT_EM) + self.line_px * (lines - 1)


@dataclass(frozen=True, slots=True)
class Setting:
    """Text broken into lines at the size that fits."""

    lines: tuple[str, ...]
    type: Type

    @property
    def height_px(self) -> int:
        """From the top of the first line's capitals to the last baseline."""
        return self.type.height_px(len(self.lines))


@lru_cache(maxsize=64)
def load(face: Face, size_px: int, weight: int) -> ImageFont.FreeTypeFont:
    """Open one of the theme's faces; the sans has a weight axis from 400 to 700."""
    font = ImageFont.truetype(FONTS / f"{face}.woff2", size_px)
    if face == "sans":
        font.set_variation_by_axes([weight])
    return font


def _features(type_: Type) -> list[str] | None:
    """Return OpenType features where Pillow can apply them (it needs libraqm)."""
    return list(type_.features) if features.check_feature("raqm") else None


def width(text: str, type_: Type) -> float:
    """Measure a line of text."""
    font = load(type_.face, type_.size_px, type_.weight)
    advance = font.getlength(text, features=_features(type_))
    return advance + type_.tracking_em * type_.size_px * max(len(text) - 1, 0)


def draw_line(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, type_: Type, fill: Colour
) -> None:
    """Draw one line of text from its left end on the baseline."""
    font = load(type_.face, type_.size_px, type_.weight)
    runs = [text] if not type_.tracking_em else list(text)
    x, y = at
    for run in runs:
        draw.text((x, y), run, fill, font, anchor="ls", features=_features(type_))
        x += font.getlength(run, features=_features(type_)) + type_.tracking_em * type_.size_px


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
