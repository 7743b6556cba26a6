"""The secrets of an edition, with what earlier builds worked out of them."""

from array import array
from collections.abc import Iterable, Iterator, Set
from itertools import chain

import msgspec

from plugins.access.files import gated_files
from plugins.access.secrets import Finder, Secrets, Window, public_texts, starts_of, windows_of
from plugins.access.starts import starts
from plugins.access.text import words
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article, Node
from plugins.magazine.schema import Entry
from plugins.magazine.store import StoreDamagedError
from plugins.press.making import map_forked

_RESULT = "gated starts"
_WORDED = (".html", ".po", ".js", ".css", ".svg")
_Kept = dict[str, tuple[bytes, bytes]]
"""Path of a closed article → digest of its file, its gated starts."""


class Knowledge:
    """What is gated in an edition, and what is agreed to be public all the same."""

    def __init__(self, edition: Edition) -> None:
        now = edition.settings.now
        self._edition = edition
        self._closed = [a for a in edition.graph.articles if a.gate.is_closed(now)]
        self._closed_set = frozenset(self._closed)
        self._starts: _Kept = {}
        self._owners: dict[int, tuple[Article, ...]] | None = None

    def secrets(self) -> Secrets:
        """Everything gated; what is known of unchanged articles is not worked out again."""
        if not self._closed:
            return Secrets.of({})
        self._starts = self._brought_up_to_date()
        numbers = chain.from_iterable(array("q", kept) for _, kept in self._starts.values())
        files = gated_files(self._edition, self._closed_set)
        return Secrets(set(numbers), self._windows_at, self._agreed, files)

    def learn(self, nodes: Iterable[Node[Entry]], secrets: Secrets) -> None:
        """Add what nodes that have changed keep back. What they kept is still looked for.

        There will be many questions: from now on it is known which articles a start is from.
        """
        if self._owners is None:
            self._owners = {}
            for article in self._closed:
                self._note_owners(article, self._owners)
        for article in (n for n in nodes if isinstance(n, Article) and n in self._closed_set):
            numbers = starts_of(article)
            self._starts[str(article.document.path)] = article.document.digest, numbers
            secrets.learn(array("q", numbers))
            self._note_owners(article, self._owners)

    def _brought_up_to_date(self) -> _Kept:
        kept, store = self._kept(), self._edition.shelf.store
        wanted = {str(a.document.path): a for a in self._closed}
        missing = [
            path
            for path, article in wanted.items()
            if kept.get(path, (b"",))[0] != article.document.digest
        ]
        made = map_forked(lambda path: starts_of(wanted[path]), missing)
        for path, numbers in zip(missing, made, strict=True):
            kept[path] = wanted[path].document.digest, numbers
        starts_now = {path: kept[path] for path in wanted}
        if missing or len(kept) > len(starts_now):
            store.keep_result(_RESULT, msgspec.msgpack.encode(starts_now))
        return starts_now

    def _kept(self) -> _Kept:
        try:
            result = self._edition.shelf.store.result(_RESULT)
            return msgspec.msgpack.decode(result, type=_Kept)
        except (StoreDamagedError, msgspec.DecodeError):
            return {}

    def _windows_at(self, hit: Set[int]) -> dict[Window, str]:
        found: dict[Window, str] = {}
        for article in self._closed if self._owners is None else self._owners_of(hit):
            _, numbers = self._starts[str(article.document.path)]
            if not hit.isdisjoint(array("q", numbers)):
                found |= {w: article.url for w in windows_of(article) if _start(w) in hit}
        return found

    def _owners_of(self, hit: Set[int]) -> set[Article]:
        assert self._owners is not None  # noqa: S101 (said to the type checker)
        return {article for start in hit for article in self._owners.get(start, ())}

    def _note_owners(self, article: Article, owners: dict[int, tuple[Article, ...]]) -> None:
        _, numbers = self._starts[str(article.document.path)]
        for start in array("q", numbers):
            owners[start] = (*owners.get(start, ()), article)

    def _agreed(self, windows: Set[Window]) -> Set[Window]:
        """Those of the windows that editors published elsewhere."""
        finder, closed = Finder(windows), self._closed_set
        hit = frozenset(map(_start, windows))

        def among(texts: Iterable[str]) -> set[Window]:
            runs = map(words, texts)
            return {w for run in runs if not hit.isdisjoint(starts(run)) for w in finder.find(run)}

        def published(node: Node[Entry]) -> set[Window]:
            return among(public_texts(node, closed=node in closed))

        found = map_forked(published, list(self._nodes()))
        return frozenset(chain(among(self._words_of_the_site()), *found))

    def _words_of_the_site(self) -> Iterator[str]:
        """What pages say whatever they show: it is in no article's gift."""
        settings, taxonomy = self._edition.settings, self._edition.graph.taxonomy
        yield from (settings.tagline, settings.description, settings.publisher)
        yield from (section.description for section in taxonomy.sections.values())
        for file in settings.theme.rglob("*"):
            if file.suffix in _WORDED:
                yield file.read_text("utf-8", errors="replace")

    def _nodes(self) -> Iterator[Node[Entry]]:
        graph = self._edition.graph
        yield from graph.nodes
        yield from graph.nominations
        yield from graph.bookings


def _start(window: Window) -> int:
    return starts(list(window))[0]
