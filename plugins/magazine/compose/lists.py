"""Lists of articles: sections, themes, and the articles that belong to no issue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer
from plugins.magazine.graph import Article
from plugins.magazine.page import FeedLink, Page
from plugins.magazine.page_views import ListView
from plugins.magazine.parts import Choice, Link, PersonCard, ResearchCard


@dataclass(frozen=True, slots=True)
class _List:
    kind: Literal["section", "theme", "articles"]
    title: str
    description: str
    url: str
    articles: Sequence[Article]
    siblings: tuple[Choice, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    people: tuple[PersonCard, ...] = ()
    research: tuple[ResearchCard, ...] = ()
    themes: frozenset[str] = frozenset()


def list_pages(composer: Composer, cards: Cards) -> list[Page]:
    """Every section, every theme in use, and the articles outside issues."""
    lists = [*_sections(composer), *_themes(composer, cards), _standalone(composer)]
    return [page for found in lists for page in _pages(composer, cards, found)]


def _sections(composer: Composer) -> list[_List]:
    graph, urls = composer.graph, composer.settings.urls
    sections = graph.taxonomy.sections.values()

    def siblings(current: str) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                s.name,
                urls.section.format(slug=s.slug),
                len(graph.by_section.get(s.slug, [])),
                s.slug == current,
            )
            for s in sections
        )

    return [
        _List(
            "section",
            composer.text(s.name),
            composer.text(s.description),
            urls.section.format(slug=s.slug),
            graph.by_section.get(s.slug, []),
            siblings(s.slug),
            composer.feeds(s.slug),
        )
        for s in sections
    ]


def _themes(composer: Composer, cards: Cards) -> list[_List]:
    graph, urls = composer.graph, composer.settings.urls
    people = [p for p in graph.people.values() if p.fields.themes]
    return [
        _List(
            kind="theme",
            title=composer.text(name),
            description=composer._("Articles, biographies et recherches sur ce thème")
            + composer._("\u00a0: ")
            + f"{composer.text(name).lower()}.",
            url=urls.theme.format(slug=slug),
            articles=graph.by_theme.get(slug, []),
            people=tuple(cards.people[p.slug] for p in people if slug in p.fields.themes),
            research=tuple(cards.research(r) for r in graph.research if slug in r.fields.themes),
            themes=frozenset({slug}),
        )
        for slug, name in graph.taxonomy.themes.items()
    ]


def _standalone(composer: Composer) -> _List:
    return _List(
        kind="articles",
        title=composer._("Articles"),
        description=composer._("Les articles parus entre deux numéros."),
        url=composer.settings.urls.articles,
        articles=[a for a in composer.graph.articles if a.issue is None],
    )


def _pages(composer: Composer, cards: Cards, found: _List) -> list[Page]:
    pages = []
    articles = cards.list_articles(found.articles)
    for at, pager, items in composer.pages_of(articles, found.url):
        first = pager.number == 1
        view = ListView(
            kind=found.kind,
            title=found.title,
            description=found.description,
            articles=tuple(items),
            people=found.people if first else (),
            research=found.research if first else (),
            pager=pager,
            feeds=tuple(Link(feed.title, feed.url) for feed in found.feeds),
            siblings=found.siblings,
        )
        head = composer.head(found.title, found.description, at, [Link(found.title, found.url)])
        head.feeds = (*head.feeds, *found.feeds)
        head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
        modified = max((a.fields.date for a in found.articles), default=None)
        pages.append(
            Page(
                at,
                "list.html",
                view,
                head,
                themes=found.themes,
                placement="list",
                modified=modified,
            )
        )
    return pages
