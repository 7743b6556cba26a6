"""Writes the files of an index, as Pagefind would have made them of all records."""

import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import cbor2

from plugins.search.chunks import EVERY_PAGE, every_page, shortened
from plugins.search.engine import pagefind_version
from plugins.search.packing import name_of, packed
from plugins.search.postings import FIELDS
from plugins.search.shard import Pages
from plugins.search.words import Chunk, Stamps


def assemble(pages: Pages, chunks: Iterable[Chunk], files: "Files") -> str:
    """Write all but the chunks, which are there; return the name of the index's root."""
    listed = list(chunks)
    every = files.write("index/{}.pf_index", every_page(len(pages.names)))
    bounds = zip(shortened(listed), listed, strict=True)
    filters = [
        [name, files.write("filter/{}.pf_filter", _filter(name, pages))]
        for name in sorted(pages.filters)
    ]
    meta = [
        pagefind_version(),
        list(zip(pages.names, pages.lengths, strict=True)),
        [*([*short, chunk.name] for short, chunk in bounds), [EVERY_PAGE, EVERY_PAGE, every]],
        filters,
        [["date", sorted(range(len(pages.dates)), key=pages.dates.__getitem__)]],
        FIELDS,
    ]
    return files.write("pagefind.{}.pf_meta", cbor2.dumps(meta))


def choices(pages: Pages) -> dict[str, dict[str, int]]:
    """How many pages each value of each filter keeps, in alphabetical order."""
    return {
        name: {value: len(numbers) for value, numbers in sorted(values.items())}
        for name, values in sorted(pages.filters.items())
    }


def _filter(name: str, pages: Pages) -> bytes:
    return cbor2.dumps([name, sorted(pages.filters[name].items())])


class Files:
    """Files named by their content, in a folder where each is written once.

    They are packed on all cores: that is most of the work, and holds no lock. Those that ``known``
    does not tell as they are now are written again.
    """

    def __init__(self, folder: Path, language: str, known: Stamps) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.written: dict[str, Path] = {}
        self._folder, self._language = folder, language
        self._there = {e.name for e in os.scandir(folder) if known.get(e.name) == _stamp(e)}
        self._pool = ThreadPoolExecutor(os.cpu_count())
        self._packing: list[Future[None]] = []

    def write(self, pattern: str, content: bytes) -> str:
        """Have a file written; return the name of its content."""
        name = name_of(content, self._language)
        path = self.take(pattern, name)
        if path.name not in self._there:
            self._there.add(path.name)
            self._packing.append(self._pool.submit(_write, path, content))
        return name

    def has(self, pattern: str, name: str) -> bool:
        """Whether a file is there."""
        return pattern.format(name).rpartition("/")[2] in self._there

    def take(self, pattern: str, name: str) -> Path:
        """Count a file among those of the index."""
        inside = pattern.format(name)
        path = self.written[inside] = self._folder / inside.rpartition("/")[2]
        return path

    def __enter__(self) -> "Files":
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown()

    def finish(self) -> None:
        """Wait until all is written."""
        for packing in self._packing:
            packing.result()

    def stamps(self) -> Stamps:
        """What will tell that nobody has written to the files."""
        return {path.name: _stamp(path) for path in self.written.values()}

    def forget_others(self) -> None:
        """Remove the files of former indexes."""
        wanted = {path.name for path in self.written.values()}
        for entry in os.scandir(self._folder):
            if entry.name not in wanted:
                Path(entry).unlink()


def _stamp(file: "os.DirEntry[str] | Path") -> tuple[int, int]:
    seen = file.stat()
    return seen.st_size, seen.st_mtime_ns


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_bytes(packed(content))
    unfinished.replace(path)
