"""Writes the index of one shard of everything, as Pagefind would have made it of all records."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cbor2

from plugins.search.engine import pagefind_version
from plugins.search.packing import array, name_of, natural, packed, text
from plugins.search.postings import FIELDS
from plugins.search.shard import Chain, Shard

CHUNK = 20_000
"""How many numbers close a chunk of the index: Pagefind's own measure, which counts no accents."""
EVERY_PAGE = "\U0010fffd"
"""The last of the characters for private use; the search page's script names it too."""

_Chunk = tuple[str, str, bytes]
"""First and last stem, and the words from one to the other."""
_NO_CHAIN = Chain(0, 0, 0, 0, b"")


def assemble(shard: Shard, kept: Path, language: str) -> tuple[str, dict[str, Path]]:
    """Return the name of the index's root, and its files by their name in the index.

    They lie in ``kept``, where those that earlier indexes had, too, are left as they are.
    """
    files = _Files(kept, language)
    every = files.write("index/{}.pf_index", _every(len(shard.names)))
    filters = [
        [name, files.write("filter/{}.pf_filter", _filter(name, shard))]
        for name in sorted(shard.filters)
    ]
    meta = [
        pagefind_version(),
        list(zip(shard.names, shard.lengths, strict=True)),
        [*_index(shard, files), [EVERY_PAGE, EVERY_PAGE, every]],
        filters,
        [["date", sorted(range(len(shard.dates)), key=shard.dates.__getitem__)]],
        FIELDS,
    ]
    root = files.write("pagefind.{}.pf_meta", cbor2.dumps(meta))
    return root, files.written


def choices(shard: Shard) -> dict[str, dict[str, int]]:
    """How many pages each value of each filter keeps, in alphabetical order."""
    return {
        name: {value: len(numbers) for value, numbers in sorted(values.items())}
        for name, values in sorted(shard.filters.items())
    }


class _Files:
    """Files named by their content, in a folder where each is written once."""

    def __init__(self, folder: Path, language: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.written: dict[str, Path] = {}
        self._folder, self._language = folder, language
        self._there = {entry.name for entry in os.scandir(folder) if entry.stat().st_size}

    def write(self, pattern: str, content: bytes) -> str:
        """Write a file; return the name of its content."""
        name = name_of(content, self._language)
        written = self.written[pattern.format(name)] = (
            self._folder / pattern.format(name).rpartition("/")[2]
        )
        if written.name not in self._there:
            unfinished = written.with_name(f"{written.name}.part")
            unfinished.write_bytes(packed(content))
            unfinished.replace(written)
        return name


def _filter(name: str, shard: Shard) -> bytes:
    return cbor2.dumps([name, sorted(shard.filters[name].items())])


def _index(shard: Shard, files: _Files) -> list[list[str]]:
    """Write the chunks, on all cores: packing them is most of the work, and holds no lock."""
    ends, written = [], []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for first, last, words in _chunks(shard):
            ends.append((first, last))
            written.append(pool.submit(files.write, "index/{}.pf_index", words))
    names = [future.result() for future in written]
    return [[*short, name] for short, name in zip(_shortened(ends), names, strict=True)]


def _chunks(shard: Shard) -> Iterator[_Chunk]:
    """Words in alphabetical order, so many at a time that a reader fetches little."""
    size, stems, words = 0, [], []
    for stem, forms in sorted(shard.words.items()):
        stems.append(stem)
        words.append(_word(stem, forms))
        size += forms.get("", _NO_CHAIN).size
        if size >= CHUNK:
            yield stems[0], stems[-1], _chunk(words)
            size, stems, words = 0, [], []
    if stems:
        yield stems[0], stems[-1], _chunk(words)


def _every(pages: int) -> bytes:
    """The chunk of a word that stands on every page, and nowhere on it.

    It finds what filters alone ask for: without a word, Pagefind 1.5 fetches the whole index.
    """
    nowhere = array(0) * 2
    following = (array(3) + natural(1) + nowhere) * (pages - 1)
    chain = Chain(pages, pages, 0, pages - 1, nowhere + following)
    return _chunk([_word(EVERY_PAGE, {"": chain})])


def _chunk(words: list[bytes]) -> bytes:
    return array(1) + array(len(words)) + b"".join(words)


def _word(stem: str, forms: dict[str, Chain]) -> bytes:
    accented = sorted(form for form in forms if form)
    variants = (array(2) + text(form) + _postings(forms[form]) for form in accented)
    bare = _postings(forms.get("", _NO_CHAIN))
    return b"".join((array(3), text(stem), bare, array(len(accented)), *variants))


def _postings(chain: Chain) -> bytes:
    if not chain.count:
        return array(0)
    return array(chain.count) + array(3) + natural(chain.first) + chain.places


def _shortened(ends: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What chunks answer for, in as few letters as tell one from the next, as Pagefind says it."""
    first = ends[0][0] if ends else ""
    for (start, end), (following, _) in zip(ends, [*ends[1:], ("", "")], strict=True):
        pairs = zip(end, following, strict=False)
        alike = next((at for at, (one, other) in enumerate(pairs) if one != other), len(end))
        short = end[: alike + 1] if following else end
        yield first, short if short >= start else end
        first = following[: alike + 1]
