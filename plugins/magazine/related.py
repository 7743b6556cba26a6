"""Related articles, from what they share: people, themes, section, and rare words of their titles.

An inverted index: each term with the articles that have it, newest first. An article is compared
with its neighbours in time on every list that it stands on, never with all others, so the work
is linear in the number of articles.
"""

import heapq
import math
from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import cast

import msgspec

from plugins.magazine.digest import digest_of_bytes
from plugins.magazine.document import Document
from plugins.magazine.graph import Article, Issue, grouped
from plugins.magazine.schema import ArticleFields
from plugins.press.making import map_forked

COUNT = 3
WINDOW = 30
"""How many neighbours on each side of a list are candidates."""

RARE = 12
"""A word that more articles have in their titles says little of each."""

_WEIGHTS = {"person": 2.0, "theme": 1.0, "word": 0.75, "section": 0.25}
_SAME_ISSUE = 2
"""Its issue's articles are already linked from the page: their scores are divided by this."""

NONE = -1
"""In the place of an article, where there are too few."""

_UNITS = 1_000_000
_BITS = 32
"""Scores are whole millionths, with the place of the article below: the newer of equals first."""

Term = tuple[str, str]


def terms_of(document: Document) -> tuple[Term, ...]:
    """What an article may share with others."""
    fields = cast("ArticleFields", document.fields)
    return (
        ("section", fields.section),
        *(("theme", theme) for theme in fields.themes),
        *(("person", person) for person in fields.people),
        *(("word", word) for word in document.outline.title_words),
    )


class Related:
    """The articles that each of a list of articles, newest first, leads on to.

    ``kept`` is what was ``encoded`` of an earlier list.
    """

    def __init__(self, articles: Sequence[Article], kept: bytes = b"") -> None:
        self._articles = articles
        self._terms = [terms_of(article.document) for article in articles]
        issues = [article.issue.url if article.issue else "" for article in articles]
        self._digest = digest_of_bytes(msgspec.msgpack.encode((self._terms, issues)))
        self._found = self._read(kept) or self._work_out()

    def give(self) -> None:
        """Give every article its related ones, best first."""
        for n, article in enumerate(self._articles):
            article.related = tuple(map(self._articles.__getitem__, self._of(n)))

    def stays(self, article: Article, now: Document) -> bool:
        """Whether all lead on to what they did, once this is the document of an article."""
        if terms_of(now) == terms_of(article.document):
            return True
        n = self._places[article]
        before, after = set(self._terms[n]), set(terms_of(now))
        touched = {n}.union(*(self._pass(term, n) for term in before ^ after))
        self._terms[n] = terms_of(now)
        return all(self._best(other) == self._of(other) for other in touched)

    def _pass(self, term: Term, n: int) -> set[int]:
        """Put an article on a list or take it off; those to whom the list says something else."""
        found = self._lists[term]
        touched = {*found} if self._counts(term) else set()
        if n in found:
            found.remove(n)
        else:
            insort(found, n)
        return {*touched, *found} if self._counts(term) else touched

    def _counts(self, term: Term) -> bool:
        return term[0] != "word" or len(self._lists[term]) <= RARE

    @property
    def encoded(self) -> bytes:
        """What was found, to be kept for a build of articles that share what these share."""
        return self._digest + self._found.tobytes()

    def _of(self, n: int) -> list[int]:
        return [m for m in self._found[COUNT * n : COUNT * (n + 1)] if m >= 0]

    def _read(self, kept: bytes) -> "array[int] | None":
        if not kept.startswith(self._digest):
            return None
        found = array("i")
        found.frombytes(kept.removeprefix(self._digest))
        return found if len(found) == COUNT * len(self._articles) else None

    @cached_property
    def _places(self) -> dict[Article, int]:
        return {article: n for n, article in enumerate(self._articles)}

    @cached_property
    def _lists(self) -> dict[Term, list[int]]:
        lists: defaultdict[Term, list[int]] = defaultdict(list)
        for n, terms in enumerate(self._terms):
            for term in dict.fromkeys(terms):
                lists[term].append(n)
        return lists

    @cached_property
    def _issues(self) -> dict[Issue | None, list[int]]:
        return grouped((article.issue, n) for n, article in enumerate(self._articles))

    def _work_out(self) -> "array[int]":
        _ = self._lists, self._issues  # before workers are forked, for all of them
        found = map_forked(self._best, range(len(self._articles)))
        return array("i", [m for best in found for m in (*best, *[NONE] * (COUNT - len(best)))])

    def _best(self, n: int) -> list[int]:
        """The places of the best, best first."""
        score = self._scores(n)
        issue = self._articles[n].issue
        for other in self._issues[issue] if issue else ():
            if other in score:
                score[other] //= _SAME_ISSUE
        last = (1 << _BITS) - 1
        best = heapq.nlargest(COUNT, ((s << _BITS) | (last - m) for m, s in score.items()))
        return [last - (number & last) for number in best]

    def _scores(self, n: int) -> dict[int, int]:
        """What an article has in common with its neighbours, without itself."""
        score: defaultdict[int, int] = defaultdict(int)
        for term in dict.fromkeys(self._terms[n]):
            if self._counts(term):
                found = self._lists[term]
                weight, at = self._weight(term[0], len(found)), bisect_left(found, n)
                for other in found[max(0, at - WINDOW) : at + WINDOW + 1]:
                    score[other] += weight
        score.pop(n, None)
        return score

    def _weight(self, kind: str, shared_by: int) -> int:
        """What few share says more: inverse document frequency, times the kind's weight."""
        rarity = math.log(1 + len(self._articles) / shared_by)
        return round(_UNITS * rarity * _WEIGHTS[kind])
