"""Writes the search index of a magazine: shards kept from build to build, then put together."""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from plugins.press.workers import workers
from plugins.search.assemble import assemble, choices
from plugins.search.engine import point_entry, write_engine
from plugins.search.lexicon import Lexicon, look_up
from plugins.search.shard import (
    WORDS,
    Record,
    Shard,
    build_shard,
    read_shard,
    shard_key,
    shard_of,
    words_in,
)

CHOICES = "choices.json"
"""What the search page offers as filters, so that it need not fetch them to show them."""
_WORTH_WORKERS = 2_000
"""Records below which starting workers takes longer than they save."""

_Job = tuple[Path, list[Record]]


def write_index(records: Iterable[Record], output: Path, language: str, cache: Path) -> None:
    """Write the index of records in a folder that does not exist yet."""
    jobs = [
        (cache / f"{year}-{shard_key(known, language)}", known)
        for year, known in sorted(_by_shard(records).items())
    ]
    if not jobs:
        return
    shards = _shards(jobs, language)
    output.mkdir(parents=True)
    _publish_fragments((folder for folder, _ in jobs), output / "fragment")
    write_engine(output, language)
    pages = sum(len(shard.names) for shard in shards)
    point_entry(output, language, assemble(shards, output, language), pages)
    said = json.dumps(choices(shards), ensure_ascii=False, separators=(",", ":"))
    (output / CHOICES).write_text(said, "utf-8")
    _forget_others(cache, {folder.name for folder, _ in jobs})


def _by_shard(records: Iterable[Record]) -> dict[str, list[Record]]:
    shards: dict[str, list[Record]] = {}
    for url, record in sorted(records, key=lambda known: known[0]):
        shards.setdefault(shard_of(record), []).append((url, record))
    return shards


def _shards(jobs: list[_Job], language: str) -> list[Shard]:
    """Read the shards; build those that are not there, or that something damaged."""
    shards = {folder: read_shard(folder) for folder, _ in jobs}
    missing = [job for job in jobs if shards[job[0]] is None]
    if missing:
        _build(missing, language)
        shards |= {folder: read_shard(folder) for folder, _ in missing}
    return [shard for shard in shards.values() if shard is not None]


def _build(jobs: list[_Job], language: str) -> None:
    words = {word for _, records in jobs for word in words_in(records)}
    lexicon = look_up(words, language)
    if sum(len(records) for _, records in jobs) < _WORTH_WORKERS:
        _build_lot(jobs, lexicon, language)
        return
    count = os.cpu_count() or 1
    lots = [jobs[start::count] for start in range(count)]
    with workers() as pool:
        list(pool.map(_build_lot, lots, [lexicon] * count, [language] * count))


def _build_lot(jobs: list[_Job], lexicon: Lexicon, language: str) -> None:
    for folder, records in jobs:
        build_shard(records, lexicon, folder, language)


def _publish_fragments(folders: Iterable[Path], target: Path) -> None:
    target.mkdir()
    for folder in folders:
        for entry in os.scandir(folder):
            if entry.name != WORDS:
                _place(Path(entry), target / entry.name)


def _place(file: Path, target: Path) -> None:
    """Link a file, which is never written again; copy it where links are not possible."""
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, target)


def _forget_others(cache: Path, wanted: set[str]) -> None:
    for entry in os.scandir(cache):
        if entry.name not in wanted:
            shutil.rmtree(entry)
