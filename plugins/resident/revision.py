"""An edition in which a few documents are replaced, and the pages that this touches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath

from plugins.magazine import checks, references
from plugins.magazine.document import Document
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article, Node
from plugins.magazine.links import Target
from plugins.magazine.page import Page
from plugins.magazine.problems import Problems
from plugins.magazine.reading import FileReader
from plugins.magazine.schema import Entry
from plugins.resident.shape import keeps_files, keeps_shape, loses_linked


class ShapeChangedError(Exception):
    """The change reaches further than the documents that it is in: all has to be read again."""


class Reviser:
    """Replaces documents of an edition, which knows by then which pages show which."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._reader = FileReader(edition.graph.taxonomy)
        self._about: defaultdict[Node[Entry], list[Page]] = defaultdict(list)
        self._showing: defaultdict[Node[Entry], list[Page]] = defaultdict(list)
        for page in edition.pages:
            page.forget()
            if page.about:
                self._about[page.about].append(page)
            for node in dict.fromkeys(page.shows):
                self._showing[node].append(page)
        self._linked = {t.url for found in edition.targets.values() for t in found if "#" in t.url}

    def read(self, paths: Iterable[str], problems: Problems) -> dict[Node[Entry], Document]:
        """The documents that differ from what they were; raises :class:`ShapeChangedError`.

        What is wrong with them is added to the problems.
        """
        found: dict[Node[Entry], Document] = {}
        for path in sorted(paths):
            node = self._edition.node_at.get(path)
            if node is None or not (self._edition.settings.content / path).is_file():
                raise ShapeChangedError(path)
            document = self._edition.shelf.read_again(path, self._reader, problems)
            if document and document.digest != node.document.digest:
                found[node] = document
        with _outlined(found):  # links are checked against the passages that there will be
            targets = self._checked([*found.values()], problems)
        if not problems.found:
            self._refuse(found, targets)
            self._edition.targets.update(targets)
        return found

    def replace(self, documents: Mapping[Node[Entry], Document]) -> dict[Page, None]:
        """Put documents in the place of what they were; the pages that may show the difference."""
        touched: dict[Page, None] = {}
        for node, document in documents.items():
            face = node.face
            self._edition.shelf.replace(document)
            node.take(document)
            self._edition.prints.mark(node)
            touched |= dict.fromkeys(self._about.get(node, ()))
            if node.face != face:
                touched |= dict.fromkeys(self._showing.get(node, ()))
        return touched

    def _checked(
        self, documents: Collection[Document], problems: Problems
    ) -> dict[PurePosixPath, tuple[Target, ...]]:
        edition, unread = self._edition, self._edition.shelf.unread
        references.check_references_of_unread(documents, edition.graph, unread, problems)
        checks.check_images(documents, edition.images, edition.settings.content, problems)
        return checks.check_links(documents, edition.resolver, unread, problems)

    def _refuse(
        self,
        documents: Mapping[Node[Entry], Document],
        targets: Mapping[PurePosixPath, tuple[Target, ...]],
    ) -> None:
        self._linked.update(t.url for found in targets.values() for t in found if "#" in t.url)
        for node, now in documents.items():
            before, path = node.document, now.path
            links = (before, self._edition.targets[path]), (now, targets[path])
            same = keeps_shape(before, now) and keeps_files(*links)
            if not same or loses_linked(before, now, node.url, self._linked):
                raise ShapeChangedError(str(path))
            if isinstance(node, Article) and not self._edition.related.stays(node, now):
                raise ShapeChangedError(str(path))


@contextmanager
def _outlined(documents: Mapping[Node[Entry], Document]) -> Iterator[None]:
    """Nodes with the outlines of documents that may take their place."""
    for node, document in documents.items():
        node.outline = document.outline
    try:
        yield
    finally:
        for node in documents:
            node.outline = node.document.outline
