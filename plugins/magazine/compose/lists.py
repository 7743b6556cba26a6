"""Lists of articles: sections, themes, all of both, and the articles that belong to no issue."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer
from plugins.magazine.graph import Article, Node, Person, grouped
from plugins.magazine.page import Composed, FeedLink, Page
from plugins.magazine.page_views import ListView, ThemesView
from plugins.magazine.parts import Choice, Link, Pager
from plugins.magazine.schema import Entry, ResearchFields


@dataclass(frozen=True, slots=True)
class _List:
    kind: Literal["section", "theme", "articles"]
    title: str
    description: str
    url: str
    articles: Sequence[Article]
    siblings: tuple[Choice, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    people: Sequence[Person] = ()
    research: Sequence[Node[ResearchFields]] = ()
    themes: frozenset[str] = frozenset()


def list_pages(composer: Composer, cards: Cards) -> list[Page]:
    """Every section, every theme, the page of all of them, and the articles outside issues."""
    lists = [*_sections(composer), *_themes(composer), _standalone(composer)]
    pages = [page for found in lists for page in _pages(composer, cards, found)]
    return [_themes_page(composer), *pages]


def _themes_page(composer: Composer) -> Page:
    url, title = composer.settings.urls.themes, composer._("Thèmes")
    description = composer._("La revue par rubrique et par thème.")
    view = ThemesView(_section_choices(composer), _theme_choices(composer))

    def compose() -> Composed:
        trail = [Link(title, url)]
        return Composed(view, structured.listing_head(composer, title, description, url, trail))

    return Page(url, "themes.html", compose, says=(view,))


def _section_choices(composer: Composer, current: str = "") -> tuple[Choice, ...]:
    graph, urls = composer.graph, composer.settings.urls
    return tuple(
        Choice(
            s.name,
            urls.section.format(slug=s.slug),
            len(graph.by_section.get(s.slug, [])),
            s.slug == current,
        )
        for s in graph.taxonomy.sections.values()
    )


def _theme_choices(composer: Composer) -> tuple[Choice, ...]:
    graph, urls = composer.graph, composer.settings.urls
    return tuple(
        Choice(name, urls.theme.format(slug=slug), len(graph.by_theme.get(slug, [])), current=False)
        for slug, name in sorted(graph.taxonomy.themes.items())
    )


def _sections(composer: Composer) -> list[_List]:
    graph, urls = composer.graph, composer.settings.urls
    return [
        _List(
            "section",
            composer.text(s.name),
            composer.text(s.description),
            urls.section.format(slug=s.slug),
            graph.by_section.get(s.slug, []),
            _section_choices(composer, s.slug),
            composer.feeds(s.slug),
        )
        for s in graph.taxonomy.sections.values()
    ]


def _themes(composer: Composer) -> list[_List]:
    graph, urls = composer.graph, composer.settings.urls
    people = grouped((theme, p) for p in graph.people.values() for theme in p.fields.themes)
    research = grouped((theme, r) for r in graph.research for theme in r.fields.themes)
    return [
        _List(
            kind="theme",
            title=composer.text(name),
            description=composer._("Articles, biographies et recherches sur ce thème")
            + composer._("\u00a0: ")
            + f"{composer.text(name).lower()}.",
            url=urls.theme.format(slug=slug),
            articles=graph.by_theme.get(slug, []),
            people=people.get(slug, []),
            research=research.get(slug, []),
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
    modified = max((a.fields.date for a in found.articles), default=None)
    return [
        Page(
            at,
            "list.html",
            partial(_compose, composer, cards, found, at, pager, articles),
            shows=(*articles, *(_first_only(found) if pager.number == 1 else ())),
            says=(pager, found.siblings),
            themes=found.themes,
            placement="list",
            modified=modified,
        )
        for at, pager, articles in composer.pages_of(found.articles, found.url)
    ]


def _first_only(found: _List) -> Sequence[Node[Entry]]:
    """What stands on the first page of a list only."""
    return (*found.people, *found.research)


def _compose(  # noqa: PLR0913 (a list, and one page of it)
    composer: Composer,
    cards: Cards,
    found: _List,
    at: str,
    pager: Pager,
    articles: Sequence[Article],
) -> Composed:
    first = pager.number == 1
    view = ListView(
        kind=found.kind,
        title=found.title,
        description=found.description,
        articles=cards.list_articles(articles),
        people=tuple(map(cards.person, found.people)) if first else (),
        research=tuple(map(cards.research, found.research)) if first else (),
        pager=pager,
        feeds=tuple(Link(feed.title, feed.url) for feed in found.feeds),
        siblings=found.siblings,
    )
    trail = [Link(found.title, found.url)]
    if found.kind == "theme":
        trail.insert(0, Link(composer._("Thèmes"), composer.settings.urls.themes))
    head = structured.listing_head(composer, found.title, found.description, at, trail)
    head.feeds = (*head.feeds, *found.feeds)
    return Composed(view, head)
