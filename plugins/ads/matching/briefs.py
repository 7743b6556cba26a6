"""Briefs as an index that texts ask: by words, with BM25, and by what both are about.

For BM25 the documents are briefs and the question is a text. The two scores are added: words are
sure and seldom shared, subjects (:mod:`plugins.ads.matching.subjects`) are vague and always there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import bm25s
import Stemmer

from plugins.ads.matching import subjects
from plugins.ads.matching.general import GENERAL
from plugins.ads.matching.words import words_of

K1, B = 2.0, 0.0
"""BM25's: how soon a brief that repeats a word says no more; how little its length matters, as
briefs are all short."""

K3 = 2.0
"""How soon a word that a text repeats says no more."""

SUBJECTS_WEIGHT = 8.0
"""What being about the very same subjects is worth, beside the score of words."""

_NO_STEM = -1

Postings = list[list[tuple[int, float]]]


class Said(NamedTuple):
    """What a word says: the number of its stem in briefs, if one has it, and its subjects."""

    stem: int
    subjects: tuple[int, ...]


_NOTHING = Said(_NO_STEM, ())


class Asked(NamedTuple):
    """What a text says: how much of each stem that briefs have, and its direction."""

    stems: dict[int, float]
    subjects: list[float]


class Briefs:
    """Stems and subjects of briefs. One without words is in the index, and suits no text."""

    def __init__(self, briefs: Iterable[str]) -> None:
        self._stem = Stemmer.Stemmer("french").stemWord
        self._by_stem = subjects.subjects_by_stem(self._stem)
        self._numbers: dict[str, int] = {}
        self._spelled: list[str] = []
        self._known: set[str] = set()
        self._telling: dict[str, Said] = {}
        told = [[w for w in words_of(brief) if w not in GENERAL] for brief in briefs]
        stems = [[self._numbered(word) for word in words] for words in told]
        self._stems_of = _bm25(stems, len(self._spelled))
        self._briefs_of = _turned(self._stems_of, len(self._spelled))
        spoken = [self._spoken(self._told(Counter(words))) for words in told]
        self._about, self._rarity = subjects.of_briefs(spoken)
        self._subjects_of = [
            [(subject, score) for subject, score in enumerate(scores) if score]
            for scores in self._about.tolist()
        ]

    def asked(self, counts: Mapping[str, int]) -> Asked:
        """What words that stand so often in a text say."""
        stems: dict[int, float] = {}
        telling = self._told(counts)
        for word, count in telling.items():
            stem = self._telling[word].stem
            if stem >= 0:
                stems[stem] = stems.get(stem, 0.0) + count
        saturated = {stem: n / (n + K3) for stem, n in stems.items()}
        return Asked(saturated, subjects.of_text(self._spoken(telling), self._rarity))

    def weigh(self, asked: Asked) -> list[float]:
        """The score of each brief."""
        scores: list[float] = (SUBJECTS_WEIGHT * (self._about @ asked.subjects)).tolist()
        for stem, said in asked.stems.items():
            for brief, score in self._briefs_of[stem]:
                scores[brief] += said * score
        return scores

    def words_shared(self, brief: int, asked: Asked) -> list[tuple[str, float]]:
        """A brief's words, as it spells them, with what each adds to its score, most first."""
        said = asked.stems
        found = ((self._spelled[n], said[n] * s) for n, s in self._stems_of[brief] if n in said)
        return sorted(found, key=_most_first)

    def subjects_shared(self, brief: int, asked: Asked) -> list[tuple[str, float]]:
        """A brief's subjects, with what each adds to its score, most first."""
        names, said = subjects.names(), asked.subjects
        about = self._subjects_of[brief]
        found = ((names[n], SUBJECTS_WEIGHT * said[n] * s) for n, s in about if said[n])
        return sorted(found, key=_most_first)

    def _told(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The words that say something; each is looked up once, and most say nothing."""
        for word in counts.keys() - self._known:
            self._look_up(word)
        telling = self._telling
        return {word: count for word, count in counts.items() if word in telling}

    def _look_up(self, word: str) -> None:
        self._known.add(word)
        if word not in GENERAL:
            stem = self._stem(word)
            said = Said(self._numbers.get(stem, _NO_STEM), self._by_stem.get(stem, ()))
            if said != _NOTHING:
                self._telling[word] = said

    def _spoken(self, telling: Mapping[str, int]) -> list[float]:
        """How often each subject is spoken of; a word of several is shared among them."""
        spoken = [0.0] * len(subjects.names())
        for word, count in telling.items():
            about = self._telling[word].subjects
            for subject in about:
                spoken[subject] += count / len(about)
        return spoken

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


def _turned(stems_of: Postings, stems: int) -> Postings:
    """Of each stem, the briefs that have it."""
    found: Postings = [[] for _ in range(stems)]
    for brief, scores in enumerate(stems_of):
        for stem, score in scores:
            found[stem].append((brief, score))
    return found


def _most_first(found: tuple[str, float]) -> tuple[float, str]:
    return -found[1], found[0]
