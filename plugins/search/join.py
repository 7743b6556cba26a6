"""Joins what parts of the index say, each of pages numbered from 0, into what all of them say.

A word's postings say by how many pages each is after the one before, so those of a part stay as
they are, whatever parts stand before it, but for the first number of the first.
"""

from collections.abc import Iterable, Mapping

from plugins.search.packing import array, natural
from plugins.search.shard import Chain, Pages
from plugins.search.words import PlacedChain

_POSTING = array(3)


def join_pages(parts: Iterable[Pages]) -> Pages:
    """The pages of all parts, in their order."""
    joined = Pages([], [], [], {})
    for pages in parts:
        start = len(joined.names)
        joined.names += pages.names
        joined.lengths += pages.lengths
        joined.dates += pages.dates
        for name, values in pages.filters.items():
            found = joined.filters.setdefault(name, {})
            for value, numbers in values.items():
                found.setdefault(value, []).extend(start + number for number in numbers)
    return joined


def join_chains(chains: Iterable[PlacedChain], starts: Mapping[str, int]) -> Chain:
    """The chain of a word on all pages, from those of each part and its first page's number."""
    count = size = 0
    first = last = -1
    joined: list[bytes] = []
    for part, part_count, part_size, part_first, part_last, places in chains:
        start = starts[part]
        if count:
            joined += _POSTING, natural(start + part_first - last), places
        else:
            first = start + part_first
            joined.append(places)
        count += part_count
        size += part_size
        last = start + part_last
    return Chain(count, size, first, last, b"".join(joined))
