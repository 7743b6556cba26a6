"""Pictures: a small pool that articles, issues and people share, and creatives of bookings."""

from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from bench.plan import dice

FIGURES, COVERS, PORTRAITS = 24, 12, 24
FOLDER = "images"

_SIZES_PX = {
    "figure": (1200, 800),
    "cover": (1200, 1600),
    "portrait": (640, 640),
}
_COUNTS = {
    "figure": FIGURES,
    "cover": COVERS,
    "portrait": PORTRAITS,
}


def picture_name(kind: str, number: int) -> str:
    """The file of a picture, as written in an entry two folders below the content folder."""
    return f"../../{FOLDER}/{kind}-{number % _COUNTS[kind]:02}.jpg"


def draw_pool(content: Path) -> None:
    """Draw every picture of the pool."""
    folder = content / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for kind, count in _COUNTS.items():
        for number in range(count):
            picture = _draw(_SIZES_PX[kind], dice("picture", kind, number))
            picture.save(folder / f"{kind}-{number:02}.jpg", quality=82)


def draw_creative(file: Path, size: str, number: int) -> None:
    """Draw a booking's creative of a size, such as ``300x250``."""
    width_px, height_px = map(int, size.split("x"))
    file.parent.mkdir(parents=True, exist_ok=True)
    _draw((width_px, height_px), dice("picture", f"creative-{size}", number)).save(file)


def _draw(size_px: tuple[int, int], rng: Random) -> Image.Image:
    """Two tones and a hundred discs: compresses like an engraving rather than a flat colour."""
    dark, light = (tuple(rng.randint(*tone) for _ in range(3)) for tone in ((10, 90), (150, 250)))
    sky = Image.linear_gradient("L").resize(size_px)
    image = Image.composite(Image.new("RGB", size_px, light), Image.new("RGB", size_px, dark), sky)
    draw = ImageDraw.Draw(image)
    for _ in range(100):
        centre = (rng.randint(0, size_px[0]), rng.randint(0, size_px[1]))
        tone = tuple(rng.randint(20, 240) for _ in range(3))
        draw.circle(centre, rng.randint(4, size_px[1] // 8), outline=tone, width=3)
    return image
