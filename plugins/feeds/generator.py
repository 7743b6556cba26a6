"""Writes the feeds of the magazine and of its sections."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator
from pelican import signals
from pelican.generators import Generator

from plugins.feeds.entries import FeedEntry, entry_of
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article
from plugins.magazine.typography import set_plain

MAX_ENTRIES = 50


class FeedsGenerator(Generator):  # type: ignore[misc]
    """Runs after the cards: an entry says how many bytes its image has."""

    stage = 60

    def generate_output(self, _writer: Any) -> None:
        """Write ``flux/magazine.*.xml`` and ``flux/rubriques/<section>.*.xml``."""
        edition: Edition = self.context["edition"]
        graph, name = edition.graph, edition.settings.name
        self._write("flux/magazine", name, edition.settings.description, graph.articles)
        for section in graph.taxonomy.sections.values():
            articles = graph.by_section.get(section.slug, [])
            title = f"{name} · {section.name}"
            self._write(f"flux/rubriques/{section.slug}", title, section.description, articles)

    def _write(self, stem: str, title: str, about: str, articles: Sequence[Article]) -> None:
        edition, public = self.context["edition"], Path(self.output_path) / "public"
        entries = [entry_of(edition, article, public) for article in articles[:MAX_ENTRIES]]
        for kind in ("rss", "atom"):
            address = f"/{stem}.{kind}.xml"
            feed = _feed(edition, address, set_plain(title), set_plain(about or title), entries)
            path = public / address.lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            write = feed.rss_file if kind == "rss" else feed.atom_file
            write(str(path), pretty=True)
            signals.feed_written.send(str(path), context=self.context, feed=feed)


def _feed(
    edition: Edition, address: str, title: str, about: str, entries: list[FeedEntry]
) -> FeedGenerator:
    settings = edition.settings
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
    newest = max((e.updated for e in entries), default=settings.now.replace(year=2000))
    feed.updated(newest)
    feed.lastBuildDate(newest)
    for entry in entries:
        entry.add_to(feed)
    return feed
