"""The files that texts show and link to: who may have them, and what they are today.

All of it is worked out from what editors wrote, before any page is composed, so that a page need
not be made again for its images to be kept, gated or taken away with it.
"""

from collections.abc import MutableMapping
from pathlib import PurePosixPath

from plugins.images.library import ImageLibrary
from plugins.images.source import SourceImage
from plugins.magazine.compose.composer import Composer
from plugins.magazine.fields import ImageFields
from plugins.magazine.graph import Article, Node
from plugins.magazine.links import Target, image_path
from plugins.magazine.schema import Entry

Targets = MutableMapping[PurePosixPath, tuple[Target, ...]]


class Uses:
    """Registers what a node shows; files that only a gated text uses are gated with it."""

    def __init__(self, composer: Composer, targets: Targets) -> None:
        self._composer, self._targets = composer, targets
        self._images: ImageLibrary = composer.images
        self._content = composer.settings.content

    def of(self, node: Node[Entry]) -> tuple[object, ...]:
        """Register one node's uses; returns where its links lead and what its images are."""
        gate = node.url if self._is_closed(node) else ""
        links = tuple(self._link(node, n, gate) for n in range(len(node.outline.links)))
        images = tuple(self._image(node, n, gate) for n in range(len(node.outline.images)))
        return links, images, self.fronts(node)

    def fronts(self, node: Node[Entry]) -> tuple[object, ...]:
        """Register the images of the front matter, which anybody may see."""
        found = []
        for name in ("image", "cover", "portrait"):
            image: ImageFields | None = getattr(node.fields, name, None)
            if image:
                path = image_path(self._content, node.document, image.file)
                credit = self._composer.text(image.credit)
                found.append(_said(self._images.use(path, credit=credit)))
        return tuple(found)

    def _link(self, node: Node[Entry], n: int, gate: str) -> str:
        use, target = node.outline.links[n], self._targets[node.document.path][n]
        if target.download is None:
            return target.url
        if gate and not use.gated:
            self._composer.downloads.use(target.download, "")
        return self._composer.downloads.use(target.download, gate)

    def _image(self, node: Node[Entry], n: int, gate: str) -> tuple[object, ...]:
        use = node.outline.images[n]
        path = image_path(self._content, node.document, use.target)
        if gate and not use.gated:
            self._images.use(path, credit=use.credit)
        return _said(self._images.use(path, credit=use.credit, gate=gate))

    def _is_closed(self, node: Node[Entry]) -> bool:
        return isinstance(node, Article) and node.gate.is_closed(self._composer.now)


def _said(image: SourceImage) -> tuple[object, ...]:
    return image.digest, image.path.stem, image.width_px, image.height_px, image.transparent
