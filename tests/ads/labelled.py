"""The labelled set: extracts, briefs, and how well bookings are put in order for each extract.

Odd numbers tune, even numbers are only ever measured. To see where tuning stands, and what of it
goes wrong: ``python tests/ads/labelled.py``, which never looks at the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import yaml

from plugins.ads.flights import Flight
from plugins.ads.matching.briefs import Asked, Briefs
from plugins.ads.matching.choice import Chooser, Place
from plugins.ads.matching.texts import Text
from plugins.ads.matching.words import Vocabulary

FOLDER = Path(__file__).parent / "matching"
RELEVANT = 2
Part = Literal["tuning", "held"]


@dataclass(frozen=True)
class Extract:
    number: int
    themes: frozenset[str]
    text: str
    grades: Mapping[str, int]
    title: str


@dataclass(frozen=True)
class Measure:
    """Means over extracts. A first place is right when its grade is 2 or 3."""

    precision_at_1: float
    ndcg_at_3: float


def extracts(part: Part) -> list[Extract]:
    files = sorted(FOLDER.glob("extracts-*.yaml"))
    entries = [entry for file in files for entry in yaml.safe_load(file.read_text("utf-8"))]
    odd = 1 if part == "tuning" else 0
    return [
        Extract(
            e["number"], frozenset(e["themes"]), e["text"], e["grades"], e["title"],
        )
        for e in entries
        if e["number"] % 2 == odd
    ]  # fmt: skip


def briefs() -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load((FOLDER / "briefs.yaml").read_text("utf-8"))
    return written


class Ranking:
    """Bookings in order for an extract: as a page of the magazine, or by its words alone."""

    def __init__(self, *, themes: bool) -> None:
        written = briefs()
        self.slugs = list(written)
        self._vocabulary = Vocabulary()
        self.briefs = Briefs([b["brief"] for b in written.values()], self._vocabulary)
        flights = [
            _flight(slug, b["themes"] if themes else (), b["brief"]) for slug, b in written.items()
        ]
        self._chooser = Chooser(flights, lambda _flight: True)

    def asked(self, extract: Extract) -> Asked:
        read = self._vocabulary.read
        return self.briefs.asked(Text(read(extract.title), read(extract.text)).weighted)

    def scores(self, extract: Extract) -> dict[str, float]:
        words = self.briefs.weigh(self.asked(extract))
        place = Place("article", "public", extract.themes)
        (suiting,) = self._chooser.suiting(place, sensitive=False)
        return {self.slugs[n]: score + words[n] for n, score in suiting.themes.items()}

    def order(self, extract: Extract) -> list[str]:
        scores = self.scores(extract)
        return sorted(scores, key=lambda slug: (-scores[slug], slug))


def _flight(slug: str, themes: Sequence[str], brief: str) -> Flight:
    fields: Any = SimpleNamespace(
        placements=("article",), events=(), subscribers=True, excluded_themes=(), type="paid",
        themes=tuple(themes), goal=1000,
    )  # fmt: skip
    return Flight(slug, fields, brief, "approved")


def measure(part: Part, *, themes: bool) -> Measure:
    ranking, found = Ranking(themes=themes), extracts(part)
    grades = [[e.grades.get(slug, 0) for slug in ranking.order(e)] for e in found]
    first = sum(g[:1] >= [RELEVANT] for g in grades) / len(found)
    best = [sorted(e.grades.values(), reverse=True) for e in found]
    gained = sum(_gain(g) / _gain(b) for g, b in zip(grades, best, strict=True)) / len(found)
    return Measure(first, gained)


def _gain(grades: Sequence[int]) -> float:
    """Discounted cumulative gain at 3 (Järvelin and Kekäläinen 2002, gains 2^grade - 1)."""
    return float(sum((2**grade - 1) / log2(n + 2) for n, grade in enumerate(grades[:3])))


def main() -> None:
    for themes in (True, False):
        print("themes and words" if themes else "words alone", measure("tuning", themes=themes))
        ranking = Ranking(themes=themes)
        for e in extracts("tuning"):
            first = ranking.order(e)[:3]
            if e.grades.get(first[0], 0) < RELEVANT:
                asked, scores = ranking.asked(e), ranking.scores(e)
                wanted = max(e.grades, key=lambda slug: e.grades[slug])
                print(f"  {e.number} {e.title}")
                for slug in dict.fromkeys((first[0], wanted)):
                    n = ranking.slugs.index(slug)
                    signs = ranking.briefs.words_shared(n, asked)
                    signs += ranking.briefs.subjects_shared(n, asked)
                    said = ", ".join(f"{name} {score:.2f}" for name, score in signs[:9])
                    print(f"    {slug} {scores.get(slug, -1):.2f} {e.grades.get(slug, 0)} {said}")


if __name__ == "__main__":
    main()
