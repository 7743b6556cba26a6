"""Briefs as an index that pages ask: the documents are briefs, the question is a page's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import bm25s
import Stemmer

from plugins.ads.matching.general import GENERAL
from plugins.ads.matching.words import words_of

K1 = 1.2
"""How soon a word that a brief repeats says no more (BM25's usual value)."""

B = 0.5
"""How much a long brief's words count for less."""

K3 = 1.0
"""How soon a word that a page repeats says no more."""

_NOWHERE = -1


@dataclass(slots=True)
class Briefs:
    """Stems of briefs with what each says for which brief, by BM25.

    Briefs without words of their own are in the index, and suit no text.
    """

    briefs: Sequence[str]
    spelled: list[str] = field(default_factory=list)
    """Of each stem, a word that has it, as a brief has it."""

    _postings: list[list[tuple[int, float]]] = field(default_factory=list)
    _stems_of: list[list[tuple[int, float]]] = field(default_factory=list)
    _stem_of: dict[str, int] = field(default_factory=dict)
    """By word: its stem, or that no brief has it. Grows with what is read: each is stemmed once."""

    _number_of: dict[str, int] = field(default_factory=dict)
    _stemmer: Stemmer.Stemmer = field(default_factory=lambda: Stemmer.Stemmer("french"))

    def __post_init__(self) -> None:
        """Index the briefs."""
        told = [[w for w in words_of(brief) if w not in GENERAL] for brief in self.briefs]
        numbers = [[self._numbered(word) for word in words] for words in told]
        self._postings = _postings(numbers, len(self.spelled))
        self._stems_of = [[] for _ in self.briefs]
        for stem, found in enumerate(self._postings):
            for brief, score in found:
                self._stems_of[brief].append((stem, score))

    def asked(self, counts: Mapping[str, float]) -> dict[int, float]:
        """The stems of words that count so much, with how much each is said; others are left out.

        A word said again says more, and less each time.
        """
        stems: dict[int, float] = {}
        known = self._stem_of
        for word, count in counts.items():
            stem = known.get(word)
            if stem is None:
                stem = known[word] = self._looked_up(word)
            if stem >= 0:
                stems[stem] = stems.get(stem, 0.0) + count
        return {stem: count / (count + K3) for stem, count in stems.items()}

    def weigh(self, asked: Mapping[int, float]) -> dict[int, float]:
        """The score of each brief that has one of these stems."""
        scores: dict[int, float] = {}
        for stem, said in asked.items():
            for brief, score in self._postings[stem]:
                scores[brief] = scores.get(brief, 0.0) + said * score
        return scores

    def shared(self, brief: int, asked: Mapping[int, float], few: int = 3) -> tuple[str, ...]:
        """The few words of a brief that say most for it, as the brief spells them."""
        said = [
            (-asked[stem] * score, self.spelled[stem])
            for stem, score in self._stems_of[brief]
            if stem in asked
        ]
        return tuple(word for _, word in sorted(said)[:few])

    def _looked_up(self, word: str) -> int:
        if word in GENERAL:
            return _NOWHERE
        return self._number_of.get(self._stemmer.stemWord(word), _NOWHERE)

    def _numbered(self, word: str) -> int:
        stem = self._stemmer.stemWord(word)
        if stem not in self._number_of:
            self._number_of[stem] = len(self.spelled)
            self.spelled.append(word)
        return self._number_of[stem]


def _postings(briefs: Sequence[Sequence[int]], stems: int) -> list[list[tuple[int, float]]]:
    """By stem: each brief that has it, and what it says for that brief."""
    postings: list[list[tuple[int, float]]] = [[] for _ in range(stems)]
    if not stems:
        return postings
    index = bm25s.BM25(k1=K1, b=B, method="lucene")
    matrix = index.build_index_from_ids(list(range(stems)), briefs, show_progress=False)
    starts, briefs_of, scores = (matrix[name].tolist() for name in ("indptr", "indices", "data"))
    for stem in range(stems):
        own = slice(starts[stem], starts[stem + 1])
        postings[stem] = list(zip(briefs_of[own], scores[own], strict=True))
    return postings
