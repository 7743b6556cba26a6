"""Joins what parts of the index say, each of pages numbered from 0, into what all of them say.

A word's postings say by how many pages each is after the one before, so those of a part stay as
they are, whatever parts stand before it, but for the first number of the first.
"""

from collections.abc import Iterable, Mapping

from plugins.search.packing import array, natural
from plugins.search.shard import Chain, Pages

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


def join_chains(chains: Mapping[str, Chain], starts: Mapping[str, int]) -> Chain:
    """The chain of a word on all pages, from those of parts, in order, and their first numbers."""
    count = size = 0
    first = last = -1
    joined: list[bytes] = []
    for part, chain in chains.items():
        start = starts[part]
        if count:
            joined += _POSTING, natural(start + chain.first - last), chain.places
        else:
            first = start + chain.first
            joined.append(chain.places)
        count += chain.count
        size += chain.size
        last = start + chain.last
    return Chain(count, size, first, last, b"".join(joined))
