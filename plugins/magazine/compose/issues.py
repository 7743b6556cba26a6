"""The archive, the issues and the front page."""

from itertools import islice
from pathlib import Path

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer
from plugins.magazine.compose.weave import weave
from plugins.magazine.graph import Article, Issue, Person
from plugins.magazine.links import image_path
from plugins.magazine.page import Card, Page, SearchRecord
from plugins.magazine.page_views import ArchiveView, DossierPart, HomeView, IssueView
from plugins.magazine.parts import EventCard, Link

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
    issues = [cards.issues[i] for i in composer.graph.issues]
    description = composer._("Tous les numéros, du plus récent au plus ancien.")
    pages = []
    for at, pager, items in composer.pages_of(issues, url, ISSUES_PER_PAGE):
        head = composer.head(title, description, at, [Link(title, url)])
        head.json_ld = (structured.breadcrumbs(composer, head.breadcrumbs),)
        pages.append(
            Page(at, "archive.html", ArchiveView(tuple(items), pager), head, placement="list")
        )
    return pages


def _issue(composer: Composer, cards: Cards, issue: Issue) -> Page:
    fields, urls = issue.fields, composer.settings.urls
    card = cards.issues[issue]
    dossier = _dossier(composer, cards, issue)
    set_apart = {a.url for a in dossier.articles} if dossier else set()
    view = IssueView(
        card=card,
        editorial=weave(composer, issue, issue.body.full),
        authors=cards.named(fields.authors),
        dossier=dossier,
        articles=tuple(a for a in cards.list_articles(issue.articles) if a.url not in set_apart),
        previous=cards.issues[issue.previous] if issue.previous else None,
        following=cards.issues[issue.following] if issue.following else None,
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
    return Page(
        url=issue.url,
        template="issue.html",
        view=view,
        head=head,
        themes=frozenset(theme for a in issue.articles for theme in a.fields.themes),
        placement="list",
        card=Card("issue", label, title, "", card.wear, cover=str(_cover(composer, issue))),
        search=_record(composer, issue),
        modified=max([fields.date, *(a.fields.date for a in issue.articles)]),
    )


def _record(composer: Composer, issue: Issue) -> SearchRecord:
    fields = issue.fields
    label = f"{composer._('Numéro')} {fields.number}"
    title, about = composer.text(fields.title), composer.text(fields.description)
    return SearchRecord(
        title=f"{label} · {title}",
        text=f"{label}. {title}. {about} {issue.body.text}",
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
    lead = lead_article(current) or next(iter(graph.articles), None)
    contents = [a for a in current.articles if a is not lead][:HOME_CONTENTS] if current else []
    others = (
        a for a in graph.articles if a is not lead and (not current or a.issue is not current)
    )
    latest = tuple(islice(others, HOME_LATEST))
    shown = [a for a in (lead, *contents, *latest) if a]
    view = HomeView(
        issue=cards.issues[current] if current else None,
        contents=cards.list_articles(contents),
        lead=cards.articles[lead] if lead else None,
        latest=cards.list_articles(latest),
        portraits=tuple(cards.people[p.slug] for p in _portraits(composer)),
        research=tuple(cards.research(r) for r in graph.research[:HOME_RESEARCH]),
        nominations=tuple(cards.nomination(n) for n in graph.nominations[:HOME_NOMINATIONS]),
        events=_coming(composer, cards),
        archive=tuple(cards.issues[i] for i in graph.issues[1 : 1 + HOME_ARCHIVE]),
    )
    head = composer.head("", settings.description, settings.urls.home)
    head.json_ld = structured.website(composer)
    newest = max((a.fields.date for a in graph.articles), default=None)
    return Page(
        url=settings.urls.home,
        template="home.html",
        view=view,
        head=head,
        themes=frozenset(theme for article in shown for theme in article.fields.themes),
        placement="home",
        card=Card("site", "", settings.name, settings.tagline, None),
        modified=newest,
    )


def lead_article(issue: Issue | None) -> Article | None:
    """The first article of an issue's dossier, or of the issue."""
    if issue is None:
        return None
    dossier = issue.fields.dossier
    first = dossier.articles[0] if dossier else None
    return next((a for a in issue.articles if a.slug == first), next(iter(issue.articles), None))


def _portraits(composer: Composer) -> list[Person]:
    """Those whom the newest articles are about, then the others by name."""
    graph = composer.graph
    named = [slug for article in graph.articles for slug in article.fields.people]
    ordered = dict.fromkeys([*named, *sorted(graph.people)])
    people = [graph.people[slug] for slug in ordered]
    return [p for p in people if not p.fields.collective][:HOME_PORTRAITS]


def _coming(composer: Composer, cards: Cards) -> tuple[EventCard, ...]:
    made = [cards.event(e) for e in reversed(composer.graph.events)]
    return tuple(e for e in made if not e.past)[:HOME_EVENTS]
