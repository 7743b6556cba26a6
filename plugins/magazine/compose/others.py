"""Research successes, the calendar, plain pages, search, and the notices."""

from collections.abc import Sequence
from functools import partial

from plugins.magazine.body import LONG_WORDS
from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards, is_over
from plugins.magazine.compose.composer import Composer
from plugins.magazine.compose.weave import weave
from plugins.magazine.graph import Article, Node
from plugins.magazine.media_kit import ADVERTISERS, MediaKit, media_kit
from plugins.magazine.page import Card, Composed, Page, SearchRecord
from plugins.magazine.page_views import (
    EventsView,
    EventView,
    NoticeKind,
    NoticeView,
    PageView,
    ResearchIndexView,
    ResearchView,
    SearchView,
)
from plugins.magazine.parts import Link, Pager, ResearchCard
from plugins.magazine.schema import EventFields, PageFields, ResearchFields

__all__ = ["event_pages", "notice_pages", "plain_pages", "research_pages", "search_page"]

SEARCH_FILTERS = ("kind", "section", "theme", "issue", "class_year")
RELATED = 3
Events = Sequence[Node[EventFields]]


def research_pages(composer: Composer, cards: Cards) -> list[Page]:
    """The index of research successes and one page each."""
    url, title = composer.settings.urls.research_index, composer._("Recherche")
    description = composer._("Ce que des anciens élèves ont trouvé, et où cela a mené.")

    def compose(at: str, pager: Pager, shown: Sequence[Node[ResearchFields]]) -> Composed:
        head = structured.listing_head(composer, title, description, at, [Link(title, url)])
        return Composed(ResearchIndexView(tuple(map(cards.research, shown)), pager), head)

    pages = [
        Page(
            at,
            "research_index.html",
            partial(compose, at, pager, shown),
            shows=tuple(shown),
            says=(pager,),
            placement="list",
        )
        for at, pager, shown in composer.pages_of(composer.graph.research, url)
    ]
    return [*pages, *(_research(composer, cards, node) for node in composer.graph.research)]


def _research(composer: Composer, cards: Cards, node: Node[ResearchFields]) -> Page:
    fields = node.fields
    people = tuple(composer.graph.people[slug] for slug in fields.people)
    related = _related(composer, node)
    return Page(
        url=node.url,
        template="research.html",
        compose=partial(_compose_research, composer, cards, node, related),
        about=node,
        shows=(*people, *related),
        themes=frozenset(fields.themes),
        placement="article",
        card=partial(_research_card, composer, cards, node),
        search=lambda _page: _research_record(composer, node, cards.research(node)),
        search_date=fields.date.first.isoformat(),
        search_says=cards.said_of(fields.people),
    )


def _research_card(composer: Composer, cards: Cards, node: Node[ResearchFields]) -> Card:
    laboratory = cards.research(node).laboratory
    title = composer.text(node.fields.title)
    return Card("article", composer._("Recherche"), title, laboratory, None)


def _compose_research(
    composer: Composer, cards: Cards, node: Node[ResearchFields], related: list[Article]
) -> Composed:
    fields, card = node.fields, cards.research(node)
    view = ResearchView(
        card=card,
        doi=fields.doi or "",
        award=composer.text(fields.award),
        themes=composer.themes(fields.themes),
        picture=composer.picture(node, fields.image),
        body=weave(composer, node, node.body.full),
        people=cards.people(fields.people),
        sources=composer.references(fields.sources),
        related=cards.list_articles(related),
    )
    title, about = composer.text(fields.title), composer.text(fields.standfirst)
    index = Link(composer._("Recherche"), composer.settings.urls.research_index)
    trail = [index, Link(title, node.url)]
    head = composer.head(title, about, node.url, trail, drawn=True)
    head.og_type = "article"
    head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
    return Composed(view, head)


def _research_record(
    composer: Composer, node: Node[ResearchFields], card: ResearchCard
) -> SearchRecord:
    fields = node.fields
    title, about = composer.text(fields.title), composer.text(fields.standfirst)
    return SearchRecord(
        title=title,
        text=f"{about} {node.body.text}",
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
    coming = [e for e in reversed(events) if not is_over(e, composer.now)]
    past = [e for e in events if is_over(e, composer.now)]

    def compose(at: str, pager: Pager, first: Events, then: Events) -> Composed:
        view = EventsView(tuple(map(cards.event, first)), tuple(map(cards.event, then)), pager)
        return Composed(
            view, structured.listing_head(composer, title, description, at, [Link(title, url)])
        )

    pages = []
    for at, pager, shown in composer.pages_of(past, url):
        first = coming if pager.number == 1 else []
        made = partial(compose, at, pager, first, shown)
        says = (pager, len(first))
        page = Page(at, "events.html", made, shows=(*first, *shown), says=says, placement="list")
        pages.append(page)
    return [*pages, *(_event(composer, cards, node) for node in events)]


def _event(composer: Composer, cards: Cards, node: Node[EventFields]) -> Page:
    return Page(
        url=node.url,
        template="event.html",
        compose=partial(_compose_event, composer, cards, node),
        about=node,
        themes=frozenset(node.fields.themes),
        placement="event",
        search=lambda _page: _event_record(composer, cards, node),
        search_date=node.fields.start.day.isoformat(),
    )


def _compose_event(composer: Composer, cards: Cards, node: Node[EventFields]) -> Composed:
    fields, card = node.fields, cards.event(node)
    body = weave(composer, node, node.body.full)
    view = EventView(
        card, body, composer.themes(fields.themes), composer.references(fields.sources)
    )
    index = Link(composer._("Agenda"), composer.settings.urls.events)
    trail = [index, Link(card.title, node.url)]
    head = composer.head(card.title, card.description, node.url, trail)
    head.json_ld = structured.event(composer, card, head)
    return Composed(view, head)


def _event_record(composer: Composer, cards: Cards, node: Node[EventFields]) -> SearchRecord:
    fields, card = node.fields, cards.event(node)
    return SearchRecord(
        title=card.title,
        text=f"{card.description} {card.place} {card.city} {node.body.text}",
        kind=composer._("Agenda"),
        sort_date=fields.start.day.isoformat(),
        meta={
            "standfirst": card.description,
            "byline": card.group,
            "date": composer.words.event_dates(card).striptags(),
        },
        filters={"theme": tuple(theme.title for theme in composer.themes(fields.themes))},
    )


def plain_pages(composer: Composer) -> list[Page]:
    """About, legal notice, privacy, subscribe."""
    return [_plain(composer, node) for node in composer.graph.pages]


def _plain(composer: Composer, node: Node[PageFields]) -> Page:
    kit = media_kit(composer.graph, composer.media) if node.slug == ADVERTISERS else None
    return Page(
        node.url,
        "page.html",
        partial(_compose_plain, composer, node, kit),
        about=node,
        says=(kit,),
        search=lambda _page: _plain_record(composer, node),
    )


def _compose_plain(composer: Composer, node: Node[PageFields], kit: MediaKit | None) -> Composed:
    title, description = (composer.text(t) for t in (node.fields.title, node.fields.description))
    headings = node.body.headings if node.body.words >= LONG_WORDS else ()
    view = PageView(title, description, weave(composer, node, node.body.full), headings, kit)
    trail = [Link(title, node.url)]
    return Composed(view, structured.listing_head(composer, title, description, node.url, trail))


def _plain_record(composer: Composer, node: Node[PageFields]) -> SearchRecord:
    title, description = (composer.text(t) for t in (node.fields.title, node.fields.description))
    return SearchRecord(
        title=title,
        text=f"{description} {node.body.text}",
        kind=composer._("Pages"),
        sort_date="",
        meta={"standfirst": description},
        filters={},
    )


def search_page(composer: Composer) -> Page:
    """The search page; without JavaScript it leads to the archive."""
    url, title = composer.settings.urls.search, composer._("Rechercher")
    description = composer._("Chercher dans les articles, les biographies et les recherches.")

    def compose() -> Composed:
        head = composer.head(title, description, url, [Link(title, url)])
        return Composed(SearchView(SEARCH_FILTERS), head)

    return Page(url, "search.html", compose)


def notice_pages(composer: Composer, cards: Cards) -> list[Page]:
    """404, and what stands at the service's addresses without it."""
    urls, current = composer.settings.urls, composer.graph.issues[:1]
    notices: tuple[tuple[str, NoticeKind, str], ...] = (
        (urls.not_found, "not-found", composer._("Page introuvable")),
        (urls.sign_in, "accounts", composer._("Connexion")),
        (urls.account, "accounts", composer._("Mon compte")),
    )

    def compose(url: str, kind: NoticeKind, title: str) -> Composed:
        head = composer.head(title, "", url)
        head.robots = "noindex"
        return Composed(NoticeView(kind, *map(cards.issue, current)), head)

    return [
        Page(
            url, "notice.html", partial(compose, url, kind, title), shows=(*current,), listed=False
        )
        for url, kind, title in notices
    ]
