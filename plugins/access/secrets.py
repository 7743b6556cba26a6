"""What must not be public: the sentences and the files that only gated pages show.

It is worked out from what editors wrote, not from what was rendered, so that a mistake
in a template, a feed or an index cannot hide itself.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec import to_builtins

from plugins.access.files import GatedFile
from plugins.access.marks import FEW_WORDS, mark
from plugins.access.text import words
from plugins.magazine.graph import Article, Node, grouped
from plugins.magazine.schema import Entry

WINDOW_WORDS = 8
"""So many consecutive words in common are a leak, wherever they start."""

STEP_WORDS = 4
"""Besides, windows start at every fourth word: any run of 11 gated words holds one."""

MIN_WORDS = FEW_WORDS
"""A shorter sentence (« Voir plus bas. ») says nothing and stands in any text."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”\"')\]]+")

Window = tuple[str, ...]


class Finder:
    """Looks for many windows at once: only where two words begin one is it compared."""

    def __init__(self, windows: Iterable[Window]) -> None:
        self._windows = frozenset(windows)
        lengths: defaultdict[Window, set[int]] = defaultdict(set)
        for window in self._windows:
            lengths[window[:2]].add(len(window))
        self._lengths = {start: tuple(sorted(found)) for start, found in lengths.items()}

    def find(self, run: list[str]) -> Iterator[Window]:
        """The windows that a run of words holds, each as often as it does."""
        for n, start in enumerate(pairwise(run)):
            for length in self._lengths.get(start, ()):
                window = tuple(run[n : n + length])
                if window in self._windows:
                    yield window


@dataclass(frozen=True, slots=True)
class Secrets:
    """What to look for: marks of gated windows, and gated files by their content.

    ``windows_at`` gives the windows that have one of some marks, each with the address of the
    article it is from: few are ever asked for. ``agreed`` tells which of some windows, gated in
    one text, an editor published in another.
    """

    marks: frozenset[int] | set[int]
    windows_at: Callable[[Set[int]], dict[Window, str]]
    agreed: Callable[[Set[Window]], Set[Window]] = lambda _windows: frozenset()
    files: dict[str, GatedFile] = field(default_factory=dict)

    @classmethod
    def of(cls, windows: dict[Window, str], files: dict[str, GatedFile] | None = None) -> "Secrets":
        """Secrets that are known word by word."""
        at = grouped((mark(window), (window, owner)) for window, owner in windows.items())
        return cls(
            frozenset(at),
            lambda hit: dict(known for n in at.keys() & hit for known in at[n]),
            files=files or {},
        )

    def learn(self, marks: Iterable[int]) -> None:
        """Look for these marks, too; only of secrets that grow."""
        assert isinstance(self.marks, set)  # noqa: S101 (said to the type checker)
        self.marks.update(marks)


def windows_of(article: Article) -> Iterator[Window]:
    """Every gated window of an article."""
    for text in _gated_texts(article):
        yield from _windows(text)


def marks_of(article: Article) -> bytes:
    """The marks of an article's gated windows, as 64-bit numbers."""
    return array("q", sorted(set(map(mark, windows_of(article))))).tobytes()


def public_texts(node: Node[Entry], *, closed: bool) -> Iterator[str]:
    """What anybody may read of a node by its editors' will: open text, preview, front matter."""
    yield node.body.preview_text if closed else node.body.text
    hidden = {"corrections", "sources"} if closed else set()
    shown = to_builtins(node.fields)
    yield from _strings({k: v for k, v in shown.items() if k not in hidden})
    yield from (image.alt or "" for image in node.outline.images if not (closed and image.gated))


def _gated_texts(article: Article) -> Iterator[str]:
    yield from article.body.rest
    yield from (correction.text for correction in article.fields.corrections)
    for source in article.fields.sources:
        yield from _strings(to_builtins(source))


def _windows(text: str) -> Iterator[Window]:
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


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
