"""Text set in lines: as few as hold, as even as they can be, at the size that fits."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from plugins.cards.palette import Ink
from plugins.cards.typesetting import Type, draw_line
from plugins.cards.words import Words

CUT_ENDINGS = " ,;:–."  # not left before an ellipsis


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
    draw: ImageDraw.ImageDraw, at: tuple[float, float], setting: Setting, fill: Ink
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
    words = Words(text, type_)
    for size_px in sizes_px:
        sized, measure = type_.at(size_px), measure_px / size_px
        breaks = words.fill(measure)
        if sized.height_px(len(breaks)) <= box_px and words.widest(breaks) <= measure:
            break
    return Setting(words.lines(words.even(len(breaks), measure) or breaks), sized)


def fit_cut(
    text: str, type_: Type, sizes_px: Sequence[int], measure_px: float, lines: int
) -> Setting:
    """Set text in so many lines at most, cut at a word when it runs over at every size.

    The sizes are close to each other: one line more of the smallest is higher than `lines`.
    """
    box_px = type_.height_px(lines)
    setting = fit(text, type_, sizes_px, measure_px, box_px)
    if len(setting.lines) <= lines:
        return setting
    words = text.split(" ")

    def cut(dropped: int) -> Setting:
        kept = " ".join(words[: len(words) - dropped]).rstrip(CUT_ENDINGS)
        return fit(f"{kept}…", type_, sizes_px, measure_px, box_px)

    choices = range(1, len(words))
    return cut(choices[bisect_left(choices, True, key=lambda n: len(cut(n).lines) <= lines)])
