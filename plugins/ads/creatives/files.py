"""The files of a creative: what is published of what lies beside its booking."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from plugins.ads.creatives import framed, raster, vector
from plugins.ads.creatives.sizes import MAX_BYTES
from plugins.images.library import ImageLibrary
from plugins.magazine.anchors import anchor, content_name
from plugins.magazine.booking import CreativeFields
from plugins.magazine.creative_files import CreativeFileError, read_creative
from plugins.magazine.messages import spoken_count, tell
from plugins.press.kept import KeptFiles

Kind = Literal["raster", "vector", "framed"]
_KINDS: dict[str, Kind] = {".svg": "vector", ".html": "framed", ".htm": "framed"}
_RECIPES = {"raster": raster.RECIPE, "vector": vector.RECIPE, "framed": framed.RECIPE}
_EXTENSIONS = {"raster": "webp", "vector": "svg", "framed": "html"}
_FOLDERS = {"raster": "images", "vector": "images", "framed": "cadres"}
"""Frames lie apart: the service gives them a policy of their own."""

DOUBLE = 2
"""How many pixels of a picture may stand for one of the page, at most."""


def kind_of(name: str) -> Kind:
    """What a creative is, by the name of its file."""
    return _KINDS.get(Path(name).suffix.lower(), "raster")


@dataclass(frozen=True)
class CreativeFile:
    """A creative's file. ``digest`` is of its bytes; ``scales``: 1, and 2 for a sharper one."""

    folder: Path
    name: str
    size: str
    size_px: tuple[int, int]
    digest: str
    scales: tuple[int, ...] = (1,)

    @cached_property
    def kind(self) -> Kind:
        """What it is."""
        return kind_of(self.name)

    def kept_name(self, scale: int) -> str:
        """What a published file is made from: equal names, equal files."""
        made = f"{self.kind}-{_RECIPES[self.kind]}-{self.size}-{scale}x"
        return f"ad-{self.digest}-{made}.{_EXTENSIONS[self.kind]}"

    def path(self, scale: int) -> str:
        """Where it is published, below the public tree; never where a gated image may be."""
        own = content_name(self.kept_name(scale).encode())
        stem = f"{anchor(Path(self.name).stem)}-{self.size_px[0] * scale}"
        return f"{_FOLDERS[self.kind]}/{own}/{stem}.{_EXTENSIONS[self.kind]}"

    def made(self, scale: int, kept: KeptFiles) -> bytes:
        """What is published, as it was kept or made now; raises ``CreativeFileError``."""
        name = self.kept_name(scale)
        return kept.read(name) or kept.keep(name, self._made(scale))

    def flaw(self, kept: KeptFiles) -> str:
        """Why it cannot be shown, in words for the editor; empty when it can."""
        try:
            heaviest = max(len(self.made(scale, kept)) for scale in self.scales)
        except CreativeFileError as error:
            return str(error)
        if heaviest <= MAX_BYTES[self.size]:
            return ""
        message = "« {name} » pèse {weight} octets une fois publiée ; {limit} au plus en {size}"
        weight, limit = spoken_count(heaviest), spoken_count(MAX_BYTES[self.size])
        return tell(message, name=self.name, weight=weight, limit=limit, size=self.size)

    def _made(self, scale: int) -> bytes:
        content = read_creative(self.folder, self.name)
        match self.kind:
            case "vector":
                return vector.redrawn(content, self.size_px)
            case "framed":
                return framed.framed(content)
        width, height = self.size_px
        return raster.drawn(content, (scale * width, scale * height))


def file_of(folder: Path, creative: CreativeFields, images: ImageLibrary) -> CreativeFile:
    """The file of a creative that has one, in its booking's folder.

    Raises ``OSError`` for a missing file, ``ImageError`` for what is no picture, and
    ``CreativeFileError`` for what cannot be shown, a picture of another size among it.
    """
    assert creative.file is not None  # noqa: S101 (texts have none)
    name, size, size_px = creative.file, creative.size, creative.size_px
    digest = content_name(read_creative(folder, name))
    if kind_of(name) != "raster":
        return CreativeFile(folder, name, size, size_px, digest)
    source = images.inspect(folder / name)
    width, height = size_px
    doubles = (source.width_px, source.height_px) == (DOUBLE * width, DOUBLE * height)
    if not doubles and (source.width_px, source.height_px) != size_px:
        message = "La création mesure {width} × {height}, il faut {size} ou le double"
        wrong = tell(message, width=source.width_px, height=source.height_px, size=size)
        raise WrongSizeError(wrong)
    scales = (1, DOUBLE) if doubles else (1,)
    return CreativeFile(folder, name, size, size_px, digest, scales)


class WrongSizeError(CreativeFileError):
    """A picture has neither the size that its booking says nor twice that."""
