"""Gated words that editors published elsewhere, which are no leak."""

from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from typing import NamedTuple

import msgspec

from plugins.access.marks import mark, marks
from plugins.access.secrets import Finder, Window, public_texts
from plugins.access.text import words
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article, Node
from plugins.magazine.schema import Entry
from plugins.press.database import StoreDamagedError
from plugins.press.making import map_forked

_RESULT = "agreed windows"
_WORDED = (".html", ".po", ".js", ".css", ".svg")


class _Said(NamedTuple):
    """Where a window was found: a file, the digest of what it held, and whether it was closed."""

    path: str
    digest: bytes
    closed: bool


class Agreement:
    """Which gated windows anybody may read all the same, by the will of editors.

    It takes a look at every text; where each window was found is therefore kept from build to
    build, and holds for as long as that file says what it said.
    """

    def __init__(self, edition: Edition, closed: Set[Article]) -> None:
        self._edition, self._closed = edition, closed

    def on(self, windows: Set[Window]) -> Set[Window]:
        """Those of the windows that editors published."""
        known = {window for window in windows if self._is_still_said(window)}
        known |= _Search(windows - known).among(self._words_of_the_site())
        left = windows - known
        return known | self._look_for(left) if left else known

    def _is_still_said(self, window: Window) -> bool:
        said = self._said.get(" ".join(window))
        node = self._edition.node_at.get(said.path) if said else None
        return node is not None and said == self._where(node)

    def _look_for(self, windows: Set[Window]) -> Set[Window]:
        search = _Search(windows)

        def published(node: Node[Entry]) -> set[Window]:
            return search.among(public_texts(node, closed=node in self._closed))

        nodes = list(self._edition.node_at.values())
        found: set[Window] = set()
        for node, here in zip(nodes, map_forked(published, nodes), strict=True):
            self._said |= {" ".join(window): self._where(node) for window in here - found}
            found |= here
        if found:
            self._edition.shelf.store.keep_result(_RESULT, msgspec.msgpack.encode(self._said))
        return found

    def _where(self, node: Node[Entry]) -> _Said:
        return _Said(str(node.document.path), node.document.digest, node in self._closed)

    @cached_property
    def _said(self) -> dict[str, _Said]:
        try:
            result = self._edition.shelf.store.result(_RESULT)
            return msgspec.msgpack.decode(result, type=dict[str, _Said])
        except (StoreDamagedError, msgspec.DecodeError):
            return {}

    def _words_of_the_site(self) -> Iterator[str]:
        """What pages say whatever they show: it is in no article's gift."""
        settings, taxonomy = self._edition.settings, self._edition.graph.taxonomy
        yield from (settings.tagline, settings.description, settings.publisher)
        yield from (section.description for section in taxonomy.sections.values())
        for file in settings.theme.rglob("*"):
            if file.suffix in _WORDED:
                yield file.read_text("utf-8", errors="replace")


class _Search:
    """Looks for windows in many texts."""

    def __init__(self, windows: Set[Window]) -> None:
        self._marks, self._finder = frozenset(map(mark, windows)), Finder(windows)

    def among(self, texts: Iterable[str]) -> set[Window]:
        """Those of the windows that are in these texts."""
        runs = map(words, texts) if self._marks else ()
        suspects = (run for run in runs if not self._marks.isdisjoint(marks(run)))
        return {window for run in suspects for window in self._finder.find(run)}
