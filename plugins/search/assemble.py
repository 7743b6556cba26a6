"""Puts shards together into one index, as Pagefind would have made it of all records at once.

A word's postings say by how many pages each is after the one before, so those of a shard stay
as they are, whatever shards stand before it, but for the first number of the first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
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
_POSTING = array(3)

_Chunk = tuple[str, str, bytes]
"""First and last stem, and the words between them."""


def assemble(shards: Sequence[Shard], folder: Path, language: str) -> str:
    """Write the index of shards, in the order of their pages; return the name of its root."""
    starts = list(accumulate((len(shard.names) for shard in shards), initial=0))[:-1]
    pages = sum(len(shard.names) for shard in shards)
    chunks = list(_chunks(shards, starts))
    every = _write(folder / "index", "pf_index", _every(pages), language)
    names = [_write(folder / "index", "pf_index", words, language) for *_, words in chunks]
    filters = [
        [name, _write(folder / "filter", "pf_filter", content, language)]
        for name, content in _filters(shards, starts)
    ]
    dates = [date for shard in shards for date in shard.dates]
    meta = [
        pagefind_version(),
        [page for shard in shards for page in zip(shard.names, shard.lengths, strict=True)],
        [
            *([*ends, name] for ends, name in zip(_ends(chunks), names, strict=True)),
            [EVERY_PAGE, EVERY_PAGE, every],
        ],
        filters,
        [["date", sorted(range(len(dates)), key=dates.__getitem__)]],
        FIELDS,
    ]
    return _write(folder, "pf_meta", cbor2.dumps(meta), language, "pagefind.")


def choices(shards: Iterable[Shard]) -> dict[str, dict[str, int]]:
    """How many pages each value of each filter keeps, in alphabetical order."""
    counts: dict[str, Counter[str]] = {}
    for shard in shards:
        for name, values in shard.filters.items():
            of_name = counts.setdefault(name, Counter())
            of_name.update({value: len(numbers) for value, numbers in values.items()})
    return {name: dict(sorted(counts[name].items())) for name in sorted(counts)}


def _write(folder: Path, suffix: str, content: bytes, language: str, before: str = "") -> str:
    """Write a file named by its content; return its name."""
    name = name_of(content, language)
    path = folder / f"{before}{name}.{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(content))
    return name


def _filters(shards: Sequence[Shard], starts: list[int]) -> Iterator[tuple[str, bytes]]:
    for name in sorted({name for shard in shards for name in shard.filters}):
        pages: dict[str, list[int]] = {}
        for shard, start in zip(shards, starts, strict=True):
            for value, numbers in shard.filters.get(name, {}).items():
                pages.setdefault(value, []).extend(start + number for number in numbers)
        yield name, cbor2.dumps([name, sorted(pages.items())])


def _chunks(shards: Sequence[Shard], starts: list[int]) -> Iterator[_Chunk]:
    """Words in alphabetical order, so many at a time that a reader fetches little."""
    size, stems, words = 0, [], []
    for stem in sorted({stem for shard in shards for stem in shard.words}):
        forms = _forms(stem, shards, starts)
        stems.append(stem)
        words.append(_word(stem, forms))
        size += sum(chain.size for _, chain in forms[""])
        if size >= CHUNK:
            yield stems[0], stems[-1], _chunk(words)
            size, stems, words = 0, [], []
    if stems:
        yield stems[0], stems[-1], _chunk(words)


def _every(pages: int) -> bytes:
    """A word that stands on every page, and nowhere on it.

    It finds what filters alone ask for: without a word, Pagefind 1.5 fetches the whole index.
    """
    posting = array(0) * 2
    following = (_POSTING + natural(1) + posting) * (pages - 1)
    chain = Chain(pages, pages, 0, pages - 1, posting + following)
    return _chunk([_word(EVERY_PAGE, {"": [(0, chain)]})])


def _chunk(words: list[bytes]) -> bytes:
    return array(1) + array(len(words)) + b"".join(words)


_Chains = list[tuple[int, Chain]]


def _forms(stem: str, shards: Sequence[Shard], starts: list[int]) -> dict[str, _Chains]:
    """The chains of a stem by form, each with the number of its shard's first page."""
    forms: dict[str, _Chains] = {"": []}
    for shard, start in zip(shards, starts, strict=True):
        for form, chain in shard.words.get(stem, {}).items():
            forms.setdefault(form, []).append((start, chain))
    return forms


def _word(stem: str, forms: dict[str, _Chains]) -> bytes:
    accented = sorted(form for form in forms if form)
    variants = (array(2) + text(form) + _postings(forms[form]) for form in accented)
    parts = (array(3), text(stem), _postings(forms[""]), array(len(accented)), *variants)
    return b"".join(parts)


def _postings(chains: _Chains) -> bytes:
    parts, last = [array(sum(chain.count for _, chain in chains))], 0
    for start, chain in chains:
        parts += _POSTING, natural(start + chain.first - last), chain.places
        last = start + chain.last
    return b"".join(parts)


def _ends(chunks: Sequence[_Chunk]) -> Iterator[tuple[str, str]]:
    """What a chunk answers for, in as few letters as tell it from the next, as Pagefind says it."""
    first = chunks[0][0] if chunks else ""
    for (start, end, _), (following, *_) in zip(chunks, [*chunks[1:], ("", "", b"")], strict=True):
        alike = len(
            list(takewhile(lambda two: two[0] == two[1], zip(end, following, strict=False)))
        )
        short = end[: alike + 1] if following else end
        yield first, short if short >= start else end
        first = following[: alike + 1]
