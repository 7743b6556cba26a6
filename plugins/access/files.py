"""The files that only gated texts show or link to, worked out from what editors wrote."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.magazine.anchors import content_name
from plugins.magazine.checks import named_images
from plugins.magazine.graph import Node
from plugins.magazine.links import BrokenLink, image_path
from plugins.magazine.schema import Entry


@dataclass(frozen=True, slots=True)
class GatedFile:
    """A file as the editor knows it, and the address of an article that it is from."""

    name: str
    owner: str


def gated_files(
    content: Path, nodes: Collection[Node[Entry]], closed: Collection[Node[Entry]]
) -> dict[str, GatedFile]:
    """Gated files by the name of their content, which is that of their published folder."""
    gated: dict[str, GatedFile] = {}
    public: set[str] = set()
    for node in nodes:
        for target, is_gated in _targets(node):
            file = _file(content, node, target)
            if file and is_gated and node in closed:
                gated[content_name(file.read_bytes())] = GatedFile(file.name, node.url)
            elif file:
                public.add(content_name(file.read_bytes()))
    return {name: file for name, file in gated.items() if name not in public}


def _targets(node: Node[Entry]) -> Iterator[tuple[str, bool]]:
    """Files that a document names, each with whether only the gated part of its text does."""
    yield from ((use.target, use.gated) for use in (*node.outline.images, *node.outline.links))
    yield from ((file, False) for _, _, file in named_images(node.fields))


def _file(content: Path, node: Node[Entry], target: str) -> Path | None:
    """The file behind a target; ``None`` for an address, and for another document."""
    try:
        file = image_path(content, node.document, target)
    except BrokenLink:
        return None
    return file if file.is_file() and file.suffix != ".md" else None
