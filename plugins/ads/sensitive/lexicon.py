"""The lexicon: painful words by class, plain ones that make them harmless, and expressions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

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
FIGURE = "figure"  # the list of expressions whose painful words are harmless

_JOINTS = frozenset(
    "le la les un une des du de au aux à et son sa ses leur leurs ce cet cette ces qui".split()
)
_SILENT = frozenset(
    """ou où ni mais car donc or que quoi dont lequel laquelle lesquels cela ça celui celle ceux
    celles il elle ils elles on nous vous je tu me te se lui mon ma mes ton ta tes notre nos votre
    vos y en ne pas plus point jamais rien très trop peu bien tout toute tous toutes même mêmes
    autre autres est sont était étaient fut furent être été sera soit a ont avait avaient eut avoir
    eu par pour sur sous dans avec sans entre vers chez contre depuis pendant après avant comme si
    quand lorsque puis alors aussi encore déjà ainsi""".split()
)


class Signs(dict[str, str]):
    """What stands for a word: its stem, itself in « ~ » if it is silent, nothing if it only joins.

    Each surface form is stemmed once.
    """

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("french")

    def __missing__(self, word: str) -> str:
        if word in _JOINTS or len(word) == 1:
            sign = ""
        elif word in _SILENT:
            sign = f"~{word}"
        else:
            sign = self._stemmer.stemWord(word)
        self[word] = sign
        return sign


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``groups``: « class:level » of signs; ``expressions``: the list that each one stands in."""

    groups: Mapping[str, frozenset[str]]
    expressions: Mapping[tuple[str, ...], str]

    @classmethod
    def load(cls, signs: Signs) -> "Lexicon":
        """The lexicon of this package."""
        return cls(dict(_groups(signs)), dict(_expressions(signs)))


def _groups(signs: Signs) -> Iterable[tuple[str, frozenset[str]]]:
    groups = defaultdict(set)
    for class_, levels in _written("lexicon.yaml").items():
        for level, words in levels.items():
            for word in words_of(words):
                groups[signs[word]].add(f"{class_}:{level}")
    return ((sign, frozenset(held)) for sign, held in groups.items())


def _expressions(signs: Signs) -> Iterable[tuple[tuple[str, ...], str]]:
    for name, expressions in _written("expressions.yaml").items():
        for expression in expressions.split(";"):
            yield tuple(filter(None, (signs[word] for word in words_of(expression)))), name


def _written(name: str) -> dict[str, dict[str, str]] | dict[str, str]:
    held: dict[str, str] = yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))
    return held
