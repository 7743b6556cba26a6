"""French words drawn as a language draws them: few very often, most very seldom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

WORDS = Path(__file__).with_name("words.txt")
"""The words of the demonstration magazine, the most frequent first."""

COMMONPLACE = 150
"""Ranks of articles, pronouns and prepositions, which say nothing of a subject."""

_PREFIXES = ("re", "dé", "sur", "sous", "inter", "anti", "pré", "auto")
_SHORTEST_STEM = 6
_FLATTENING = 2.7
"""Zipf–Mandelbrot: the weight of rank r is 1 / (r + 2.7)."""

_DERIVED_WEIGHT = 0.15
"""How much less a derived word comes up than its rank would have it: about one word in thirty."""

_WHOLE = {"l": "le", "d": "de", "qu": "que", "n": "ne", "s": "se", "c": "ce", "j": "je", "m": "me"}
_ELIDED = re.compile(r"\b(l|d|qu|n|s|c|j|m)' (?![aeiouyhéèêàâîôœ])")


@dataclass(frozen=True)
class Vocabulary:
    """Words by falling frequency, with running sums of their weights."""

    words: tuple[str, ...]
    sums: tuple[float, ...]
    subjects: tuple[str, ...]
    subject_sums: tuple[float, ...]

    def text(self, rng: Random, count: int) -> str:
        """``count`` words as they come, elided where French elides."""
        return _join(rng.choices(self.words, cum_weights=self.sums, k=count))

    def subject(self, rng: Random, count: int) -> str:
        """``count`` words that mean something: for titles, captions and cells."""
        return " ".join(rng.choices(self.subjects, cum_weights=self.subject_sums, k=count))

    def sentence(self, rng: Random) -> str:
        """Nine to thirty-two words, with commas, and sometimes more than a full stop."""
        text = self.text(rng, rng.randint(9, 32))
        words = text.split(" ")
        for at in range(rng.randint(5, 9), len(words) - 3, rng.randint(6, 11)):
            words[at] += ","
        end = rng.choices((".", " ?", " !", "…"), cum_weights=(92, 96, 98, 100))[0]
        return capitalised(" ".join(words)) + end

    def phrase(self, rng: Random, least: int, most: int) -> str:
        """Words of a subject, capitalised, without a full stop."""
        return capitalised(self.subject(rng, rng.randint(least, most)))


@cache
def vocabulary() -> Vocabulary:
    """The committed words, then rarer ones derived from them: some forty thousand in all."""
    common = WORDS.read_text("utf-8").split()
    stems = [word for word in common[COMMONPLACE:] if word.isalpha() and len(word) > _SHORTEST_STEM]
    known = dict.fromkeys([*common, *(prefix + stem for prefix in _PREFIXES for stem in stems)])
    words = tuple(known)
    weights = [_weight(rank, rank >= len(common)) for rank in range(len(words))]
    subjects = {n: word for n, word in enumerate(words) if n >= COMMONPLACE and "'" not in word}
    subject_sums = accumulate(weights[n] for n in subjects)
    return Vocabulary(
        words, tuple(accumulate(weights)), tuple(subjects.values()), tuple(subject_sums)
    )


def capitalised(text: str) -> str:
    """The text with a capital at its head; the rest as it is."""
    return text[:1].upper() + text[1:]


def _weight(rank: int, derived: bool) -> float:
    return (_DERIVED_WEIGHT if derived else 1) / (rank + _FLATTENING)


def _join(words: Sequence[str]) -> str:
    last = _WHOLE.get(words[-1].removesuffix("'"), words[-1]) if "'" in words[-1] else words[-1]
    text = " ".join((*words[:-1], last))
    return _ELIDED.sub(lambda found: f"{_WHOLE[found[1]]} ", text).replace("' ", "'")
