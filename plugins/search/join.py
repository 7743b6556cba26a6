"""Joins shards into one: years into a decade, decades into the whole.

A word's postings say by how many pages each is after the one before, so those of a shard stay
as they are, whatever shards stand before it, but for the first number of the first.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from plugins.search.packing import array, natural
from plugins.search.shard import Chain, Shard

_POSTING = array(3)
_Chains = list[tuple[int, Chain]]
"""Chains of one word, each with the number of its shard's first page."""


def join(shards: Sequence[Shard]) -> Shard:
    """The shard of all pages of these, in their order."""
    starts = list(accumulate((len(shard.names) for shard in shards), initial=0))[:-1]
    placed = list(zip(starts, shards, strict=True))
    return Shard(
        names=[name for shard in shards for name in shard.names],
        lengths=[length for shard in shards for length in shard.lengths],
        dates=[date for shard in shards for date in shard.dates],
        filters=_filters(placed),
        words={
            stem: {form: _chain(chains) for form, chains in forms.items()}
            for stem, forms in _words(placed).items()
        },
    )


def _filters(placed: Iterable[tuple[int, Shard]]) -> dict[str, dict[str, list[int]]]:
    filters: dict[str, dict[str, list[int]]] = {}
    for start, shard in placed:
        for name, values in shard.filters.items():
            joined = filters.setdefault(name, {})
            for value, numbers in values.items():
                joined.setdefault(value, []).extend(start + number for number in numbers)
    return filters


def _words(placed: Iterable[tuple[int, Shard]]) -> dict[str, dict[str, _Chains]]:
    words: dict[str, dict[str, _Chains]] = {}
    for start, shard in placed:
        for stem, chains in shard.words.items():
            forms = words.setdefault(stem, {})
            for form, chain in chains.items():
                forms.setdefault(form, []).append((start, chain))
    return words


def _chain(chains: _Chains) -> Chain:
    start, chain = chains[0]
    joined = Chain(chain.count, chain.size, start + chain.first, start + chain.last, chain.places)
    parts = [chain.places]
    for start, chain in chains[1:]:
        parts += _POSTING, natural(start + chain.first - joined.last), chain.places
        joined.count += chain.count
        joined.size += chain.size
        joined.last = start + chain.last
    joined.places = b"".join(parts)
    return joined
