"""What an image file is: its content, its size as seen, whether it is see-through."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from plugins.magazine.anchors import content_name
from plugins.magazine.messages import tell

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
_KNOWN = ", ".join(FORMATS)
MAX_PIXELS = 100_000_000
"""A larger image is refused: it would take gigabytes of memory to resize."""


class ImageError(ValueError):
    """The file is not an image that can be published."""


@dataclass(frozen=True, slots=True)
class SourceImage:
    """An image file. ``digest`` is of its bytes; sizes are after orientation, in pixels."""

    path: Path
    digest: str
    width_px: int
    height_px: int
    transparent: bool


Stamp = tuple[int, int, int, int]
"""When a file was last written and last changed at all, in nanoseconds, its size, its inode.

A copy may keep the time and the size of the file that it replaces.
"""


@dataclass(frozen=True, slots=True)
class KnownImage:
    """What was found in a file that had that stamp."""

    stamp: Stamp
    source: SourceImage


def stamp(path: Path) -> Stamp:
    """Return the stamp of a file, unopened; raises ``FileNotFoundError``."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def inspect(path: Path) -> SourceImage:
    """Read an image's header and check that all of it can be decoded.

    Raises ``FileNotFoundError``, or :class:`ImageError` for what Pillow cannot read.
    """
    digest = content_name(path.read_bytes())
    try:
        with Image.open(path, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ImageError(f"{image.width} × {image.height} pixels")
            image.load()
            seen = ImageOps.exif_transpose(image)
            return SourceImage(path, digest, seen.width, seen.height, image.has_transparency_data)
    except UnidentifiedImageError as error:
        raise ImageError(tell("ce n’est pas une image {formats}", formats=_KNOWN)) from error
    except ImageError:
        raise
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ImageError(str(error)) from error
