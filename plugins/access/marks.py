"""Words as numbers, so that many texts can be compared with many at once.

Equal words give equal numbers in every process and on every day. Now and then other words do, too
(one pair in 10¹⁵): a number that two texts share is a suspicion, to be looked into word by word.
"""

from collections.abc import Sequence
from itertools import islice
from zlib import crc32

FEW_WORDS = 4
"""A sentence of so many words, or a few more, is told by its last four; what has twice as many, by
eight of them: four words of any text stand in many others."""


class _Vocabulary(dict[str, int]):
    """The number of every word met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = crc32(word.encode())
        return number


_number_of = _Vocabulary()
_MANY = 200_000
"""So many words are kept at most: addresses hold endless new ones."""


def marks(run: Sequence[str]) -> list[int]:
    """The number of every four consecutive words of a run, then of every eight."""
    if len(run) < FEW_WORDS:
        return []
    if len(_number_of) > _MANY:
        _number_of.clear()
    numbers = [_number_of[word] for word in run]
    then = (islice(numbers, n, None) for n in range(1, FEW_WORDS))
    fours = [a ^ b << 7 ^ c << 14 ^ d << 21 for a, b, c, d in zip(numbers, *then, strict=False)]
    return fours + [a ^ b << 9 for a, b in zip(fours, fours[FEW_WORDS:], strict=False)]


def mark(window: Sequence[str]) -> int:
    """The number that stands for a window among the marks of whatever holds it."""
    return marks(window)[-1]
