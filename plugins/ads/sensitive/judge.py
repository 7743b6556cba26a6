"""The judge of texts: is there a passage that no advertiser wants to stand beside?"""

from collections import defaultdict
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from plugins.ads.matching.words import Vocabulary, Words
from plugins.ads.sensitive.lexicon import CLASSES, FIGURE, Lexicon
from plugins.ads.sensitive.model import BIAS, Model, features_of_expression, features_of_sign
from plugins.ads.sensitive.reading import Reader, Reading

PASSAGE = 20  # words that count in a passage of a long text: about 40 with the others
_STEP = 10  # from one passage to the next
_SHOWN = 5
PATIENCE = 0.35  # what a second, fourth, eighth … passage each takes off the worst one’s score
_POSSIBLE = 0.3  # how much a word votes for a class that it possibly tells of


@dataclass(frozen=True, slots=True)
class Verdict:
    """``class_`` is none of a text that ads may stand beside; ``words`` are what spoke most against
    its worst passage, heaviest first; ``score`` is that passage's, which excludes from 0 on."""

    class_: str | None
    score: float
    words: tuple[str, ...]


class Judge:
    """Judges texts by their worst passage.

    A text is cut into passages of ``PASSAGE`` words that count, each begun in the middle of the one
    before. A passage's score is the sum of its words' and expressions' weights over the square root
    of its length, plus a bias; a figure of speech counts as one, and its words no more. The more
    passages a text has, the more chances one has to look painful that is not: so ``PATIENCE`` times
    the binary logarithm of their number is taken off the worst one's score.
    """

    def __init__(self, model: Model) -> None:
        self.vocabulary = Vocabulary()
        self._lexicon = Lexicon.load()
        self._model = model
        stems = (feature[5:] for feature in model.weights if feature.startswith("stem "))
        self._reader = Reader(self._lexicon, stems, self.vocabulary)
        self._weights = np.array([self._weight(sign) for sign in self._reader.signs])
        self._counts = self._reader.counts()

    @classmethod
    def load(cls) -> "Judge":
        """The judge that this package holds the weights of."""
        return cls(Model.load())

    def judge_text(self, text: str) -> Verdict:
        """The verdict on a text as it is written."""
        return self.judge(self.vocabulary.read(text))

    def judge(self, words: Words) -> Verdict:
        """The verdict on a whole text, read with the judge's vocabulary."""
        reading = self._reader.read(words)
        weights = self._weigh(reading)
        lengths = np.concatenate(((0,), np.cumsum(self._counts[reading.numbers])))
        starts = np.searchsorted(lengths, _starts(int(lengths[-1])))
        ends = np.searchsorted(lengths, lengths[starts] + PASSAGE, side="right") - 1
        sums = np.concatenate(((0.0,), np.cumsum(weights)))
        held = np.maximum(lengths[ends] - lengths[starts], 1)
        scores = (sums[ends] - sums[starts]) / np.sqrt(held) + self._model.weights[BIAS]
        worst = int(np.argmax(scores))
        score = round(float(scores[worst]) - PATIENCE * log2(len(scores)), 3)
        if score < 0:
            return Verdict(None, score, ())
        return self._excluded(words, reading, weights, slice(starts[worst], ends[worst]), score)

    def _weight(self, sign: str) -> float:
        if sign not in self._lexicon.groups:  # nearly all
            return self._model.weights.get(f"stem {sign}", 0.0)
        features = features_of_sign(sign, self._lexicon)
        return sum(self._model.weights.get(feature, 0.0) for feature in features)

    def _weigh(self, reading: Reading) -> NDArray[np.float64]:
        weights = self._weights[reading.numbers]
        for found in reading.found:
            if found.name == FIGURE:
                weights[found.start : found.start + found.length] = 0
        for found in reading.found:
            features = features_of_expression(found.name)
            weights[found.start] += sum(self._model.weights.get(name, 0.0) for name in features)
        return weights

    def _excluded(
        self,
        words: Words,
        reading: Reading,
        weights: NDArray[np.float64],
        passage: slice,
        score: float,
    ) -> Verdict:
        votes = dict.fromkeys(CLASSES, 0.0)
        spoken: defaultdict[int, float] = defaultdict(float)
        for place in range(passage.start, passage.stop):
            if weights[place] > 0:
                spoken[int(words[reading.places[place]])] += weights[place]
                for class_, share in self._classes(self._reader.signs[reading.numbers[place]]):
                    votes[class_] += share * weights[place]
        for found in reading.found:
            if found.name in votes and passage.start <= found.start < passage.stop:
                votes[found.name] += max(weights[found.start], 0)
        heaviest = sorted(spoken, key=spoken.__getitem__, reverse=True)[:_SHOWN]
        said = tuple(self.vocabulary.spelled[word] for word in heaviest)
        return Verdict(max(votes, key=votes.__getitem__), score, said)

    def _classes(self, sign: str) -> list[tuple[str, float]]:
        shares = []
        for group in self._lexicon.groups.get(sign, ()):
            class_, _, level = group.partition(":")
            if class_ in CLASSES:
                shares.append((class_, 1.0 if level == "certain" else _POSSIBLE))
        learnt = self._model.classes.get(f"stem {sign}")
        return shares or ([(learnt, _POSSIBLE)] if learnt else [])


def judge_in(language: str) -> Judge | None:
    """What judges texts of a language, such as ``fr-CA``; none but French has a judge."""
    return Judge.load() if language.partition("-")[0] == "fr" else None


def _starts(length: int) -> NDArray[np.int64]:
    last = max(length - PASSAGE, 0)
    return np.append(np.arange(0, last, _STEP), last)
