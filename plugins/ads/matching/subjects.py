"""Subjects: what a text is about, by words of one field that share neither letters nor stems."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import log, sqrt
from pathlib import Path

FILE = Path(__file__).with_name("subjects.txt")

Vector = dict[int, float]
"""How much of each subject; vectors of whole briefs and texts have length 1 or a little less."""

REPEATED_IN_BRIEF = 1.5
REPEATED_IN_TEXT = 0.5
"""Exponents of how often a subject is spoken of. A brief is short, and chooses its words: what it
insists on counts. A text is long, and comes back to its words anyway."""

DOUBT = 4.0
"""Added to the square of a text's length: a word or two of a subject are not what it is about."""


@cache
def read_subjects() -> dict[str, tuple[str, ...]]:
    """Words by subject."""
    lines = FILE.read_text("utf-8").splitlines()
    named = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return {name: tuple(words.split()) for name, _, words in named}


def subject_names() -> tuple[str, ...]:
    """Their names, in the order of their numbers."""
    return tuple(read_subjects())


def subjects_by_stem(stem: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    """The numbers of the subjects that a stem is of."""
    found: dict[str, dict[int, None]] = {}
    for number, words in enumerate(read_subjects().values()):
        for word in words:
            found.setdefault(stem(word), {})[number] = None
    return {word: tuple(numbers) for word, numbers in found.items()}


def rarities(briefs: Iterable[Vector]) -> list[float]:
    """What each subject tells briefs apart by, from how often each brief speaks of it."""
    told = [{subject for subject, times in brief.items() if times >= 1} for brief in briefs]
    speaking = [sum(n in subjects for subjects in told) for n in range(len(read_subjects()))]
    return [log(1 + len(told) / (1 + some)) for some in speaking]


def of_brief(spoken: Mapping[int, float], rarity: list[float]) -> Vector:
    """The direction of a brief, from how often it speaks of each subject."""
    return _scaled(spoken, rarity, REPEATED_IN_BRIEF, 0.0)


def of_text(spoken: Mapping[int, float], rarity: list[float]) -> Vector:
    """The direction of a text. Times a brief's, it is the cosine between them, but for doubt."""
    return _scaled(spoken, rarity, REPEATED_IN_TEXT, DOUBT)


def _scaled(
    spoken: Mapping[int, float], rarity: list[float], exponent: float, doubt: float
) -> Vector:
    vector = {subject: times**exponent * rarity[subject] for subject, times in spoken.items()}
    length = sqrt(doubt + sum(value * value for value in vector.values()))
    return {subject: value / length for subject, value in vector.items()}
