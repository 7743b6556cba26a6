"""RSS 2.0 of what somebody may read: full texts where they may, previews elsewhere.

It has no link to itself (`atom:link rel="self"`): that would write the secret into the feed, from
where readers copy it into shared items and exports; and the public feed's address in its place
would have readers move there. RSS 2.0 does without.
"""

import re
import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from html import escape, unescape
from urllib.parse import urlsplit

from feedgen.feed import FeedGenerator

from paywall.feeds.source import Channel, Item, Source
from paywall.feeds.template import Template, make_template
from paywall.words import LANGUAGES, say

EMPTY = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries changed last: not now, which feedgen would say."""

_IMAGE = re.compile(r'(<img\b[^>]*?\bsrc=")([^"]*)(")')


def render(source: Source, readable: Collection[int]) -> Template:
    """The feed of whoever may read these items in full."""
    channel = source.channel
    # Of this rendering alone: no text can hold it, whatever an author writes.
    marker = secrets.token_hex(16)
    feed = _channel(channel)
    for place, item in enumerate(channel.items):
        html = item.preview_html
        if place in readable and item.full_html is not None:
            html = _marked(item.full_html, source, marker)
        _add(feed, item, channel, html)
    return _cut(feed.rss_str(pretty=False), marker)


def _channel(channel: Channel) -> FeedGenerator:
    language = channel.language.partition("-")[0]
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.title(f"{channel.title} · {say(spoken, 'flux privé')}")
    feed.description(channel.description)
    feed.link(href=channel.home, rel="alternate")
    feed.language(channel.language)
    feed.generator("Bicorne")
    feed.lastBuildDate(max((item.updated_at for item in channel.items), default=EMPTY))
    return feed


def _add(feed: FeedGenerator, item: Item, channel: Channel, html: str) -> None:
    entry = feed.add_entry(order="append")
    entry.guid(item.guid, permalink=False)
    entry.title(item.title)
    entry.link(href=site_of(channel) + item.path, rel="alternate")
    entry.summary(escape(item.summary), type="html")
    entry.content(html, type="html")
    entry.dc.dc_creator(list(item.authors))
    for theme in item.themes:
        entry.category(term=theme)
    entry.published(item.published_at)


def site_of(channel: Channel) -> str:
    """Where the site is: scheme and host."""
    parts = urlsplit(channel.home)
    return f"{parts.scheme}://{parts.netloc}"


def _marked(html: str, source: Source, marker: str) -> str:
    """The text with a mark in place of each gated image's address."""
    site = site_of(source.channel)

    def mark(image: re.Match[str]) -> str:
        path = unescape(image[2]).removeprefix(site)
        if path not in source.gated_images:
            return image[0]
        return f"{image[1]}{marker}{path.encode().hex()}.{image[3]}"

    return _IMAGE.sub(mark, html)


def _cut(rss: bytes, marker: str) -> Template:
    """Cut at the marks: bytes and paths take turns."""
    parts = re.split(rb"%s([0-9a-f]+)\." % marker.encode(), rss)
    return make_template(parts[::2], [bytes.fromhex(p.decode()).decode() for p in parts[1::2]])
