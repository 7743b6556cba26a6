"""What must not be public: the sentences and the files that only gated pages show.

It is worked out from what editors wrote, not from what was rendered, so that a mistake
in a template, a feed or an index cannot hide itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec import to_builtins

from plugins.access.files import GatedFile, gated_files
from plugins.access.text import words
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article, Node
from plugins.magazine.schema import Entry

WINDOW_WORDS = 8
"""So many consecutive words in common are a leak, wherever they start."""

STEP_WORDS = 4
"""Besides, windows start at every fourth word: any run of 11 gated words holds one."""

MIN_WORDS = 4
"""A shorter sentence (« Voir plus bas. ») says nothing and stands in any text."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”\"')\]]+")


@dataclass(frozen=True, slots=True)
class Secrets:
    """Gated windows, each with the article it is from, and gated files by their content."""

    windows: dict[tuple[str, ...], str]
    files: dict[str, GatedFile] = field(default_factory=dict)

    def finder(self) -> "Finder":
        """What looks for the windows in a run of words."""
        return Finder(self.windows)


class Finder:
    """Looks for many windows at once: only where two words begin one is it compared."""

    def __init__(self, windows: Iterable[tuple[str, ...]]) -> None:
        self._windows = frozenset(windows)
        lengths: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for window in self._windows:
            lengths[window[:2]].add(len(window))
        self._lengths = {start: tuple(sorted(found)) for start, found in lengths.items()}

    def find(self, run: list[str]) -> Iterator[tuple[str, ...]]:
        """The windows that a run of words holds, each as often as it does."""
        for n, start in enumerate(pairwise(run)):
            for length in self._lengths.get(start, ()):
                window = tuple(run[n : n + length])
                if window in self._windows:
                    yield window


def secrets_of(edition: Edition) -> Secrets:
    """Everything gated in an edition, less what its editors published elsewhere."""
    graph, now = edition.graph, edition.settings.now
    nodes: list[Node[Entry]] = [*graph.nodes, *graph.nominations, *graph.bookings]
    closed = [a for a in graph.articles if a.gate.is_closed(now)]
    if not closed:
        return Secrets({})
    windows = {w: a.url for a in closed for text in _gated_texts(a) for w in _windows(text)}
    finder = Finder(windows)
    for text in _public_texts(nodes, set(closed)) if windows else ():
        for known in finder.find(words(text)):
            windows.pop(known, None)
    return Secrets(windows, gated_files(edition.settings.content, nodes, set(closed)))


def _gated_texts(article: Article) -> Iterator[str]:
    yield from article.body.rest
    yield from (correction.text for correction in article.fields.corrections)
    for source in article.fields.sources:
        yield from _strings(to_builtins(source))


def _windows(text: str) -> Iterator[tuple[str, ...]]:
    """The beginning of every sentence, and of every run of words that spans several."""
    for sentence in _SENTENCE_END.split(text):
        found = words(sentence)
        if len(found) >= MIN_WORDS:
            yield tuple(found[:WINDOW_WORDS])
    found = words(text)
    last = len(found) - WINDOW_WORDS
    for start in dict.fromkeys((*range(0, last, STEP_WORDS), last)):
        if start >= 0:
            yield tuple(found[start : start + WINDOW_WORDS])


def _public_texts(nodes: Iterable[Node[Entry]], closed: set[Article]) -> Iterator[str]:
    """What anybody may read by the editors' will: open bodies, previews, front matter."""
    for node in nodes:
        gated = node in closed
        yield node.body.preview_text if gated else node.body.text
        hidden = {"corrections", "sources"} if gated else set()
        shown = to_builtins(node.fields)
        yield from _strings({k: v for k, v in shown.items() if k not in hidden})
        yield from (image.alt or "" for image in node.outline.images if not (gated and image.gated))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
