"""Plans the feeds of the magazine and of its sections, and what private feeds are made of."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator
from pelican import signals
from pelican.generators import Generator

from plugins.feeds.entries import FeedEntry, entry_of
from plugins.feeds.full import NAME as FULL
from plugins.feeds.full import full_feed
from plugins.magazine.data_files import encoded
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article
from plugins.magazine.typography import set_plain
from plugins.press.plan import Leaf, Stage

LISTS = Stage.LISTS
MAX_ENTRIES = 50
EMPTY = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries changed last: not when it was built."""


class FeedsGenerator(Generator):  # type: ignore[misc]
    """Plans the feeds; an entry says how many bytes its image has, so they are made last."""

    stage = 60
    replans = True

    def generate_output(self, _writer: Any) -> None:
        """Plan ``flux/magazine.*.xml``, ``flux/rubriques/<section>.*.xml`` and ``feed.json``."""
        edition: Edition = self.context["edition"]
        graph, name = edition.graph, edition.settings.name
        self._plan_full(graph.articles[:MAX_ENTRIES])
        self._plan("flux/magazine", name, edition.settings.description, graph.articles)
        for section in graph.taxonomy.sections.values():
            articles = graph.by_section.get(section.slug, [])
            title = f"{name} · {section.name}"
            self._plan(f"flux/rubriques/{section.slug}", title, section.description, articles)

    def _plan(self, stem: str, title: str, about: str, articles: Sequence[Article]) -> None:
        edition, keys, plan = (self.context[name] for name in ("edition", "keys", "plan"))
        shown = articles[:MAX_ENTRIES]
        pages = tuple(keys.page(edition.public_articles[article.url]) for article in shown)
        make = cache(partial(self._entries, shown))
        for kind in ("rss", "atom"):
            address = f"/{stem}.{kind}.xml"
            feed = cache(
                partial(_feed, edition, address, set_plain(title), set_plain(about or title), make)
            )
            key = keys.of(address, title, about, pages)
            written = partial(self._tell_written, feed)
            made = partial(_written, feed, kind)
            plan.add(Leaf(f"public{address}", key, made, LISTS, tell_written=written))

    def _plan_full(self, shown: Sequence[Article]) -> None:
        edition, keys, plan = (self.context[name] for name in ("edition", "keys", "plan"))
        trees = (edition.public_articles, edition.members_articles)
        key = keys.of(
            FULL, [keys.page(tree[a.url]) for a in shown for tree in trees if a.url in tree]
        )
        plan.add(Leaf(FULL, key, partial(self._full, shown), LISTS))

    def _full(self, articles: Sequence[Article]) -> bytes:
        return encoded(full_feed(self.context["edition"], articles, self._entries(articles)))

    def _entries(self, articles: Sequence[Article]) -> list[FeedEntry]:
        edition, public = self.context["edition"], Path(self.output_path) / "public"
        return [entry_of(edition, article, public) for article in articles]

    def _tell_written(self, feed: Callable[[], FeedGenerator], path: str) -> None:
        if signals.feed_written.receivers:
            signals.feed_written.send(path, context=self.context, feed=feed())


def _written(feed: Callable[[], FeedGenerator], kind: str) -> bytes:
    made = feed()
    return bytes(made.rss_str(pretty=True) if kind == "rss" else made.atom_str(pretty=True))


def _feed(
    edition: Edition, address: str, title: str, about: str, make: Callable[[], list[FeedEntry]]
) -> FeedGenerator:
    settings, entries = edition.settings, make()
    feed = FeedGenerator()
    feed.load_extension("media")
    feed.load_extension("dc")
    feed.id(settings.site_url + address)
    feed.title(title)
    feed.description(about)
    feed.subtitle(about)
    feed.author(name=settings.publisher or settings.name)
    feed.link(href=settings.site_url + address, rel="self")
    feed.link(href=settings.site_url + settings.urls.home, rel="alternate")  # last: RSS's own
    feed.language(settings.content_lang)
    feed.generator("Bicorne")
    newest = max((e.updated for e in entries), default=EMPTY)
    feed.updated(newest)
    feed.lastBuildDate(newest)
    for entry in entries:
        entry.add_to(feed)
    return feed
