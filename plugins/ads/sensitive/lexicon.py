"""The lexicon: painful words by class, plain ones that make them harmless, and expressions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import Stemmer
import yaml

from plugins.ads.matching.words import words_of

CLASSES = (
    "accident",
    "death",
    "war",
    "illness",
    "crime",
    "disaster",
    "violence",
    "terrorism",
    "suicide",
    "addiction",
    "adult",
    "discrimination",
)
GRIEF = "grief"  # words that are painful whatever the class
FIGURE = "figure"  # the list of expressions whose painful words are harmless

_JOINTS = "le la les un une des du de au aux à et son sa ses leur leurs ce cet cette ces qui"
_SILENT = """
ou où ni mais car donc or que quoi dont lequel laquelle lesquels cela ça celui celle ceux
celles il elle ils elles on nous vous je tu me te se lui mon ma mes ton ta tes notre nos votre
vos y en ne pas plus point jamais rien très trop peu bien tout toute tous toutes même mêmes
autre autres est sont était étaient fut furent être été sera soit a ont avait avaient eut avoir
eu par pour sur sous dans avec sans entre vers chez contre depuis pendant après avant comme si
quand lorsque puis alors aussi encore déjà ainsi
"""


class Signs(dict[str, str]):
    """What stands for a word: its stem, itself in « ~ » if it is silent, nothing if it only joins.

    Each surface form is stemmed once.
    """

    def __init__(self, exact: Iterable[str] = ()) -> None:
        self._stemmer = Stemmer.Stemmer("french")
        self.update((word, f"={word}") for word in exact)
        self.update((word, f"~{word}") for word in _SILENT.split())
        self.update((word, "") for word in _JOINTS.split())

    def __missing__(self, word: str) -> str:
        sign = self._stemmer.stemWord(word) if len(word) > 1 else ""
        self[word] = sign
        return sign


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``groups``: « class:level » of signs; ``expressions``: the list that each one stands in."""

    signs: Signs
    groups: Mapping[str, frozenset[str]]
    expressions: Mapping[tuple[str, ...], str]

    @classmethod
    def load(cls) -> "Lexicon":
        """The lexicon of this package."""
        groups = {
            f"{class_}:{level}": words.split()
            for class_, levels in _written("lexicon.yaml").items()
            for level, words in levels.items()
        }
        signs = Signs(word[1:] for words in groups.values() for word in words if word[0] == "=")
        held = defaultdict(set)
        for group, words in groups.items():
            for word in words:
                held[signs[word.removeprefix("=")]].add(group)
        expressions = {
            tuple(filter(None, (signs[word] for word in words_of(expression)))): name
            for name, written in _written("expressions.yaml").items()
            for expression in written.split(";")
        }
        return cls(signs, {sign: frozenset(held[sign]) for sign in held}, expressions)


def _written(name: str) -> Any:
    return yaml.load(files(__package__).joinpath(name).read_text("utf-8"), yaml.CSafeLoader)
