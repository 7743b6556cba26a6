"""A shard of the index: what is known of the records of a season, apart from all others.

An edit changes the shard of its record and no other; a new record moves none of the old ones.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from plugins.magazine.page import SearchRecord
from plugins.search.lexicon import Lexicon, Stem, words_of
from plugins.search.packing import array, name_of, natural, packed
from plugins.search.postings import Posting, postings, shown

FORMAT = 2
"""To be raised whenever the same records would make other bytes."""
Record = tuple[str, SearchRecord]
"""The address of a page, and what search knows of it."""


class Chain(msgspec.Struct, array_like=True, gc=False):
    """The postings of a word, in bytes from the places of the first page on."""

    count: int
    size: int
    first: int
    last: int
    places: bytes


class Pages(msgspec.Struct, array_like=True):
    """Pages, numbered from 0 by date; ``filters`` says which have each value of each filter."""

    names: list[str]
    lengths: list[int]
    dates: list[str]
    filters: dict[str, dict[str, list[int]]]


class Shard(msgspec.Struct, array_like=True):
    """The pages of a part, and the chain of each of their words, by stem and form."""

    pages: Pages
    words: dict[str, dict[str, Chain]]


def words_in(records: Iterable[Record]) -> set[str]:
    """Every word whose entries it takes to build a shard."""
    words: set[str] = set()
    for _, record in records:
        words.update(words_of(record.text))
        for value in shown(record).values():
            words.update(words_of(value))
    return words


def build_shard(
    records: Iterable[Record], lexicon: Lexicon, fragments: Path, language: str
) -> Shard:
    """Build a shard; write what the result of each page shows in a folder."""
    by_date = sorted(records, key=lambda known: (_date(known[1]), known[0]))
    pages = Pages([], [], [_date(record) for _, record in by_date], {})
    for number, (url, record) in enumerate(by_date):
        fragment = _fragment(url, record)
        pages.names.append(name_of(fragment, language))
        (fragments / f"{pages.names[-1]}.pf_fragment").write_bytes(packed(fragment))
        pages.lengths.append(max(len(words_of(record.text)), 1))
        _add_filters(pages, record, number)
    shard = Shard(pages, {})
    for stem, chain in _chains(postings(record, lexicon) for _, record in by_date).items():
        shard.words.setdefault(stem.stem, {})[stem.form] = chain
    return shard


def _date(record: SearchRecord) -> str:
    return record.sort_date or "0000"


def _fragment(url: str, record: SearchRecord) -> bytes:
    words = words_of(record.text)
    said = {
        "url": url,
        "content": " ".join(words),
        "word_count": max(len(words), 1),
        "filters": dict(sorted(_filters(record).items())),
        "meta": shown(record),
        "anchors": [],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _filters(record: SearchRecord) -> dict[str, list[str]]:
    named = {"kind": (record.kind,), **record.filters}
    return {name: list(dict.fromkeys(values)) for name, values in named.items() if values}


def _add_filters(pages: Pages, record: SearchRecord, number: int) -> None:
    for name, values in _filters(record).items():
        for value in values:
            pages.filters.setdefault(name, {}).setdefault(value, []).append(number)


_POSTING = array(3)


def _chains(of_pages: Iterable[Iterator[tuple[Stem, Posting]]]) -> dict[Stem, Chain]:
    chains: dict[Stem, Chain] = {}
    parts: dict[Stem, list[bytes]] = {}
    for number, page in enumerate(of_pages):
        for stem, (size, places) in page:
            chain = chains.get(stem)
            if chain is None:
                chains[stem] = Chain(1, size, number, number, b"")
                parts[stem] = [places]
            else:
                parts[stem].append(_POSTING + natural(number - chain.last) + places)
                chain.count += 1
                chain.size += size
                chain.last = number
    for stem, chain in chains.items():
        chain.places = b"".join(parts[stem])
    return chains
