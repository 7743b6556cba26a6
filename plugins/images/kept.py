"""What builds have found in image files, kept so that no image is opened twice."""

from pathlib import Path

import msgspec

from plugins.images.library import ImageLibrary
from plugins.images.source import KnownImage, SourceImage, Stamp
from plugins.magazine.store import Store
from plugins.press.database import StoreDamagedError

_RESULT = "images"
_Rows = list[tuple[str, Stamp, str, tuple[int, int], bool]]
"""Path below the content folder, stamp, digest, size in pixels, transparency."""


def known_images(store: Store, content: Path) -> dict[Path, KnownImage]:
    """What is known of images, by file."""
    try:
        rows = msgspec.msgpack.decode(store.result(_RESULT), type=_Rows)
    except (StoreDamagedError, msgspec.DecodeError):
        return {}
    return {
        (file := content / name): KnownImage(stamp, SourceImage(file, digest, *size, transparent))
        for name, stamp, digest, size, transparent in rows
    }


def keep_known_images(images: ImageLibrary, store: Store, content: Path) -> None:
    """Keep what was found in the images that this build used, if that is news."""
    if not images.has_news:
        return
    rows = [
        (
            file.relative_to(content).as_posix(),
            known.stamp,
            known.source.digest,
            (known.source.width_px, known.source.height_px),
            known.source.transparent,
        )
        for file, known in sorted(images.used().items())
    ]
    store.keep_result(_RESULT, msgspec.msgpack.encode(rows))
