"""One article in a feed: the whole of an open one, the excerpt of a gated one."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from plugins.magazine.compose.composer import card_address
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article
from plugins.magazine.page import Page
from plugins.magazine.page_views import ArticleView, signatures
from plugins.magazine.typography import set_plain

_OWN_ADDRESS = re.compile(r'\b(href|src)="(/[^"]*)"')
_OWN_FRAGMENT = re.compile(r'\bhref="(#[^"]*)"')
_SOURCES = re.compile(r"<source\b[^>]*>")


class _LinkAttributes(BaseEntryExtension):  # type: ignore[misc]
    """feedgen 1.0 leaves out what an Atom entry's links are: this puts it back."""

    def __init__(self) -> None:
        self.given: list[dict[str | bytes, str | bytes]] = []

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Complete an entry's links, which are in the order that they were given in."""
        for link, attributes in zip(entry.findall("link"), self.given, strict=True):
            link.attrib.update(attributes)
        return entry


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed says of an article. ``guid`` outlives a change of address or title."""

    guid: str
    url: str
    title: str
    summary: str
    html: str
    authors: tuple[str, ...]
    section: str
    published: datetime
    updated: datetime
    image: str
    image_bytes: int

    def add_to(self, feed: FeedGenerator) -> None:
        """Append it to a feed."""
        entry = feed.add_entry(order="append")
        entry.guid(self.guid, permalink=False)
        entry.id(self.guid)
        entry.title(self.title)
        entry.link(href=self.url, rel="alternate")
        entry.summary(escape(self.summary), type="html")
        entry.content(self.html, type="html")
        entry.dc.dc_creator(list(self.authors))
        entry.author([{"name": name} for name in self.authors])
        entry.category(term=self.section, label=self.section)
        entry.published(self.published)
        entry.updated(self.updated)
        entry.enclosure(self.image, str(self.image_bytes), "image/png")
        entry.media.content(url=self.image, type="image/png", width="1200", height="630")
        entry.register_extension("links", _LinkAttributes, rss=False)
        entry.links.given = entry.link()


def entry_of(edition: Edition, article: Article, public: Path) -> FeedEntry:
    """The entry of an article, from the page that anybody may read."""
    settings, fields = edition.settings, article.fields
    page = edition.public_articles[article.url]
    view = view_of(page)
    card = card_address(article.url)
    paid = _label(edition, view)
    published = datetime.combine(fields.date, time.min, settings.timezone)
    corrected = max([fields.date, *(c.date for c in fields.corrections)])
    scope = article.issue.slug if article.issue else ""
    return FeedEntry(
        guid=f"urn:uuid:{uuid5(NAMESPACE_URL, f'bicorne:article:{scope}/{article.slug}')}",
        url=view.permalink,
        title=f"{paid} · {set_plain(fields.title)}" if paid else set_plain(fields.title),
        summary=set_plain(fields.standfirst),
        html=html_of(edition, page),
        authors=signatures(view),
        section=set_plain(view.section.title),
        published=published,
        updated=datetime.combine(corrected, time.min, settings.timezone),
        image=settings.site_url + card,
        image_bytes=(public / card.lstrip("/")).stat().st_size,
    )


def _label(edition: Edition, view: ArticleView) -> str:
    """What a text that somebody paid for begins with, wherever it is read."""
    paid = view.advertorial
    return f"{edition.catalogue.gettext('Communiqué')} · {paid.title}" if paid else ""


def view_of(page: Page) -> ArticleView:
    """What an article's page shows."""
    assert isinstance(page.view, ArticleView)  # noqa: S101 (said to the type checker)
    return page.view


def html_of(edition: Edition, page: Page) -> str:
    """The text of an article's page, as it is read away from it."""
    view = view_of(page)
    return absolute(_html(edition, view), edition.settings.site_url, view.permalink)


def _html(edition: Edition, view: ArticleView) -> str:
    """The standfirst and the text; a preview says where the rest is."""
    paid = _label(edition, view)
    label = f"<p><strong>{escape(paid)}</strong></p>" if paid else ""
    html = f"{label}<p>{view.standfirst}</p>{view.body}"
    if view.wall is None:
        return html
    return (
        f'{html}<p><a href="{view.permalink}">{edition.catalogue.gettext("Lire la suite")}</a></p>'
    )


def absolute(html: str, site_url: str, permalink: str) -> str:
    """HTML that can be read away from its page: whole addresses, one image size."""
    html = _OWN_ADDRESS.sub(rf'\1="{site_url}\2"', _SOURCES.sub("", html))
    return _OWN_FRAGMENT.sub(rf'href="{permalink}\1"', html)
