"""The archive and the issues."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer, leading_back
from plugins.magazine.compose.weave import weave
from plugins.magazine.graph import Issue
from plugins.magazine.links import image_path
from plugins.magazine.page import Card, Composed, Page, SearchRecord
from plugins.magazine.page_views import ArchiveView, DossierPart, IssueView
from plugins.magazine.parts import NOT_SOLD, Link, Pager

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
        says=(
            cards.said_of(fields.authors),
            composer.prices if fields.access != "public" else None,
        ),
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
        subscribe_url=leading_back(urls.subscribe, issue.url),
        sign_in_url=leading_back(urls.sign_in, issue.url),
        prices=composer.prices if fields.access == "subscriber" else NOT_SOLD,
        buy_url=composer.buying(issue, issue.url),
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
