"""Related articles, from what they share: people, themes, section, issue.

Each article is compared with its neighbours in time on every list that it stands on,
never with all others, so the work is linear in the number of articles.
"""

import math
from collections import Counter, defaultdict

from plugins.magazine.graph import Article, Graph

COUNT = 3
WINDOW = 30
"""How many neighbours on each side of a list are candidates."""

_PERSON_WEIGHT = 2.0
_SECTION_WEIGHT = 0.25
_SAME_ISSUE_PENALTY = 0.5
"""Its issue's articles are already linked from the page: others come first."""


def relate(graph: Graph) -> None:
    """Give every article its related ones, best first."""
    lists = _shared_lists(graph)
    scores: defaultdict[Article, Counter[Article]] = defaultdict(Counter)
    for (kind, _), articles in lists.items():
        weight = _weight(kind, len(articles), len(graph.articles))
        for n, article in enumerate(articles):
            for other in articles[max(0, n - WINDOW) : n + WINDOW + 1]:
                if other is not article:
                    scores[article][other] += weight  # type: ignore[assignment]
    for article in graph.articles:
        article.related = _best(article, scores[article])


def _shared_lists(graph: Graph) -> dict[tuple[str, str], list[Article]]:
    lists: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in graph.articles:
        fields = article.fields
        lists["section", fields.section].append(article)
        for theme in fields.themes:
            lists["theme", theme].append(article)
        for person in fields.people:
            lists["person", person].append(article)
    return lists


def _weight(kind: str, shared_by: int, total: int) -> float:
    """What few share says more: inverse document frequency, times the kind's weight."""
    rarity = math.log(1 + total / shared_by)
    return rarity * {"person": _PERSON_WEIGHT, "section": _SECTION_WEIGHT}.get(kind, 1.0)


def _best(article: Article, scores: "Counter[Article]") -> tuple[Article, ...]:
    def rank(other: Article) -> tuple[float, int, str]:
        same_issue = article.issue is not None and other.issue is article.issue
        score = scores[other] * (_SAME_ISSUE_PENALTY if same_issue else 1.0)
        return (-round(score, 6), -other.fields.date.toordinal(), other.slug)

    return tuple(sorted(scores, key=rank)[:COUNT])
