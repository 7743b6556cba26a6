"""Words of French texts, as matching and exclusions know them.

A text is taken apart once for all who ask what its words say: each spelling has a number in a
vocabulary, what is known of words stands in columns, and is read at the speed of arrays.
"""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int32]
"""Numbers of a text's words, in its order."""

_WORDS = re.compile(r"[^\W\d_]+")
_ELIDED = ("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
"""What French elides before a vowel (« l’ », « qu’ »): it says nothing."""
_NOT_LOOKED_UP = -1


def words_of(text: str) -> list[str]:
    """Words in lower case, in order, without what is elided."""
    return [word for word in _WORDS.findall(text.lower()) if word not in _ELIDED]


class Vocabulary:
    """Spellings by number, as texts bring them; those that are elided come first."""

    def __init__(self) -> None:
        self.spelled = list(_ELIDED)
        self._numbers = _Numbers(self.spelled)

    def read(self, text: str) -> Words:
        """The words of a text, as :func:`words_of` has them."""
        found = _WORDS.findall(text.lower())
        numbers = np.fromiter(map(self._numbers.__getitem__, found), np.int32, len(found))
        return numbers[numbers >= len(_ELIDED)]


class _Numbers(dict[str, int]):
    """The number of each spelling: a new one has the next."""

    def __init__(self, spelled: list[str]) -> None:
        super().__init__((word, number) for number, word in enumerate(spelled))
        self._spelled = spelled

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self._spelled)
        self._spelled.append(word)
        return number


class Column:
    """What is known of each word of a vocabulary, as a number from 0 on; each is looked up once."""

    def __init__(self, vocabulary: Vocabulary, look_up: Callable[[str], int]) -> None:
        self._spelled = vocabulary.spelled
        self._look_up = look_up
        self._known = np.empty(0, np.int32)

    def of(self, words: Words) -> NDArray[np.int32]:
        """What is known of each of these words."""
        if len(self._known) < len(self._spelled):
            room = np.full(2 * len(self._spelled) - len(self._known), _NOT_LOOKED_UP, np.int32)
            self._known = np.append(self._known, room)
        known = self._known[words]
        others = words[known == _NOT_LOOKED_UP]
        if len(others):
            for number in set(others.tolist()):
                self._known[number] = self._look_up(self._spelled[number])
            known = self._known[words]
        return known
