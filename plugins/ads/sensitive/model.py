"""What each feature of a text weighs: the file of weights that training writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from plugins.ads.sensitive.lexicon import CLASSES, FIGURE, GRIEF, Lexicon

BIAS = "bias"
PAINFUL = "painful"
_HEADER = ("feature", "weight", "class")


@dataclass(frozen=True, slots=True)
class Model:
    """``weights`` by feature; ``classes``: that of the passages a stem was mostly learnt from."""

    weights: Mapping[str, float]
    classes: Mapping[str, str]

    @classmethod
    def load(cls) -> "Model":
        """The model that this package holds."""
        return cls.parse(files(__package__).joinpath("weights.tsv").read_text("utf-8"))

    @classmethod
    def parse(cls, written: str) -> "Model":
        """A model as ``text`` writes it."""
        rows = [line.split("\t") for line in written.splitlines()[1:]]
        return cls(
            {feature: float(weight) for feature, weight, _ in rows},
            {feature: class_ for feature, _, class_ in rows if class_},
        )

    def text(self) -> str:
        """Tab-separated lines, in the order of the features' names."""
        lines = ["\t".join(_HEADER)]
        for feature, weight in sorted(self.weights.items()):
            lines.append(f"{feature}\t{weight:.3f}\t{self.classes.get(feature, '')}")
        return "\n".join(lines) + "\n"


def is_painful(group: str) -> bool:
    """Does this group of the lexicon speak against a passage?"""
    return group.partition(":")[0] in (*CLASSES, GRIEF)


def features_of_sign(sign: str, lexicon: Lexicon) -> Iterator[str]:
    """What a word of this sign adds to its passage."""
    if sign and not sign.startswith("~"):
        yield f"stem {sign}"
        groups = sorted(lexicon.groups.get(sign, ()))
        for group in groups:
            yield f"group {group}"
        levels = {group.partition(":")[2] for group in groups if is_painful(group)}
        if levels:
            yield f"level {min(levels)}"


def features_of_expression(name: str) -> Iterator[str]:
    """What an expression of this list adds to its passage."""
    yield f"expression {name}"
    if name != FIGURE:
        yield f"expression {PAINFUL}"
