"""Briefs as an index that texts ask: by words, with BM25, and by what both are about.

For BM25 the documents are briefs and the question is a text. The two scores are added: words are
sure and seldom shared, subjects (:mod:`plugins.ads.matching.subjects`) are vague and always there.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from plugins.ads.matching import subjects
from plugins.ads.matching.general import GENERAL
from plugins.ads.matching.words import Column, Vocabulary, Words, words_of

K1, B = 2.0, 0.0
"""BM25's: how soon a brief that repeats a word says no more; how little its length matters, as
briefs are all short."""

K3 = 2.0
"""How soon a word that a text repeats says no more."""

SUBJECTS_WEIGHT = 8.0
"""What being about the very same subjects is worth, beside the score of words."""

_NOTHING = 0

Postings = list[list[tuple[int, float]]]


class Asked(NamedTuple):
    """What a text says: stems that briefs have, how much of each, and its direction."""

    stems: NDArray[np.intp]
    said: NDArray[np.float64]
    subjects: list[float]


class Briefs:
    """Stems and subjects of briefs. One without words is in the index, and suits no text."""

    def __init__(self, briefs: Iterable[str], vocabulary: Vocabulary) -> None:
        self._stem = Stemmer.Stemmer("french").stemWord
        self._numbers: dict[str, int] = {}
        """Of stems: those of briefs, then those of subjects alone."""
        self._spelled: list[str] = []
        """A word of each stem of briefs."""
        briefs = tuple(briefs)
        words = ([word for word in words_of(brief) if word not in GENERAL] for brief in briefs)
        stems = [[self._numbered(word) for word in brief] for brief in words]
        self._stems_of = _bm25(stems, len(self._spelled))
        self._scores = _table(self._stems_of, len(self._spelled))
        self._shares = self._shares_of_subjects()
        self._known = Column(vocabulary, self._look_up)
        spoken = [self._spoken(*self._told(vocabulary.read(brief))) for brief in briefs]
        self._about, self._rarity = subjects.of_briefs(spoken)
        self._subjects_of = [
            [(subject, score) for subject, score in enumerate(scores) if score]
            for scores in self._about.tolist()
        ]

    def asked(self, words: Words) -> Asked:
        """What the words of a text say, each as often as it stands there."""
        stems, times = self._told(words)
        of_briefs = stems < len(self._spelled)
        often = times[of_briefs]
        direction = subjects.of_text(self._spoken(stems, times), self._rarity)
        return Asked(stems[of_briefs], often / (often + K3), direction)

    def weigh(self, asked: Asked) -> list[float]:
        """The score of each brief."""
        by_subjects = SUBJECTS_WEIGHT * (self._about @ asked.subjects)
        scores: list[float] = (by_subjects + asked.said @ self._scores[asked.stems]).tolist()
        return scores

    def words_shared(self, brief: int, asked: Asked) -> list[tuple[str, float]]:
        """A brief's words, as it spells them, with what each adds to its score, most first."""
        said = dict(zip(asked.stems.tolist(), asked.said.tolist(), strict=True))
        found = ((self._spelled[n], said[n] * s) for n, s in self._stems_of[brief] if n in said)
        return sorted(found, key=_most_first)

    def subjects_shared(self, brief: int, asked: Asked) -> list[tuple[str, float]]:
        """A brief's subjects, with what each adds to its score, most first."""
        names, said = subjects.names(), asked.subjects
        about = self._subjects_of[brief]
        found = ((names[n], SUBJECTS_WEIGHT * said[n] * s) for n, s in about if said[n])
        return sorted(found, key=_most_first)

    def _told(self, words: Words) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The stems that say something, and how often each does."""
        times = np.bincount(self._known.of(words), minlength=len(self._numbers) + 1)[1:]
        stems = np.flatnonzero(times)
        return stems, times[stems]

    def _look_up(self, word: str) -> int:
        """One more than the number of its stem, or nothing."""
        return _NOTHING if word in GENERAL else self._numbers.get(self._stem(word), -1) + 1

    def _spoken(self, stems: NDArray[np.intp], times: NDArray[np.intp]) -> subjects.Vector:
        """How often each subject is spoken of."""
        return times @ self._shares[stems]

    def _shares_of_subjects(self) -> NDArray[np.float64]:
        """Of each stem, what of it each subject has: a stem of several is shared among them."""
        by_stem = subjects.subjects_by_stem(self._stem)
        for stem in by_stem:
            self._numbers.setdefault(stem, len(self._numbers))
        shares = np.zeros((len(self._numbers), len(subjects.names())))
        for stem, about in by_stem.items():
            shares[self._numbers[stem], about] = 1 / len(about)
        return shares

    def _numbered(self, word: str) -> int:
        stem = self._stem(word)
        if stem not in self._numbers:
            self._numbers[stem] = len(self._spelled)
            self._spelled.append(word)
        return self._numbers[stem]


def _bm25(briefs: Sequence[Sequence[int]], stems: int) -> Postings:
    """Of each brief, its stems and what each says for it."""
    found: Postings = [[] for _ in briefs]
    if stems:
        index = bm25s.BM25(k1=K1, b=B, method="lucene")
        matrix = index.build_index_from_ids(list(range(stems)), briefs, show_progress=False)
        starts, owners, scores = (matrix[name].tolist() for name in ("indptr", "indices", "data"))
        for stem in range(stems):
            for at in range(starts[stem], starts[stem + 1]):
                found[owners[at]].append((stem, scores[at]))
    return found


def _table(stems_of: Postings, stems: int) -> NDArray[np.float64]:
    """Of each stem, what it says for each brief: bookings are some hundreds, their stems few."""
    table = np.zeros((stems, len(stems_of)))
    for brief, scores in enumerate(stems_of):
        for stem, score in scores:
            table[stem, brief] = score
    return table


def _most_first(found: tuple[str, float]) -> tuple[float, str]:
    return -found[1], found[0]
