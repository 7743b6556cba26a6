"""Four words as one number, so that many texts can be compared with many at once.

Equal words give equal numbers in every process and on every day. Now and then other words do, too
(one pair in 10¹⁵): a number that two texts share is a suspicion, to be looked into word by word.
"""

from itertools import islice
from zlib import crc32

START_WORDS = 4


class _Vocabulary(dict[str, int]):
    """The number of every word met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = crc32(word.encode())
        return number


_number_of = _Vocabulary()
_MANY = 2_000_000
"""So many words are kept at most: addresses hold endless new ones."""


def starts(run: list[str]) -> list[int]:
    """The number of every four consecutive words of a run, each at its place."""
    if len(_number_of) > _MANY:
        _number_of.clear()
    numbers = [_number_of[word] for word in run]
    then = (islice(numbers, n, None) for n in range(1, START_WORDS))
    return [a ^ b << 7 ^ c << 14 ^ d << 21 for a, b, c, d in zip(numbers, *then, strict=False)]
