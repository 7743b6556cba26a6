"""``ads.json``: bookings, and what each page may carry, as the service reads it.

The file is private: it names prices, and bookings that have not begun.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import msgspec

from plugins.ads.boxes import PageAds
from plugins.ads.flights import Flight
from plugins.magazine.booking import CreativeFields
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article
from plugins.magazine.page import Page
from plugins.magazine.schema import ArticleFields, IssueFields

NAME = "ads.json"
VERSION = 1


class _Page(msgspec.Struct):  # they are many: quicker made and smaller than a dict
    url: str
    tier: str
    title: str
    placement: str | None
    themes: tuple[str, ...]
    published: date | None
    issue: str | None
    section: str
    flights: tuple[str, ...]
    coming: tuple[str, ...]


def inventory(edition: Edition, flights: Iterable[Flight]) -> dict[str, Any]:
    """The whole file, of flights and of the edition's pages that are counted."""
    settings, titles = edition.settings, _Titles(edition)
    return {
        "version": VERSION,
        "name": settings.name,
        "site": settings.site_url,
        "timezone": str(settings.timezone),
        "themes": _themes(edition),
        "flights": {flight.slug: _flight(flight) for flight in flights},
        "pages": [_page(page, page.ads, titles) for page in edition.pages if page.ads],
    }


def _themes(edition: Edition) -> dict[str, Any]:
    taxonomy = edition.graph.taxonomy
    return {
        slug: {"name": name, "iab": taxonomy.iab.get(slug, ())}
        for slug, name in taxonomy.themes.items()
    }


def _flight(flight: Flight) -> dict[str, Any]:
    fields = flight.fields
    exclusive = fields.goal == "exclusive"
    return {
        "advertiser": fields.advertiser,
        "campaign": fields.campaign,
        "kind": fields.type,
        "status": flight.status,
        "start": fields.start,
        "end": fields.end,
        "goal": None if exclusive else fields.goal,
        "exclusive": exclusive,
        "daily_cap": fields.daily_cap,
        "price_cents": None if fields.price is None else int(fields.price * 100),
        "placements": fields.placements,
        "themes": fields.themes,
        "excluded_themes": fields.excluded_themes,
        "subscribers": fields.subscribers,
        "creatives": [_creative(creative) for creative in fields.creatives],
    }


def _creative(creative: CreativeFields) -> dict[str, str]:
    return {
        "size": creative.size,
        "alt": creative.alt,
        "headline": creative.headline or "",
        "link": creative.link,
    }


def _page(page: Page, ads: PageAds, titles: "_Titles") -> _Page:
    return _Page(
        url=page.url,
        tier=page.tree,
        title=titles.of(page),
        placement=page.placement if ads.boxes else None,
        themes=_in_order(page.themes),
        published=_published(page),
        issue=_issue(page),
        section=titles.of_section(page),
        flights=ads.flights,
        coming=ads.coming,
    )


@cache  # many pages have the same
def _in_order(themes: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(themes))


def _published(page: Page) -> date | None:
    fields = page.about.fields if page.about else None
    return fields.date if isinstance(fields, ArticleFields | IssueFields) else None


def _issue(page: Page) -> str | None:
    """The issue that a page is of: its age says how much the page is read."""
    about = page.about
    if isinstance(about, Article):
        return about.issue.slug if about.issue else None
    return about.slug if about and isinstance(about.fields, IssueFields) else None


class _Titles:
    """What pages are called in a report, which is known without composing them."""

    def __init__(self, edition: Edition) -> None:
        self._listings = dict(_listings(edition))
        self._sections = edition.graph.taxonomy.sections

    def of_section(self, page: Page) -> str:
        """The name of the section of the article that a page is, or nothing."""
        about = page.about
        return self._sections[about.fields.section].name if isinstance(about, Article) else ""

    def of(self, page: Page) -> str:
        """The title of what a page is about, or of the list that it is; else its address."""
        if page.about:
            fields = page.about.fields
            return str(getattr(fields, "title", "") or getattr(fields, "name", "") or page.url)
        return self._listings.get(page.url, page.url)


def _listings(edition: Edition) -> Iterator[tuple[str, str]]:
    settings, taxonomy, _ = edition.settings, edition.graph.taxonomy, edition.catalogue.gettext
    urls = settings.urls
    yield urls.home, settings.name
    for section in taxonomy.sections.values():
        yield urls.section.format(slug=section.slug), section.name
    for slug, name in taxonomy.themes.items():
        yield urls.theme.format(slug=slug), name
    named = {
        urls.archive: _("Numéros"), urls.articles: _("Articles"), urls.themes: _("Thèmes"),
        urls.people: _("Personnes"), urls.class_years: _("Promotions"),
        urls.nominations: _("Carnet"), urls.research_index: _("Recherche"),
        urls.events: _("Agenda"), urls.search: _("Rechercher"),
    }  # fmt: skip
    yield from named.items()
