"""Pictures: drawn again at the size that is shown, so that only their pixels are left."""

from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from plugins.images.source import FORMATS
from plugins.magazine.creative_files import CreativeFileError
from plugins.magazine.messages import tell

RECIPE = "1"
"""Changes when the encoding below does, so that nothing kept outlives it."""

_PHOTO = {"quality": 82, "method": 5}
_FLAT = {"lossless": True, "quality": 80, "method": 5}
FLAT_COLOURS = 4096
"""A picture of no more colours may be smaller, and is sharper, without loss."""

_PAPER = (255, 255, 255)
"""What shows through: advertisers draw on white, and pages may be dark."""


def drawn(content: bytes, size: tuple[int, int]) -> bytes:
    """A picture at a size, as WebP: in sRGB, opaque, without metadata.

    Raises ``CreativeFileError`` for what is no picture, or moves.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if getattr(image, "is_animated", False):
                raise CreativeFileError(tell("une création ne bouge pas : une seule image"))
            shown = _opaque(_in_srgb(ImageOps.exif_transpose(image)))
    except CreativeFileError:
        raise
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise CreativeFileError(tell("image illisible : {error}", error=error)) from error
    resized = shown if shown.size == size else shown.resize(size, Image.Resampling.LANCZOS)
    photo = _encoded(resized, _PHOTO)
    if resized.getcolors(FLAT_COLOURS) is None:
        return photo
    return min(_encoded(resized, _FLAT), photo, key=len)


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours as they were meant, since the profile that says so is not kept."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        ours = ImageCms.createProfile("sRGB")
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, theirs, ours, outputMode=mode) or image
    except ImageCms.PyCMSError:
        return image


def _opaque(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, _PAPER)
    seen = image.convert("RGBA")
    paper.paste(seen, mask=seen)
    return paper


def _encoded(image: Image.Image, options: Mapping[str, object]) -> bytes:
    image.info = {}
    file = BytesIO()
    image.save(file, "WEBP", **options)
    return file.getvalue()
