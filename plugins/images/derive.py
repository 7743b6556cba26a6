"""One derivative of an image: resized, upright, without location, its credit kept."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from plugins.images.sizes import scaled_height
from plugins.images.source import SourceImage
from plugins.magazine.anchors import anchor
from plugins.press.kept import KeptFiles

RECIPE = "3"
"""Changes when the encoding below does, so that no cached derivative outlives it."""

_ARTIST, _COPYRIGHT = 0x013B, 0x8298
_OPTIONS: dict[str, dict[str, object]] = {
    "avif": {"quality": 50, "speed": 6, "max_threads": 1},
    "webp": {"quality": 80, "method": 4},
    "jpg": {"quality": 82, "optimize": True, "progressive": True},
    "png": {"optimize": True},
}
_PILLOW_NAMES = {"jpg": "JPEG"}


@dataclass(frozen=True, slots=True)
class Derivative:
    """An image to make; its name says all that it is made from."""

    source: SourceImage
    width_px: int
    extension: str
    credit: str

    @property
    def folder(self) -> str:
        """The folder, below the tree, of all derivatives of the same content."""
        return f"images/{self.source.digest}"

    @property
    def name(self) -> str:
        """The file's name in that folder."""
        return f"{anchor(self.source.path.stem)}-{self.width_px}.{self.extension}"

    @property
    def kept_name(self) -> str:
        """The name that the cache knows it by: equal content and credit, equal file."""
        stem = f"{self.source.digest}-{RECIPE}-{_credit_key(self.credit)}"
        return f"{stem}-{self.width_px}.{self.extension}"


def make(derivative: Derivative, kept: KeptFiles) -> bytes:
    """A derivative as it was kept, or encoded and kept for the next build."""
    made = kept.read(derivative.kept_name)
    if made is None:
        with Image.open(derivative.source.path) as image:
            made = kept.keep(derivative.kept_name, _encoded(image, derivative))
    return made


def _encoded(image: Image.Image, derivative: Derivative) -> bytes:
    exif = _kept_exif(image, derivative.credit)
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA" if derivative.source.transparent else "RGB")
    height = scaled_height(plain.width, plain.height, derivative.width_px)
    resized = plain.resize((derivative.width_px, height), Image.Resampling.LANCZOS)
    resized.info = {}
    file = BytesIO()
    resized.save(
        file,
        format=_PILLOW_NAMES.get(derivative.extension, derivative.extension.upper()),
        exif=exif,
        **_OPTIONS[derivative.extension],
    )
    return file.getvalue()


def _kept_exif(image: Image.Image, credit: str) -> Image.Exif:
    """Only who made the image and whose it is: no place, no camera, no date."""
    before, kept = image.getexif(), Image.Exif()
    for tag in (_ARTIST, _COPYRIGHT):
        if before.get(tag):
            kept[tag] = str(before[tag]).encode("latin-1", "replace")  # as Pillow decoded it
    if credit and _COPYRIGHT not in kept:
        kept[_COPYRIGHT] = credit.encode()
    return kept


def _credit_key(credit: str) -> str:
    """Distinguishes derivatives of one image that carry different credits."""
    return hashlib.blake2b(credit.encode(), digest_size=4).hexdigest()
