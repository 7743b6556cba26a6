"""The secrets of an edition, with what earlier builds worked out of them."""

from array import array
from collections.abc import Iterable, Set
from itertools import chain

import msgspec

from plugins.access.agreed import Agreement
from plugins.access.files import gated_files
from plugins.access.marks import mark
from plugins.access.secrets import Secrets, Window, marks_of, windows_of
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article, Node
from plugins.magazine.schema import Entry
from plugins.press.database import StoreDamagedError
from plugins.press.making import map_forked

_RESULT = "gated marks"
_Kept = dict[str, tuple[bytes, bytes]]
"""Path of a closed article → digest of its file, its gated marks."""


class Knowledge:
    """What is gated in an edition, and what is agreed to be public all the same."""

    def __init__(self, edition: Edition) -> None:
        now = edition.settings.now
        self._edition = edition
        self._closed = [a for a in edition.graph.articles if a.gate.is_closed(now)]
        self._closed_set = frozenset(self._closed)
        self._marks: _Kept = {}
        self._owners: dict[int, tuple[Article, ...]] | None = None

    def secrets(self) -> Secrets:
        """Everything gated; what is known of unchanged articles is not worked out again."""
        if not self._closed:
            return Secrets.of({})
        self._marks = self._brought_up_to_date()
        numbers = chain.from_iterable(array("q", kept) for _, kept in self._marks.values())
        files = gated_files(self._edition, self._closed_set)
        agreement = Agreement(self._edition, self._closed_set)
        return Secrets(set(numbers), self._windows_at, agreement.on, files)

    def learn(self, nodes: Iterable[Node[Entry]], secrets: Secrets) -> None:
        """Add what nodes that have changed keep back.

        There will be many questions: from now on it is known which articles a mark is from.
        """
        if self._owners is None:
            self._owners = {}
            for article in self._closed:
                self._note_owners(article, self._owners)
        for article in (n for n in nodes if isinstance(n, Article) and n in self._closed_set):
            numbers = marks_of(article)
            self._marks[str(article.document.path)] = article.document.digest, numbers
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
        made = map_forked(lambda path: marks_of(wanted[path]), missing)
        for path, numbers in zip(missing, made, strict=True):
            kept[path] = wanted[path].document.digest, numbers
        marks_now = {path: kept[path] for path in wanted}
        if missing or len(kept) > len(marks_now):
            store.keep_result(_RESULT, msgspec.msgpack.encode(marks_now))
        return marks_now

    def _kept(self) -> _Kept:
        try:
            result = self._edition.shelf.store.result(_RESULT)
            return msgspec.msgpack.decode(result, type=_Kept)
        except (StoreDamagedError, msgspec.DecodeError):
            return {}

    def _windows_at(self, hit: Set[int]) -> dict[Window, str]:
        found: dict[Window, str] = {}
        for article in self._closed if self._owners is None else self._owners_of(hit):
            _, numbers = self._marks[str(article.document.path)]
            if not hit.isdisjoint(array("q", numbers)):
                found |= {w: article.url for w in windows_of(article) if mark(w) in hit}
        return found

    def _owners_of(self, hit: Set[int]) -> set[Article]:
        assert self._owners is not None  # noqa: S101 (said to the type checker)
        return {article for number in hit for article in self._owners.get(number, ())}

    def _note_owners(self, article: Article, owners: dict[int, tuple[Article, ...]]) -> None:
        _, numbers = self._marks[str(article.document.path)]
        for number in array("q", numbers):
            known = owners.get(number, ())
            if article not in known:
                owners[number] = (*known, article)
