"""Research successes, the calendar, plain pages, search, and the notices."""

from plugins.magazine.body import LONG_WORDS
from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer
from plugins.magazine.compose.weave import weave
from plugins.magazine.graph import Article, Node
from plugins.magazine.page import Card, Page, SearchRecord
from plugins.magazine.page_views import (
    EventsView,
    EventView,
    NoticeView,
    PageView,
    ResearchIndexView,
    ResearchView,
    SearchView,
)
from plugins.magazine.parts import Link, ResearchCard
from plugins.magazine.schema import EventFields, PageFields, ResearchFields

__all__ = ["event_pages", "notice_pages", "plain_pages", "research_pages", "search_page"]

SEARCH_FILTERS = ("kind", "section", "theme", "issue", "class_year")
RELATED = 3


def research_pages(composer: Composer, cards: Cards) -> list[Page]:
    """The index of research successes and one page each."""
    url, title = composer.settings.urls.research_index, composer._("Recherche")
    description = composer._("Ce que des anciens élèves ont trouvé, et où cela a mené.")
    items = [cards.research(node) for node in composer.graph.research]
    pages = []
    for at, pager, shown in composer.pages_of(items, url):
        head = composer.head(title, description, at, [Link(title, url)])
        head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
        view = ResearchIndexView(tuple(shown), pager)
        pages.append(Page(at, "research_index.html", view, head, placement="list"))
    return [*pages, *(_research(composer, cards, node) for node in composer.graph.research)]


def _research(composer: Composer, cards: Cards, node: Node[ResearchFields]) -> Page:
    fields, card = node.fields, cards.research(node)
    view = ResearchView(
        card=card,
        doi=fields.doi or "",
        award=composer.text(fields.award),
        themes=composer.themes(fields.themes),
        picture=composer.picture(node, fields.image),
        body=weave(composer, node, node.body.full),
        people=tuple(cards.people[slug] for slug in fields.people),
        sources=composer.references(fields.sources),
        related=cards.list_articles(_related(composer, node)),
    )
    title, about = composer.text(fields.title), composer.text(fields.standfirst)
    index = Link(composer._("Recherche"), composer.settings.urls.research_index)
    trail = [index, Link(title, node.url)]
    head = composer.head(title, about, node.url, trail, drawn=True)
    head.og_type = "article"
    head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
    return Page(
        url=node.url,
        template="research.html",
        view=view,
        head=head,
        themes=frozenset(fields.themes),
        placement="article",
        card=Card("article", index.title, title, card.laboratory, None),
        search=_research_record(composer, node, card),
    )


def _research_record(
    composer: Composer, node: Node[ResearchFields], card: ResearchCard
) -> SearchRecord:
    fields = node.fields
    title, about = composer.text(fields.title), composer.text(fields.standfirst)
    return SearchRecord(
        title=title,
        text=f"{title}. {about} {node.body.text}",
        kind=composer._("Recherche"),
        sort_date=fields.date.first.isoformat(),
        meta={
            "standfirst": about,
            "byline": card.laboratory,
            "date": composer.words.partial(fields.date).striptags(),
        },
        filters={
            "theme": tuple(theme.title for theme in composer.themes(fields.themes)),
            "class_year": tuple(str(p.class_year) for p in card.people if p.class_year),
        },
    )


def _related(composer: Composer, node: Node[ResearchFields]) -> list[Article]:
    """Articles about the same people, then on the same themes; newest first in each."""
    graph, fields = composer.graph, node.fields
    same_people = [a for slug in fields.people for a in graph.people[slug].about]
    same_theme = [a for theme in fields.themes for a in graph.by_theme.get(theme, [])[:RELATED]]
    return list(dict.fromkeys([*same_people, *same_theme]))[:RELATED]


def event_pages(composer: Composer, cards: Cards) -> list[Page]:
    """The calendar and one page an event."""
    url, title = composer.settings.urls.events, composer._("Agenda")
    description = composer._("Rendez-vous à venir et passés.")
    events = composer.graph.events
    over = {e: (e.fields.end or e.fields.start).is_over(composer.now) for e in events}
    coming = tuple(cards.event(e) for e in reversed(events) if not over[e])
    past = [cards.event(e) for e in events if over[e]]
    pages = []
    for at, pager, shown in composer.pages_of(past, url):
        view = EventsView(coming if pager.number == 1 else (), tuple(shown), pager)
        head = composer.head(title, description, at, [Link(title, url)])
        head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
        pages.append(Page(at, "events.html", view, head, placement="list"))
    return [*pages, *(_event(composer, cards, node) for node in events)]


def _event(composer: Composer, cards: Cards, node: Node[EventFields]) -> Page:
    fields, card = node.fields, cards.event(node)
    body = weave(composer, node, node.body.full)
    view = EventView(
        card, body, composer.themes(fields.themes), composer.references(fields.sources)
    )
    index = Link(composer._("Agenda"), composer.settings.urls.events)
    trail = [index, Link(card.title, node.url)]
    head = composer.head(card.title, card.description, node.url, trail)
    head.json_ld = structured.event(composer, card, head)
    return Page(
        url=node.url,
        template="event.html",
        view=view,
        head=head,
        themes=frozenset(fields.themes),
        search=SearchRecord(
            title=card.title,
            text=f"{card.title}. {card.description} {card.place} {card.city} {node.body.text}",
            kind=index.title,
            sort_date=fields.start.day.isoformat(),
            meta={
                "standfirst": card.description,
                "byline": card.group,
                "date": composer.words.event_dates(card).striptags(),
            },
            filters={"theme": tuple(theme.title for theme in view.themes)},
        ),
    )


def plain_pages(composer: Composer) -> list[Page]:
    """About, legal notice, privacy, subscribe."""
    return [_plain(composer, node) for node in composer.graph.pages]


def _plain(composer: Composer, node: Node[PageFields]) -> Page:
    title, description = (composer.text(t) for t in (node.fields.title, node.fields.description))
    headings = node.body.headings if node.body.words >= LONG_WORDS else ()
    view = PageView(title, description, weave(composer, node, node.body.full), headings)
    head = composer.head(title, description, node.url, [Link(title, node.url)])
    head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
    record = SearchRecord(
        title=title,
        text=f"{title}. {description} {node.body.text}",
        kind=composer._("Pages"),
        sort_date="",
        meta={"standfirst": description},
        filters={},
    )
    return Page(node.url, "page.html", view, head, search=record)


def search_page(composer: Composer) -> Page:
    """The search page; without JavaScript it leads to the archive."""
    url, title = composer.settings.urls.search, composer._("Rechercher")
    description = composer._("Chercher dans les articles, les biographies et les recherches.")
    head = composer.head(title, description, url, [Link(title, url)])
    return Page(url, "search.html", SearchView(SEARCH_FILTERS), head)


def notice_pages(composer: Composer, cards: Cards) -> list[Page]:
    """404, how to open a gated issue by a link, and a link that has expired."""
    urls, issues = composer.settings.urls, composer.graph.issues
    current = cards.issues[issues[0]] if issues else None
    notices = (
        (urls.not_found, "not-found", composer._("Page introuvable")),
        (urls.access, "access", composer._("Lien d’accès")),
        (urls.expired, "expired", composer._("Lien expiré")),
    )
    pages = []
    for url, kind, title in notices:
        head = composer.head(title, "", url)
        head.robots = "noindex"
        view = NoticeView(kind, current)  # type: ignore[arg-type]
        pages.append(Page(url, "notice.html", view, head, listed=False))
    return pages
