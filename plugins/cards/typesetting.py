"""Setting a line of type with Pillow, in the theme's own faces. Sizes and widths are in pixels."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont, features

from plugins.cards.palette import Ink

FONTS = Path(__file__).resolve().parents[2] / "theme" / "static" / "fonts"
Face = Literal[
    "serif-regular", "serif-italic", "serif-semibold", "display-regular", "display-italic", "sans"
]
CAP_HEIGHT_EM = 0.67


@dataclass(frozen=True, slots=True)
class Type:
    """How a run of text is set: face, size in pixels, weight (sans only), OpenType features."""

    face: Face
    size_px: int
    weight: int = 400
    features: tuple[str, ...] = ("onum",)
    leading: float = 1.12

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
    return font.getlength(text, features=_features(type_))


def draw_line(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, type_: Type, fill: Ink
) -> None:
    """Draw one line of text from its left end on the baseline."""
    font = load(type_.face, type_.size_px, type_.weight)
    draw.text(at, text, fill, font, anchor="ls", features=_features(type_))
