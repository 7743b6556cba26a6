"""``feed.json``: what the service makes subscribers' private feeds of (``docs/feed.schema.json``).

It holds gated text and lies outside the public tree. Who may have which full text is the
manifest's to say: an item has both of its texts, where it is gated.
"""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from plugins.feeds.entries import FeedEntry, html_of, view_of
from plugins.magazine.data_files import utc
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article
from plugins.magazine.typography import set_plain

NAME = "feed.json"
VERSION = 1
_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"')


def full_feed(
    edition: Edition, articles: Sequence[Article], entries: Iterable[FeedEntry]
) -> dict[str, Any]:
    """The feed's own data, and an item for each article, with its entry in the public feeds."""
    settings = edition.settings
    pairs = zip(articles, entries, strict=True)
    return {
        "version": VERSION,
        "title": set_plain(settings.name),
        "description": set_plain(settings.description or settings.name),
        "language": settings.content_lang,
        "home": settings.site_url + settings.urls.home,
        "items": [_item(edition, article, entry) for article, entry in pairs],
    }


def _item(edition: Edition, article: Article, entry: FeedEntry) -> dict[str, Any]:
    page = edition.members_articles.get(article.url)
    full = html_of(edition, page) if page else None
    themes = view_of(edition.public_articles[article.url]).themes
    return {
        "path": article.url,
        "guid": entry.guid,
        "title": entry.title,
        "summary": entry.summary,
        "published_at": utc(entry.published),
        "updated_at": utc(entry.updated),
        "authors": entry.authors,
        "themes": [theme.title for theme in themes],
        "preview_html": entry.html,
        "full_html": full,
        "images": _images(entry.html if full is None else full, edition.settings.site_url),
    }


def _images(html: str, site_url: str) -> list[str]:
    """The site's own images that a text shows, by their paths."""
    shown = (unescape(address) for address in _IMAGE.findall(html))
    own = (address.removeprefix(site_url) for address in shown if address.startswith(site_url))
    return list(dict.fromkeys(own))
