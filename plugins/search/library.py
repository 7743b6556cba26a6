"""The shards of a magazine, kept from build to build: only those whose records changed are built.

A year is a folder: its words, and the fragment of each page. A decade is a file, the join of its
years, so that an edit joins ten years and a few decades, and not two hundred years. Names hold a
digest of what the thing is made of.
"""

import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import msgspec

from plugins.magazine.page import SearchRecord
from plugins.press.workers import workers
from plugins.search import kept
from plugins.search.engine import pagefind_version
from plugins.search.join import join
from plugins.search.lexicon import Lexicon, look_up
from plugins.search.shard import FORMAT, Record, Shard, build_shard, words_in

_WORDS = "words"
_WORTH_WORKERS = 2_000
"""Records below which starting workers takes longer than they save."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to come: its page, its date (ISO 8601, or empty) and a digest of all it says."""

    url: str
    date: str
    key: bytes
    make: Callable[[], SearchRecord]


_Year = tuple[Path, list[Entry]]
"""The folder of a shard, and its records to come."""

_Missing = tuple[Path, list[Record]]
"""The folder of a shard that has to be built, and its records."""


class Library:
    """What is known of records, in a folder that only one build at a time writes."""

    def __init__(self, entries: Iterable[Entry], folder: Path, language: str) -> None:
        self.folder, self.language = folder, language
        self.years = [
            (folder / f"{year}-{_shard_key(known, language)}", known)
            for year, known in sorted(_by_shard(entries).items())
        ]
        decades = groupby(self.years, key=lambda year: year[0].name[:3])
        self.decades = {_decade_path(known := list(years)): known for _, years in decades}

    def shard(self) -> Shard:
        """The shard of all records: a million small things, none of which is garbage yet."""
        gc.disable()
        try:
            return self._joined()
        finally:
            gc.enable()

    def _joined(self) -> Shard:
        self.folder.mkdir(parents=True, exist_ok=True)
        decades = {path: _whole(path, years) for path, years in self.decades.items()}
        changed = [path for path, decade in decades.items() if decade is None]
        self._build_missing(year for path in changed for year in self.decades[path])
        for path in changed:
            years = (kept.read(folder / _WORDS) for folder, _ in self.decades[path])
            decades[path] = decade = join([year for year in years if year is not None])
            kept.keep(decade, path)
        return join([decade for decade in decades.values() if decade is not None])

    def fragments(self) -> Iterable[Path]:
        """What results show, a file a page."""
        for folder, _ in self.years:
            yield from (Path(e) for e in os.scandir(folder) if e.name.endswith(".pf_fragment"))

    def forget_others(self, kept_files: Iterable[Path]) -> None:
        """Remove what no record needs, and what a killed build left half written."""
        wanted = {path.name for path in (*self.decades, *(folder for folder, _ in self.years))}
        folders = {file.parent for file in kept_files}
        _remove_others(self.folder, wanted | {folder.name for folder in folders})
        for folder in folders:
            _remove_others(folder, {file.name for file in kept_files})

    def _build_missing(self, years: Iterable[_Year]) -> None:
        missing = [
            (folder, [(entry.url, entry.make()) for entry in entries])
            for folder, entries in years
            if _whole(folder / _WORDS, [(folder, entries)]) is None
        ]
        lexicon = look_up({w for _, records in missing for w in words_in(records)}, self.language)
        if sum(len(records) for _, records in missing) < _WORTH_WORKERS:
            _build_all(missing, lexicon, self.language)
        else:
            count = os.cpu_count() or 1
            lots = [missing[start::count] for start in range(count)]
            with workers() as pool:
                list(pool.map(_build_lot, lots, [lexicon] * count, [self.language] * count))


def _remove_others(folder: Path, wanted: Container[str]) -> None:
    for entry in os.scandir(folder):
        if entry.name not in wanted:
            shutil.rmtree(entry) if entry.is_dir() else Path(entry).unlink()


def _by_shard(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries of each year, and of none: an edit changes the shard of its record and no other."""
    shards: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.url):
        shards.setdefault(entry.date[:4] or "0000", []).append(entry)
    return shards


def _shard_key(entries: list[Entry], language: str) -> str:
    made_of = (FORMAT, pagefind_version(), language, [(e.url, e.key) for e in entries])
    return hashlib.blake2b(msgspec.msgpack.encode(made_of), digest_size=16).hexdigest()


def _decade_path(years: list[_Year]) -> Path:
    folder = years[0][0]
    names = "\n".join(folder.name for folder, _ in years)
    digest = hashlib.blake2b(names.encode(), digest_size=16).hexdigest()
    return folder.with_name(f"{folder.name[:3]}x-{digest}")


def _whole(path: Path, years: list[_Year]) -> Shard | None:
    """A kept shard, if it is there with the fragment of every page."""
    shard = kept.read(path)
    if shard is None:
        return None
    folders = (folder for folder, _ in years if folder.is_dir())
    there = {e.name for folder in folders for e in os.scandir(folder) if e.stat().st_size}
    return shard if there >= {f"{name}.pf_fragment" for name in shard.names} else None


def _build_lot(years: list[_Missing], lexicon: Lexicon, language: str) -> None:
    """Build many shards, in a process that ends soon: what it was given is no garbage."""
    gc.freeze()
    _build_all(years, lexicon, language)


def _build_all(years: list[_Missing], lexicon: Lexicon, language: str) -> None:
    for folder, records in years:
        unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.part")
        for left in (unfinished, folder):
            shutil.rmtree(left, ignore_errors=True)
        unfinished.mkdir()
        kept.keep(build_shard(records, lexicon, unfinished, language), unfinished / _WORDS)
        unfinished.rename(folder)
