"""Subjects: what a text is about, by words of one field that share neither letters nor stems."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("subjects.txt")

Vector = NDArray[np.float64]
"""How much of each subject, in the order of their names."""

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


@cache
def names() -> tuple[str, ...]:
    """Their names, in their order."""
    return tuple(read_subjects())


def subjects_by_stem(stem: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    """The numbers of the subjects that a stem is of."""
    found: dict[str, dict[int, None]] = {}
    for number, words in enumerate(read_subjects().values()):
        for word in words:
            found.setdefault(stem(word), {})[number] = None
    return {word: tuple(numbers) for word, numbers in found.items()}


def of_briefs(times: Sequence[Vector]) -> tuple[Vector, Vector]:
    """The direction of each brief, from how often it speaks of each subject; and what each subject
    tells briefs apart by, since few of them speak of it."""
    spoken = np.array(times, dtype=float).reshape(len(times), len(names()))
    speaking = (spoken >= 1).sum(axis=0)
    rarity: Vector = np.log(1 + len(times) / (1 + speaking))
    directions = spoken**REPEATED_IN_BRIEF * rarity
    lengths = np.sqrt((directions**2).sum(axis=1, keepdims=True))
    return directions / np.where(lengths, lengths, 1), rarity


def of_text(times: Vector, rarity: Vector) -> list[float]:
    """The direction of a text. Times a brief's, it is the cosine between them, but for doubt."""
    direction = times**REPEATED_IN_TEXT * rarity
    found: list[float] = (direction / np.sqrt(DOUBT + direction @ direction)).tolist()
    return found
