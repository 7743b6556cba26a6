"""The archive, the issues and the front page."""

from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards, is_over
from plugins.magazine.compose.composer import Composer
from plugins.magazine.compose.weave import weave
from plugins.magazine.graph import Issue, Node, Person
from plugins.magazine.links import image_path
from plugins.magazine.page import Card, Composed, Page, SearchRecord
from plugins.magazine.page_views import ArchiveView, DossierPart, HomeView, IssueView
from plugins.magazine.parts import Link, Pager
from plugins.magazine.schema import EventFields

HOME_CONTENTS, HOME_LATEST, HOME_PORTRAITS = 3, 6, 6
HOME_RESEARCH, HOME_NOMINATIONS, HOME_EVENTS, HOME_ARCHIVE = 3, 8, 3, 4
ISSUES_PER_PAGE = 24


def issue_pages(composer: Composer, cards: Cards) -> list[Page]:
    """The archive's pages and one page an issue."""
    return [
        *_archive(composer, cards),
        *(_issue(composer, cards, i) for i in composer.graph.issues),
    ]


def _archive(composer: Composer, cards: Cards) -> list[Page]:
    url, title = composer.settings.urls.archive, composer._("Numéros")
    description = composer._("Tous les numéros, du plus récent au plus ancien.")

    def compose(at: str, pager: Pager, issues: Sequence[Issue]) -> Composed:
        head = structured.listing_head(composer, title, description, at, [Link(title, url)])
        return Composed(ArchiveView(tuple(map(cards.issue, issues)), pager), head)

    return [
        Page(
            at,
            "archive.html",
            partial(compose, at, pager, issues),
            shows=tuple(issues),
            says=(pager,),
            placement="list",
        )
        for at, pager, issues in composer.pages_of(composer.graph.issues, url, ISSUES_PER_PAGE)
    ]


def _issue(composer: Composer, cards: Cards, issue: Issue) -> Page:
    fields = issue.fields
    beside = tuple(i for i in (issue.previous, issue.following) if i)
    return Page(
        url=issue.url,
        template="issue.html",
        compose=partial(_compose_issue, composer, cards, issue),
        about=issue,
        shows=(*issue.articles, *beside),
        says=(cards.said_of(fields.authors),),
        themes=frozenset(theme for a in issue.articles for theme in a.fields.themes),
        placement="list",
        card=partial(_card, composer, issue),
        search=lambda _page: _record(composer, issue),
        search_date=fields.date.isoformat(),
        modified=max([fields.date, *(a.fields.date for a in issue.articles)]),
    )


def _compose_issue(composer: Composer, cards: Cards, issue: Issue) -> Composed:
    fields, urls = issue.fields, composer.settings.urls
    card = cards.issue(issue)
    dossier = _dossier(composer, cards, issue)
    set_apart = {a.url for a in dossier.articles} if dossier else set()
    view = IssueView(
        card=card,
        editorial=weave(composer, issue, issue.body.full),
        authors=cards.named(fields.authors),
        dossier=dossier,
        articles=tuple(a for a in cards.list_articles(issue.articles) if a.url not in set_apart),
        previous=cards.issue(issue.previous) if issue.previous else None,
        following=cards.issue(issue.following) if issue.following else None,
        access=fields.access,
        opens=fields.opens,
        locked=card.locked,
        subscribe_url=urls.subscribe,
        access_url=urls.access,
        sources=composer.references(fields.sources),
    )
    label = f"{composer._('Numéro')} {fields.number}"
    title, about = composer.text(fields.title), composer.text(fields.description)
    trail = [Link(composer._("Numéros"), urls.archive), Link(title, issue.url)]
    head = composer.head(f"{label} · {title}", about, issue.url, trail, drawn=True)
    head.published = fields.date.isoformat()
    head.json_ld = structured.issue_page(composer, issue, card, head)
    return Composed(view, head)


def _card(composer: Composer, issue: Issue) -> Card:
    fields = issue.fields
    label = f"{composer._('Numéro')} {fields.number}"
    wear = composer.settings.wear_of(fields.number)
    cover = str(_cover(composer, issue))
    return Card("issue", label, composer.text(fields.title), "", wear, cover=cover)


def _record(composer: Composer, issue: Issue) -> SearchRecord:
    fields = issue.fields
    label = f"{composer._('Numéro')} {fields.number}"
    title, about = composer.text(fields.title), composer.text(fields.description)
    return SearchRecord(
        title=f"{label} · {title}",
        text=f"{about} {issue.body.text}",
        kind=composer._("Numéros"),
        sort_date=fields.date.isoformat(),
        meta={"standfirst": about, "date": composer.words.month_year(fields.date)},
        filters={"issue": (f"{fields.number} · {title}",)},
    )


def _cover(composer: Composer, issue: Issue) -> Path:
    return image_path(composer.settings.content, issue.document, issue.fields.cover.file)


def _dossier(composer: Composer, cards: Cards, issue: Issue) -> DossierPart | None:
    dossier = issue.fields.dossier
    if dossier is None:
        return None
    by_slug = {article.slug: article for article in issue.articles}
    return DossierPart(
        title=composer.text(dossier.title),
        introduction=composer.rich(dossier.introduction),
        articles=cards.list_articles(by_slug[slug] for slug in dossier.articles),
    )


def home_page(composer: Composer, cards: Cards) -> Page:
    """The front page: the current issue, a lead, then bands that differ in form."""
    graph, settings = composer.graph, composer.settings
    current = graph.issues[0] if graph.issues else None
    lead = (current.lead if current else None) or next(iter(graph.articles), None)
    contents = [a for a in current.articles if a is not lead][:HOME_CONTENTS] if current else []
    others = (
        a for a in graph.articles if a is not lead and (not current or a.issue is not current)
    )
    latest = list(islice(others, HOME_LATEST))
    articles = [a for a in (lead, *contents, *latest) if a]
    portraits, coming = _portraits(composer), _coming(composer)
    research, nominations = graph.research[:HOME_RESEARCH], graph.nominations[:HOME_NOMINATIONS]
    archive = graph.issues[1 : 1 + HOME_ARCHIVE]

    def compose() -> Composed:
        view = HomeView(
            issue=cards.issue(current) if current else None,
            contents=cards.list_articles(contents),
            lead=cards.article(lead) if lead else None,
            latest=cards.list_articles(latest),
            portraits=tuple(map(cards.person, portraits)),
            research=tuple(map(cards.research, research)),
            nominations=tuple(map(cards.nomination, nominations)),
            events=tuple(map(cards.event, coming)),
            archive=tuple(map(cards.issue, archive)),
        )
        head = composer.head("", settings.description, settings.urls.home)
        head.json_ld = structured.website(composer)
        return Composed(view, head)

    return Page(
        url=settings.urls.home,
        template="home.html",
        compose=compose,
        shows=(
            *graph.issues[:1],
            *articles,
            *portraits,
            *research,
            *nominations,
            *coming,
            *archive,
        ),
        says=(lead and lead.url, len(contents), len(latest)),
        themes=frozenset(theme for article in articles for theme in article.fields.themes),
        placement="home",
        card=lambda: Card("site", "", settings.name, settings.tagline, None),
        modified=max((a.fields.date for a in graph.articles), default=None),
    )


def _portraits(composer: Composer) -> list[Person]:
    """Those whom the newest articles are about, then the others by name."""
    graph = composer.graph
    named = [slug for article in graph.articles for slug in article.fields.people]
    ordered = dict.fromkeys([*named, *sorted(graph.people)])
    people = [graph.people[slug] for slug in ordered]
    return [p for p in people if not p.fields.collective][:HOME_PORTRAITS]


def _coming(composer: Composer) -> list[Node[EventFields]]:
    events = reversed(composer.graph.events)
    return list(islice((e for e in events if not is_over(e, composer.now)), HOME_EVENTS))
