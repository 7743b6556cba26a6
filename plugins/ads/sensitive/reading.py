"""A text as the judge reads it: numbers of signs, and the expressions found among them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plugins.ads.matching.words import Column, Vocabulary, Words
from plugins.ads.sensitive.lexicon import Lexicon

_JOINT, _UNKNOWN, _SILENT = range(3)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression of the lexicon's list ``name``, at ``start`` of the reading's numbers."""

    start: int
    length: int
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """``numbers`` of the words that do not only join, ``places`` of these in the text."""

    numbers: NDArray[np.int32]
    places: NDArray[np.intp]
    found: tuple[Found, ...]


class Reader:
    """Reads texts; ``signs`` are those that it knows, by number, the first few being nobody's."""

    def __init__(self, lexicon: Lexicon, stems: Iterable[str], vocabulary: Vocabulary) -> None:
        spoken = {sign for expression in lexicon.expressions for sign in expression}
        self.signs = ("", "", "", *sorted({*stems, *lexicon.groups, *spoken}))
        self._signs_of = lexicon.signs
        self._known = known = {sign: number for number, sign in enumerate(self.signs) if sign}
        self._numbers = Column(vocabulary, self._look_up)
        self._expressions = {
            tuple(known[sign] for sign in expression): name
            for expression, name in lexicon.expressions.items()
        }
        self._longest = max(map(len, self._expressions))
        heads = {first * len(self.signs) + second for first, second, *_ in self._expressions}
        self._heads = np.array(sorted(heads), dtype=np.int64)

    def counts(self) -> NDArray[np.int32]:
        """By number: is it of a word that counts in a passage's length?"""
        silent = (sign.startswith("~") for sign in self.signs[_SILENT:])
        return np.array([0, 1, *(not quiet for quiet in silent)], dtype=np.int32)

    def read(self, words: Words) -> Reading:
        """The reading of a text's words."""
        every = self._numbers.of(words)
        places = np.flatnonzero(every)
        numbers = every[places]
        return Reading(numbers, places, tuple(self._found(numbers)))

    def _look_up(self, word: str) -> int:
        sign = self._signs_of[word]
        if not sign:
            return _JOINT
        return self._known.get(sign, _SILENT if sign.startswith("~") else _UNKNOWN)

    def _found(self, numbers: NDArray[np.int32]) -> Iterator[Found]:
        if len(numbers) < 2:
            return
        pairs = numbers[:-1].astype(np.int64) * len(self.signs) + numbers[1:]
        nearest = np.searchsorted(self._heads, pairs).clip(max=len(self._heads) - 1)
        for start in np.flatnonzero(self._heads[nearest] == pairs).tolist():
            following = tuple(numbers[start : start + self._longest].tolist())
            for length in range(len(following), 1, -1):
                name = self._expressions.get(following[:length])
                if name is not None:
                    yield Found(start, length, name)
                    break
