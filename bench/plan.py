"""What a generated magazine of N articles holds: who wrote what, when, in which issue."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import yaml

from bench.cast import Cast, gather_cast
from bench.vocabulary import vocabulary
from plugins.magazine.anchors import anchor

CLOCK = date(2026, 11, 22)
"""The day for which everything is written, and at which benchmarks build."""

PER_ISSUE = 25
LOOSE_EVERY = 50
"""One article in fifty appears between two issues."""

GATED_SHARE = 0.3
TAXONOMY = Path(__file__).with_name("taxonomy.yaml")


def dice(*names: object) -> Random:
    """Chance that is the same every time, for one thing and nothing else."""
    return Random(" ".join(map(str, names)))  # noqa: S311 (nothing secret)


@dataclass(frozen=True, slots=True)
class IssuePlan:
    """An issue; ``number`` counts from 1, the oldest first."""

    number: int
    slug: str
    title: str
    published: date
    access: str
    opens: date | None


@dataclass(frozen=True, slots=True)
class ArticlePlan:
    """An article; ``number`` counts from 0, the oldest first."""

    number: int
    slug: str
    title: str
    published: date
    issue: IssuePlan | None
    section: str
    themes: tuple[str, ...]
    authors: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its address, by the default settings."""
        return (
            f"/numeros/{self.issue.slug}/{self.slug}/" if self.issue else f"/articles/{self.slug}/"
        )

    @property
    def path(self) -> Path:
        """Its file below the content folder."""
        folder = f"issues/{self.issue.slug}" if self.issue else f"articles/{self.published.year}"
        return Path(folder) / f"{self.slug}.md"


@dataclass(frozen=True)
class Plan:
    """A magazine before any text is written."""

    cast: Cast
    issues: tuple[IssuePlan, ...]
    articles: tuple[ArticlePlan, ...]


@cache
def taxonomy() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Slugs of the sections and of the themes."""
    lists = yaml.safe_load(TAXONOMY.read_text("utf-8"))
    return tuple(lists["sections"]), tuple(lists["themes"])


def plan_magazine(articles: int) -> Plan:
    """Plan a magazine; a larger one is not a smaller one continued."""
    cast = gather_cast(articles)
    count = -(-articles // PER_ISSUE)
    issues = tuple(_issue(number, count) for number in range(1, count + 1))
    planned = tuple(
        _article(number, issues[number // PER_ISSUE], cast) for number in range(articles)
    )
    return Plan(cast, issues, planned)


def _issue(number: int, count: int) -> IssuePlan:
    rng = dice("issue", number)
    title = vocabulary().phrase(rng, 2, 4)
    months = CLOCK.year * 12 + CLOCK.month - 1 - (count - number)
    gated = number > count - round(count * GATED_SHARE)
    return IssuePlan(
        number=number,
        slug=f"{number}-{anchor(title)}",
        title=title,
        published=date(months // 12, months % 12 + 1, 1),
        access="subscriber" if gated else "public",
        opens=_opens(number) if gated else None,
    )


def _opens(number: int) -> date | None:
    """Of five gated issues, one is open already, one will be, three stay closed."""
    return {3: date(2026, 6, 1), 4: date(2027, 6, 1)}.get(number % 5)


def _article(number: int, issue: IssuePlan, cast: Cast) -> ArticlePlan:
    rng = dice("article", number)
    title = vocabulary().phrase(rng, 3, 7)
    sections, themes = taxonomy()
    loose = number % LOOSE_EVERY == LOOSE_EVERY - 1
    return ArticlePlan(
        number=number,
        slug=f"{anchor(title)}-{number}",
        title=title,
        published=issue.published.replace(day=1 + number % 20 if loose else 1),
        issue=None if loose else issue,
        section=rng.choice(sections),
        themes=tuple(rng.sample(themes, rng.randint(1, 3))),
        authors=tuple(cast.draw_authors(rng)),
        people=tuple(cast.draw_subjects(rng)),
    )
