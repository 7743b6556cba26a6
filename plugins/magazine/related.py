"""Related articles, from what they share: people, themes, section, and rare words of their titles.

An inverted index: each term with the articles that have it, newest first. An article is compared
with its neighbours in time on every list that it stands on, never with all others, so the work
is linear in the number of articles.
"""

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence

from plugins.magazine.digest import digest_of
from plugins.magazine.graph import Article

COUNT = 3
WINDOW = 30
"""How many neighbours on each side of a list are candidates."""

RARE = 12
"""A word that more articles have in their titles says little of each."""

_WEIGHTS = {"person": 2.0, "theme": 1.0, "word": 0.75, "section": 0.25}
_SAME_ISSUE = 2
"""Its issue's articles are already linked from the page: their scores are divided by this."""

_UNITS = 1_000_000
_BITS = 32
"""Scores are whole millionths, with the place of the article below: the newer of equals first."""

Term = tuple[str, str]


def terms_of(article: Article) -> tuple[Term, ...]:
    """What an article may share with others."""
    fields = article.fields
    return (
        ("section", fields.section),
        *(("theme", theme) for theme in fields.themes),
        *(("person", person) for person in fields.people),
        *(("word", word) for word in article.outline.title_words),
    )


class Related:
    """The articles that each of a list of articles, newest first, leads on to."""

    def __init__(self, articles: Sequence[Article], kept: bytes = b"") -> None:
        self._articles = articles
        self._issues: dict[str, list[int]] = {}
        self._terms = [terms_of(article) for article in articles]
        self.digest = digest_of(
            self._terms, [article.issue and article.issue.url for article in articles]
        )
        self._lists = self._indexed()
        self._found = self._read(kept) or self._work_out()

    def give(self) -> None:
        """Give every article its related ones, best first."""
        for n, article in enumerate(self._articles):
            found = self._found[COUNT * n : COUNT * (n + 1)]
            article.related = tuple(self._articles[other] for other in found if other >= 0)

    @property
    def encoded(self) -> bytes:
        """What was found, to be kept for a build of articles that share what these share."""
        return self.digest + self._found.tobytes()

    def _read(self, kept: bytes) -> "array[int] | None":
        if not kept.startswith(self.digest):
            return None
        found = array("i")
        found.frombytes(kept.removeprefix(self.digest))
        return found if len(found) == COUNT * len(self._articles) else None

    def _indexed(self) -> dict[Term, list[int]]:
        lists: defaultdict[Term, list[int]] = defaultdict(list)
        for n, terms in enumerate(self._terms):
            for term in terms:
                lists[term].append(n)
        return {t: found for t, found in lists.items() if t[0] != "word" or len(found) <= RARE}

    def _work_out(self) -> "array[int]":
        scores: list[defaultdict[int, int]] = [defaultdict(int) for _ in self._articles]
        for (kind, _), found in self._lists.items():
            weight = self._weight(kind, len(found))
            for at, n in enumerate(found):
                score = scores[n]
                for other in found[max(0, at - WINDOW) : at + WINDOW + 1]:
                    score[other] += weight
        return array("i", [m for n, score in enumerate(scores) for m in self._best(n, score)])

    def _weight(self, kind: str, shared_by: int) -> int:
        """What few share says more: inverse document frequency, times the kind's weight."""
        rarity = math.log(1 + len(self._articles) / shared_by)
        return round(_UNITS * rarity * _WEIGHTS[kind])

    def _best(self, n: int, score: dict[int, int]) -> Iterator[int]:
        """The places of the best, -1 where there are too few."""
        score.pop(n, None)
        issue = self._articles[n].issue
        if issue is not None:
            for other in self._of_issue(issue.url):
                if other in score:
                    score[other] //= _SAME_ISSUE
        last = (1 << _BITS) - 1
        best = heapq.nlargest(COUNT, ((s << _BITS) | (last - m) for m, s in score.items()))
        yield from (last - (number & last) for number in best)
        yield from [-1] * (COUNT - len(best))

    def _of_issue(self, url: str) -> list[int]:
        if not self._issues:
            for n, article in enumerate(self._articles):
                if article.issue is not None:
                    self._issues.setdefault(article.issue.url, []).append(n)
        return self._issues[url]
