"""The shards of a magazine, kept from build to build: only those whose records changed are built.

A year is a folder: its words, and the fragment of each page. A decade is a file, the join of its
years, so that an edit joins ten years and a few decades, and not two hundred years. Names hold a
digest of what the thing is made of.
"""

import gc
import hashlib
import os
import shutil
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from plugins.press.workers import workers
from plugins.search import kept
from plugins.search.join import join
from plugins.search.lexicon import Lexicon, look_up
from plugins.search.shard import Record, Shard, build_shard, shard_key, shard_of, words_in

_WORDS = "words"
_WORTH_WORKERS = 2_000
"""Records below which starting workers takes longer than they save."""

_Year = tuple[Path, list[Record]]
"""The folder of a shard, and its records."""


class Library:
    """What is known of records, in a folder that only one build at a time writes."""

    def __init__(self, records: Iterable[Record], folder: Path, language: str) -> None:
        self.folder, self.language = folder, language
        self.years = [
            (folder / f"{year}-{shard_key(known, language)}", known)
            for year, known in sorted(_by_shard(records).items())
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

    def forget_others(self) -> None:
        """Remove what no record needs, and what a killed build left half written."""
        wanted = {path.name for path in (*self.decades, *(folder for folder, _ in self.years))}
        for entry in os.scandir(self.folder):
            if entry.name not in wanted:
                shutil.rmtree(entry) if entry.is_dir() else Path(entry).unlink()

    def _build_missing(self, years: Iterable[_Year]) -> None:
        missing = [year for year in years if _whole(year[0] / _WORDS, [year]) is None]
        lexicon = look_up({w for _, records in missing for w in words_in(records)}, self.language)
        if sum(len(records) for _, records in missing) < _WORTH_WORKERS:
            _build_all(missing, lexicon, self.language)
        else:
            count = os.cpu_count() or 1
            lots = [missing[start::count] for start in range(count)]
            with workers() as pool:
                list(pool.map(_build_lot, lots, [lexicon] * count, [self.language] * count))


def _by_shard(records: Iterable[Record]) -> dict[str, list[Record]]:
    shards: dict[str, list[Record]] = {}
    for url, record in sorted(records, key=lambda known: known[0]):
        shards.setdefault(shard_of(record), []).append((url, record))
    return shards


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
    there = {entry.name for folder in folders for entry in os.scandir(folder)}
    return shard if there >= {f"{name}.pf_fragment" for name in shard.names} else None


def _build_lot(years: list[_Year], lexicon: Lexicon, language: str) -> None:
    """Build many shards, in a process that ends soon: what it was given is no garbage."""
    gc.freeze()
    _build_all(years, lexicon, language)


def _build_all(years: list[_Year], lexicon: Lexicon, language: str) -> None:
    for folder, records in years:
        unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.part")
        for left in (unfinished, folder):
            shutil.rmtree(left, ignore_errors=True)
        unfinished.mkdir()
        kept.keep(build_shard(records, lexicon, unfinished, language), unfinished / _WORDS)
        unfinished.rename(folder)
