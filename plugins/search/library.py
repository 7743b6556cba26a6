"""The parts of an index, kept from build to build: only those whose records changed are built.

A part is a folder: the words of a season's pages, and the fragment of each page. Its name holds a
digest of what it is made of.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from plugins.magazine.page import SearchRecord
from plugins.press.making import map_forked
from plugins.search import kept
from plugins.search.engine import pagefind_version
from plugins.search.lexicon import Lexicon, look_up
from plugins.search.shard import FORMAT, Shard, build_shard, words_in
from plugins.search.words import Words

SHARD = "words"
LOT = 1_000
"""About so many records are in memory at a time, and asked about together."""

_FEW = 4

_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to come: its page, its date (ISO 8601, or empty) and a digest of all it says."""

    url: str
    date: str
    key: bytes
    make: Callable[[], SearchRecord]


@dataclass(frozen=True, slots=True)
class Part:
    """The records of a season, of a year, or of no date; ``key`` is a digest of them."""

    name: str
    key: str
    entries: list[Entry]

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return f"{self.name}-{self.key}"


class Library:
    """What is known of records, in a folder that only one build at a time writes."""

    def __init__(self, entries: Iterable[Entry], folder: Path, language: str) -> None:
        self.folder, self.language = folder, language
        self.parts = [
            Part(name, _key(known, language), known) for name, known in _by_season(entries)
        ]

    @property
    def is_nearly_built(self) -> bool:
        """Whether so few parts are missing that one core builds them while others do the rest."""
        known = {entry.name for entry in os.scandir(self.folder)} if self.folder.exists() else ()
        return sum(part.folder not in known for part in self.parts) <= _FEW

    def build_missing(self, words: Words, known: Container[str]) -> None:
        """Build the parts that are not whole; ``known`` are folders whose words need no look."""
        missing = [p for p in self.parts if not self._is_whole(p, words_known=p.folder in known)]
        for learnt in map_forked(partial(self._build, words), list(_lots(missing)), few=1):
            words.learn(learnt)

    def shard_in(self, folder: str) -> Shard | None:
        """The words of a part; ``None`` if they are gone, or damaged."""
        return kept.read(self.folder / folder / SHARD)

    def fragments(self) -> Iterator[tuple[str, str]]:
        """The name and the path of what results show, a file a page."""
        for part in self.parts:
            for entry in os.scandir(self.folder / part.folder):
                if entry.name.endswith(".pf_fragment"):
                    yield entry.name, entry.path

    def forget_others(self, wanted: Container[str]) -> None:
        """Remove the folders of former parts, and what a killed build left half written."""
        folders = {part.folder for part in self.parts}
        for entry in os.scandir(self.folder):
            if entry.name not in folders and entry.name not in wanted:
                shutil.rmtree(entry) if entry.is_dir() else Path(entry).unlink()

    def _is_whole(self, part: Part, *, words_known: bool) -> bool:
        try:
            seen = {e.name: e.stat() for e in os.scandir(self.folder / part.folder)}
        except FileNotFoundError:
            return False
        if SHARD not in seen or not (words_known or self.shard_in(part.folder)):
            return False
        written = seen.pop(SHARD).st_mtime_ns  # after the fragments, which nobody writes to
        untouched = (s for s in seen.values() if s.st_size and s.st_mtime_ns <= written)
        return sum(1 for _ in untouched) == len(part.entries)

    def _build(self, words: Words, parts: list[Part]) -> Lexicon:
        """Build parts; what had to be asked about their words."""
        records = {part.folder: [(e.url, e.make()) for e in part.entries] for part in parts}
        wanted = {word for known in records.values() for word in words_in(known)}
        lexicon = words.known(wanted)
        learnt = look_up(wanted - lexicon.keys(), self.language)
        lexicon |= learnt
        for name, known in records.items():
            folder = self.folder / name
            unfinished = folder.with_name(f"{name}.{os.getpid()}.part")
            for left in (unfinished, folder):
                shutil.rmtree(left, ignore_errors=True)
            unfinished.mkdir()
            kept.keep(build_shard(known, lexicon, unfinished, self.language), unfinished / SHARD)
            unfinished.rename(folder)
        return learnt


def _by_season(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries of each part, by its name: an edit changes that of its record and no other."""
    seasons: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.url):
        seasons.setdefault(_season(entry.date), []).append(entry)
    return sorted(seasons.items())


def _season(date: str) -> str:
    """The year and the quarter of a date, as far as they are known."""
    year, month = date[:4] or "0000", date[5:7]
    return f"{year}-{(int(month) - 1) // _MONTHS + 1}" if month else year


def _key(entries: list[Entry], language: str) -> str:
    made_of = (FORMAT, pagefind_version(), language, [(e.url, e.key) for e in entries])
    return hashlib.blake2b(msgspec.msgpack.encode(made_of), digest_size=16).hexdigest()


def _lots(parts: Iterable[Part]) -> Iterator[list[Part]]:
    lot: list[Part] = []
    count = 0
    for part in parts:
        lot.append(part)
        count += len(part.entries)
        if count >= LOT:
            yield lot
            lot, count = [], 0
    if lot:
        yield lot
