"""The front page: the current issue, a lead, then bands that differ in form."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards, is_over
from plugins.magazine.compose.composer import Composer
from plugins.magazine.graph import Article, Graph, Issue, Node, Person
from plugins.magazine.page import Card, Composed, Page
from plugins.magazine.page_views import HomeView
from plugins.magazine.schema import EventFields, NominationFields, ResearchFields

CONTENTS, LATEST, PORTRAITS = 3, 6, 6
RESEARCH, NOMINATIONS, EVENTS, ARCHIVE = 3, 8, 3, 4


@dataclass(frozen=True)
class _Front:
    """What the front page shows."""

    issue: Issue | None
    lead: Article | None
    contents: list[Article]
    latest: list[Article]
    portraits: list[Person]
    research: list[Node[ResearchFields]]
    nominations: list[Node[NominationFields]]
    events: list[Node[EventFields]]
    archive: list[Issue]

    @property
    def articles(self) -> list[Article]:
        return [a for a in (self.lead, *self.contents, *self.latest) if a]

    @property
    def nodes(self) -> Iterator[Node[Any]]:
        yield from filter(None, [self.issue])
        for shown in (
            self.articles, self.portraits, self.research, self.nominations, self.events,
            self.archive,
        ):  # fmt: skip
            yield from shown


def home_page(composer: Composer, cards: Cards) -> Page:
    """The front page."""
    graph, settings, front = composer.graph, composer.settings, _chosen(composer)

    def compose() -> Composed:
        head = composer.head("", settings.description, settings.urls.home)
        head.json_ld = structured.website(composer)
        return Composed(_view(front, cards), head)

    return Page(
        url=settings.urls.home,
        template="home.html",
        compose=compose,
        shows=tuple(front.nodes),
        says=(front.lead and front.lead.url, len(front.contents), len(front.latest)),
        themes=frozenset(theme for article in front.articles for theme in article.fields.themes),
        placement="home",
        card=lambda: Card("site", "", settings.name, settings.tagline, None),
        modified=max((a.fields.date for a in graph.articles), default=None),
    )


def _chosen(composer: Composer) -> _Front:
    graph = composer.graph
    issue = graph.issues[0] if graph.issues else None
    lead = (issue.lead if issue else None) or next(iter(graph.articles), None)
    others = (a for a in graph.articles if a is not lead and (not issue or a.issue is not issue))
    return _Front(
        issue=issue,
        lead=lead,
        contents=[a for a in issue.articles if a is not lead][:CONTENTS] if issue else [],
        latest=list(islice(others, LATEST)),
        portraits=_portraits(graph),
        research=graph.research[:RESEARCH],
        nominations=graph.nominations[:NOMINATIONS],
        events=_coming(composer),
        archive=graph.issues[1 : 1 + ARCHIVE],
    )


def _view(front: _Front, cards: Cards) -> HomeView:
    return HomeView(
        issue=cards.issue(front.issue) if front.issue else None,
        contents=cards.list_articles(front.contents),
        lead=cards.article(front.lead) if front.lead else None,
        latest=cards.list_articles(front.latest),
        portraits=tuple(map(cards.person, front.portraits)),
        research=tuple(map(cards.research, front.research)),
        nominations=tuple(map(cards.nomination, front.nominations)),
        events=tuple(map(cards.event, front.events)),
        archive=tuple(map(cards.issue, front.archive)),
    )


def _portraits(graph: Graph) -> list[Person]:
    """Those whom the newest articles are about, then the others by name."""
    named = [slug for article in graph.articles for slug in article.fields.people]
    ordered = dict.fromkeys([*named, *sorted(graph.people)])
    people = [graph.people[slug] for slug in ordered]
    return [p for p in people if not p.fields.collective][:PORTRAITS]


def _coming(composer: Composer) -> list[Node[EventFields]]:
    events = reversed(composer.graph.events)
    return list(islice((e for e in events if not is_over(e, composer.now)), EVENTS))
