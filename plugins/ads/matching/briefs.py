"""Briefs as an index that texts ask: by words, with BM25, and by what both are about.

For BM25 the documents are briefs and the question is a text. The two scores are added: words are
sure and seldom shared, subjects (:mod:`plugins.ads.matching.subjects`) are vague and always there.
"""

from collections import defaultdict
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


class Asked(NamedTuple):
    """What a text says: how much of each stem that briefs have, and its direction."""

    stems: dict[int, float]
    subjects: subjects.Vector


NOTHING = Said(_NO_STEM, ())


class Briefs:
    """Stems and subjects of briefs. One without words is in the index, and suits no text."""

    def __init__(self, briefs: Iterable[str]) -> None:
        self._stem = Stemmer.Stemmer("french").stemWord
        self._by_stem = subjects.subjects_by_stem(self._stem)
        self._numbers: dict[str, int] = {}
        self._spelled: list[str] = []
        self._said: dict[str, Said] = {}
        told = [[w for w in words_of(brief) if w not in GENERAL] for brief in briefs]
        stems = [[self._numbered(word) for word in words] for words in told]
        self._stems_of = _bm25(stems, len(self._spelled))
        spoken = [_spoken(self._subjects_of(word) for word in words) for words in told]
        self._rarity = subjects.rarities(spoken)
        self._about = [subjects.of_brief(brief, self._rarity) for brief in spoken]
        self._by_word = _turned(self._stems_of, len(self._spelled))
        self._by_subject = _turned(map(dict.items, self._about), len(self._rarity))

    def asked(self, counts: Mapping[str, int]) -> Asked:
        """What words that stand so often in a text say. A word is looked up once a build."""
        stems: dict[int, float] = {}
        spoken: dict[int, float] = {}
        said = self._said
        for word, count in counts.items():
            if word not in said:
                said[word] = self._looked_up(word)
            stem, about = said[word]
            if stem >= 0:
                stems[stem] = stems.get(stem, 0.0) + count
            for subject in about:
                spoken[subject] = spoken.get(subject, 0.0) + count / len(about)
        saturated = {stem: n / (n + K3) for stem, n in stems.items()}
        return Asked(saturated, subjects.of_text(spoken, self._rarity))

    def weigh(self, asked: Asked) -> dict[int, float]:
        """The score of each brief that a text has something in common with."""
        scores: defaultdict[int, float] = defaultdict(float)
        for stem, said in asked.stems.items():
            for brief, score in self._by_word[stem]:
                scores[brief] += said * score
        for subject, said in asked.subjects.items():
            for brief, score in self._by_subject[subject]:
                scores[brief] += SUBJECTS_WEIGHT * said * score
        return dict(scores)

    def words_shared(self, brief: int, asked: Asked) -> list[tuple[str, float]]:
        """A brief's words, as it spells them, with what each adds to its score, most first."""
        said = asked.stems
        found = ((self._spelled[n], said[n] * s) for n, s in self._stems_of[brief] if n in said)
        return sorted(found, key=_most_first)

    def subjects_shared(self, brief: int, asked: Asked) -> list[tuple[str, float]]:
        """A brief's subjects, with what each adds to its score, most first."""
        names, said = subjects.subject_names(), asked.subjects
        about = self._about[brief].items()
        found = ((names[n], SUBJECTS_WEIGHT * said[n] * s) for n, s in about if n in said)
        return sorted(found, key=_most_first)

    def _looked_up(self, word: str) -> Said:
        if word in GENERAL:
            return NOTHING
        return Said(self._numbers.get(self._stem(word), _NO_STEM), self._subjects_of(word))

    def _subjects_of(self, word: str) -> tuple[int, ...]:
        return self._by_stem.get(self._stem(word), ())

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


def _turned(briefs: Iterable[Iterable[tuple[int, float]]], signs: int) -> Postings:
    """Of each sign, the briefs that have it."""
    found: Postings = [[] for _ in range(signs)]
    for brief, scores in enumerate(briefs):
        for sign, score in scores:
            found[sign].append((brief, score))
    return found


def _spoken(words: Iterable[tuple[int, ...]]) -> subjects.Vector:
    """How often each subject is spoken of; a word of several is shared among them."""
    spoken: dict[int, float] = {}
    for about in words:
        for subject in about:
            spoken[subject] = spoken.get(subject, 0.0) + 1 / len(about)
    return spoken


def _most_first(found: tuple[str, float]) -> tuple[float, str]:
    return -found[1], found[0]
