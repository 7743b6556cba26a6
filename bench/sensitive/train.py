"""Trains the judge: ``python -m bench.sensitive.train`` (``make train-sensitive``).

A logistic regression (L2, both kinds of passages weighing the same) over the features that
``plugins.ads.sensitive.model`` names, each passage's divided by the square root of its length, and
over the sums of its stems' vectors. What it learns of vectors is then part of each stem's weight,
also of stems that no passage has. Weights are rounded: training again writes the same bytes.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bench.sensitive.passages import PASSAGES, Passage, passages
from bench.sensitive.vectors import vectors_of_stems
from plugins.ads.matching.words import Vocabulary, words_of
from plugins.ads.sensitive.lexicon import FIGURE, Lexicon
from plugins.ads.sensitive.model import BIAS, Model, features_of_expression, features_of_sign
from plugins.ads.sensitive.reading import Reader, Reading

WEIGHTS = Path("plugins/ads/sensitive/weights.tsv")
_INVERSE_PENALTY = 8.0
_VECTORS_SHARE = 0.3  # how far a vector's direction is believed, beside a stem's own weight
_SLIGHT = 2.0  # a stem that no passage has is left out if it weighs less
_DIGITS = 3


class Featurer:
    """The features of texts, by the reader that the judge reads with."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._lexicon = Lexicon.load()
        self.signs = self._lexicon.signs
        stems = {self.signs[word] for text in texts for word in words_of(text)} - {""}
        self._vocabulary = Vocabulary()
        self._reader = Reader(self._lexicon, stems, self._vocabulary)
        self._counts = self._reader.counts()

    def features(self, text: str) -> dict[str, float]:
        """How often each is met, over the square root of the text's length."""
        reading = self._reader.read(self._vocabulary.read(text))
        length = max(int(self._counts[reading.numbers].sum()), 1)
        met = Counter(self._met(reading))
        return {feature: times / length**0.5 for feature, times in met.items()}

    def _met(self, reading: Reading) -> Iterator[str]:
        figured: set[int] = set()
        for found in reading.found:
            yield from features_of_expression(found.name)
            if found.name == FIGURE:
                figured.update(range(found.start, found.start + found.length))
        for place, number in enumerate(reading.numbers):
            if place not in figured:
                yield from features_of_sign(self._reader.signs[number], self._lexicon)


def train(given: Sequence[Passage]) -> Model:
    """The model of these passages."""
    texts = [passage.text for passage in given]
    featurer = Featurer(texts)
    rows = [featurer.features(text) for text in texts]
    names = sorted({name for row in rows for name in row})
    vectors = vectors_of_stems(featurer.signs)
    met, meant = _matrix(rows, names), _sums(rows, vectors)
    regression = LogisticRegression(
        C=_INVERSE_PENALTY, class_weight="balanced", tol=1e-8, max_iter=20_000
    )
    regression.fit(hstack([met, meant]).tocsr(), np.array([passage.painful for passage in given]))
    learnt, direction = np.split(regression.coef_[0], [len(names)])
    weights = dict(zip(names, learnt.tolist(), strict=True))
    for stem, vector in vectors.items():
        weight, name = float(vector @ direction) * _VECTORS_SHARE, f"stem {stem}"
        if name in weights or abs(weight) >= _SLIGHT:
            weights[name] = weights.get(name, 0.0) + weight
    rounded = {name: round(weight, _DIGITS) for name, weight in weights.items()}
    kept = {name: weight for name, weight in rounded.items() if weight}
    bias = round(float(regression.intercept_[0]), _DIGITS)
    return Model({**kept, BIAS: bias}, _classes(given, rows, kept))


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> csr_matrix:
    columns = {name: column for column, name in enumerate(names)}
    places = [
        (at, columns[name], value) for at, row in enumerate(rows) for name, value in row.items()
    ]
    lines, held, values = zip(*places, strict=True)
    return csr_matrix((values, (lines, held)), shape=(len(rows), len(names)))


def _sums(
    rows: Sequence[Mapping[str, float]], vectors: Mapping[str, NDArray[np.float64]]
) -> csr_matrix:
    """Of each passage: the sum of its stems' vectors."""
    width = len(next(iter(vectors.values())))
    sums = np.zeros((len(rows), width))
    for at, row in enumerate(rows):
        for name, value in row.items():
            vector = vectors.get(name.removeprefix("stem "))
            if vector is not None and name.startswith("stem "):
                sums[at] += value * vector
    return csr_matrix(_VECTORS_SHARE * sums)


def _classes(
    given: Sequence[Passage], rows: Sequence[dict[str, float]], weights: dict[str, float]
) -> dict[str, str]:
    """Of each stem that speaks against a passage: the class that it was met in most."""
    met: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for passage, row in zip(given, rows, strict=True):
        if passage.painful:
            for name in row:
                if name.startswith("stem ") and weights.get(name, 0) > 0:
                    met[name][passage.label] += 1
    return {name: min(labels, key=lambda at: (-labels[at], at)) for name, labels in met.items()}


def main() -> None:
    """Writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    output = parser.parse_args().output
    output.write_text(train(passages(PASSAGES / "training")).text(), "utf-8")


if __name__ == "__main__":
    main()
