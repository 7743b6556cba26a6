"""The files that only gated texts show or link to, worked out from what editors wrote."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.magazine.checks import named_images
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Node
from plugins.magazine.links import BrokenLink, image_path
from plugins.magazine.schema import Entry

_NO_FILE = re.compile(r"#|[a-z]+:|.*\.md(#|$)|.*/$")
"""Fragments, addresses and names of documents: most of what texts link to."""


@dataclass(frozen=True, slots=True)
class GatedFile:
    """A file as the editor knows it, and the address of an article that it is from."""

    name: str
    owner: str


def gated_files(edition: Edition, closed: Collection[Node[Entry]]) -> dict[str, GatedFile]:
    """Gated files by the name of their content, which is that of their published folder."""
    gated: dict[str, GatedFile] = {}
    for node in closed:
        for target, is_gated in _targets(node):
            file = _file(edition, node, target) if is_gated else None
            if file:
                gated[edition.content_name(file)] = GatedFile(file.name, node.url)
    if not gated:
        return {}
    public = {
        edition.content_name(file)
        for node in edition.graph.nodes
        for target, is_gated in _targets(node)
        if not (is_gated and node in closed)
        for file in [_file(edition, node, target)]
        if file
    }
    return {name: file for name, file in gated.items() if name not in public}


def _targets(node: Node[Entry]) -> Iterator[tuple[str, bool]]:
    """Files that a document names, each with whether only the gated part of its text does."""
    yield from ((use.target, use.gated) for use in (*node.outline.images, *node.outline.links))
    yield from ((file, False) for _, file in named_images(node.fields))


def _file(edition: Edition, node: Node[Entry], target: str) -> Path | None:
    """The file behind a target; ``None`` for an address, and for another document."""
    if _NO_FILE.match(target):
        return None
    try:
        file = image_path(edition.settings.content, node.document, target)
    except BrokenLink:
        return None
    return file if file.suffix != ".md" and file.is_file() else None
