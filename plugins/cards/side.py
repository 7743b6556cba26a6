"""An issue's cover, at the left side of its card."""

from pathlib import Path

from PIL import Image

from plugins.cards.card import CARD_SIZE_PX, COVER_WIDTH_PX


def cover_side(path: Path) -> Image.Image:
    """Fill the left side with the cover, cut at the edges if its shape differs."""
    wide, high = COVER_WIDTH_PX, CARD_SIZE_PX[1]
    with Image.open(path) as source:
        source.draft("RGB", (wide * 2, high * 2))  # a JPEG decodes to about the size it shows at
        picture = source.convert("RGB")
    scale = max(wide / picture.width, high / picture.height)
    resized = picture.resize(
        (round(picture.width * scale), round(picture.height * scale)),
        Image.Resampling.LANCZOS,
        reducing_gap=1.1,  # halved by plain means first: no difference to the eye
    )
    return resized.crop((0, 0, wide, high))
