"""The people of a generated magazine: names, class years, lives."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

import yaml

from plugins.magazine.anchors import anchor

PEOPLE_SHARE = 0.15
"""3,000 people for 20,000 articles."""

AUTHORS = 200

NAMES = Path(__file__).with_name("names.yaml")


@dataclass(frozen=True, slots=True)
class Person:
    """One person. ``born`` is a year."""

    number: int
    slug: str
    first_name: str
    last_name: str
    class_year: int
    born: int

    @property
    def name(self) -> str:
        """As in a signature."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Cast:
    """Everybody, authors first; the first names of both lists come up most often."""

    people: tuple[Person, ...]
    authors: int

    def draw_authors(self, rng: Random) -> list[str]:
        """One author, seldom two."""
        count = 2 if rng.random() < 0.15 else 1
        return self._draw(rng, self.authors, count)

    def draw_subjects(self, rng: Random) -> list[str]:
        """Up to three people that a text is about; four texts in ten are about none."""
        return self._draw(rng, len(self.people), rng.choice((0, 0, 1, 1, 2, 3, 0, 1, 0, 2)))

    def _draw(self, rng: Random, among: int, count: int) -> list[str]:
        drawn = rng.choices(self.people[:among], cum_weights=_sums(among), k=count)
        return list(dict.fromkeys(person.slug for person in drawn))


@cache
def _sums(count: int) -> tuple[float, ...]:
    """Running sums of weights that fall with the rank, gently: nobody signs everything."""
    return tuple(accumulate(1 / (rank + count / 10 + 1) for rank in range(count)))


@cache
def _names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(NAMES.read_text("utf-8"))
    return found


def gather_cast(articles: int) -> Cast:
    """Enough people for a number of articles."""
    count = max(8, round(articles * PEOPLE_SHARE))
    taken: dict[str, int] = {}
    people = tuple(_person(number, taken) for number in range(count))
    return Cast(people, min(AUTHORS, count))


def _person(number: int, taken: dict[str, int]) -> Person:
    rng = Random(f"person {number}")  # noqa: S311 (a benchmark's, the same every time)
    names = _names()
    first = rng.choice(names["first_names"])
    last = "".join(rng.choice(names[part]) for part in ("heads", "middles", "tails"))
    slug = anchor(f"{first} {last}")
    taken[slug] = taken.get(slug, 0) + 1
    if taken[slug] > 1:
        slug = f"{slug}-{taken[slug]}"
    class_year = rng.randint(1795, 2005)
    return Person(number, slug, first, last, class_year, class_year - rng.randint(18, 22))
