"""A person's medallion: initials on the colour their class year wears."""

from PIL import Image, ImageDraw

from plugins.cards.palette import PAPER, Wear, accent, on_accent
from plugins.cards.plate import INKS
from plugins.cards.typesetting import CAP_HEIGHT_EM, Type, draw_line, width

OVERSAMPLING = 4
INITIALS_SHARE = {1: 0.56, 2: 0.42, 3: 0.32}  # type size over diameter, by number of letters
RING_SHARE = 0.035  # from the rim to the engraved ring
RING_WIDTH_SHARE = 0.008


def draw_medallion(wear: Wear, diameter_px: int) -> Image.Image:
    """Draw the medallion without its initials, on a transparent square of that side."""
    side = diameter_px * OVERSAMPLING
    image = Image.new("RGBA", (side, side), (*PAPER, 0))
    draw = ImageDraw.Draw(image)
    draw.circle((side / 2, side / 2), side / 2 - 1, (*accent(wear), 255))
    draw.circle(
        (side / 2, side / 2),
        side * (0.5 - RING_SHARE),
        outline=(*on_accent(wear), 255),
        width=round(side * RING_WIDTH_SHARE),
    )
    return image.resize((diameter_px, diameter_px), Image.Resampling.BOX)


def draw_initials(
    plate: ImageDraw.ImageDraw, at: tuple[int, int], initials: str, wear: Wear, diameter_px: int
) -> None:
    """Set initials in the middle of the medallion whose top left corner is given."""
    share = INITIALS_SHARE.get(len(initials), min(INITIALS_SHARE.values()))
    letters = Type("display-regular", round(diameter_px * share), features=("lnum", "kern"))
    left = at[0] + (diameter_px - width(initials, letters)) / 2
    baseline = at[1] + diameter_px / 2 + letters.size_px * CAP_HEIGHT_EM / 2
    draw_line(plate, (left, baseline), initials, letters, INKS[wear].on_accent)
