"""Words of French texts, as matching and exclusions know them.

A text is taken apart once for all who ask what its words say. Each spelling has a number, as long
as the process lives, so that what is known of words stands in columns, and a text is read from one
at the speed of arrays.
"""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int32]
"""Numbers of a text's words, in its order."""

_WORDS = re.compile(r"[^\W\d_]+")
_ELIDED = ("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")


class _Numbers(dict[str, int]):
    """The number of each spelling: a new one has the next."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        _SPELLED.append(word)
        return number


_SPELLED = [*_ELIDED]
_NUMBERS = _Numbers(zip(_ELIDED, range(len(_ELIDED)), strict=True))


def words_of(text: str) -> Words:
    """Words in lower case, in order; what French elides before a vowel (« l’ », « qu’ ») is left
    out, since it says nothing."""
    found = _WORDS.findall(text.lower())
    numbers = np.fromiter(map(_NUMBERS.__getitem__, found), np.int32, len(found))
    return numbers[numbers >= len(_ELIDED)]


def spelled(words: Words) -> list[str]:
    """Words as they are written, in lower case."""
    return [_SPELLED[number] for number in words.tolist()]


class Column:
    """What is known of each word, as a number from 0 on; a word is looked up once."""

    def __init__(self, look_up: Callable[[str], int]) -> None:
        self._look_up = look_up
        self._known = np.empty(0, np.int32)

    def of(self, words: Words) -> NDArray[np.int32]:
        """What is known of each of these words."""
        if len(self._known) < len(_SPELLED):
            room = np.full(2 * len(_SPELLED) - len(self._known), _UNKNOWN, np.int32)
            self._known = np.append(self._known, room)
        known = self._known[words]
        unknown = words[known == _UNKNOWN]
        if len(unknown):
            for number in set(unknown.tolist()):
                self._known[number] = self._look_up(_SPELLED[number])
            known = self._known[words]
        return known


_UNKNOWN = -1
