"""What every page is composed with: the graph, the images, the clock, the words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote

from babel.support import NullTranslations
from markupsafe import Markup, escape

from plugins.images.library import ImageLibrary
from plugins.magazine.downloads import Downloads
from plugins.magazine.fields import ImageFields, SourceFields
from plugins.magazine.graph import Graph, Issue, Node
from plugins.magazine.links import LinkResolver, image_path
from plugins.magazine.media_kit import MediaFacts
from plugins.magazine.page import FeedLink, Head
from plugins.magazine.parts import NOT_SOLD, Link, Pager, Picture, Prices, Reference
from plugins.magazine.schema import Entry
from plugins.magazine.settings import Settings
from plugins.magazine.typography import raise_letters, set_marked, set_plain
from plugins.magazine.words import Words

T = TypeVar("T")
SITE_CARD = "/cartes/magazine.png"


@dataclass
class Composer:
    """Holds what pages are made from; ``text`` and ``rich`` set an editor's strings."""

    graph: Graph
    images: ImageLibrary
    resolver: LinkResolver
    catalogue: NullTranslations
    downloads: Downloads = field(default_factory=Downloads)
    prices: Prices = NOT_SOLD
    """What a subscription, or an issue, costs at least, where that is known."""
    media: MediaFacts = field(default_factory=MediaFacts)
    """What advertisers are told of audience and prices."""

    @property
    def settings(self) -> Settings:
        """The magazine's settings."""
        return self.graph.settings

    @property
    def now(self) -> datetime:
        """The moment the build speaks for."""
        return self.graph.settings.now

    def buying(self, issue: Issue | None, url: str) -> str:
        """Where an issue is bought alone, and back from there; "" where there is nothing to buy."""
        if issue is None or issue.fields.access != "subscriber":
            return ""
        opens = issue.fields.opens
        if opens is not None and opens <= self.now.astimezone(self.settings.timezone).date():
            return ""
        return leading_back(self.settings.urls.buy_issue.format(slug=issue.slug), url)

    @cached_property
    def collectives(self) -> frozenset[str]:
        """Addresses of authors who are not one person."""
        people = self.graph.people.values()
        return frozenset(person.url for person in people if person.fields.collective)

    @cached_property
    def words(self) -> Words:
        """Dates and numbers in the interface's language."""
        return Words(self.settings, self.catalogue)

    def _(self, message: str) -> str:
        """An interface string in the interface's language."""
        return str(self.catalogue.gettext(message))

    def text(self, written: str | None) -> str:
        """An editor's text, typeset, for a place without markup."""
        return set_plain(written or "")

    def rich(self, written: str | None) -> Markup:
        """An editor's text, typeset, with raised letters as markup."""
        return Markup(raise_letters(str(escape(set_marked(written or "")))))  # noqa: S704 (escaped)

    def absolute(self, url: str) -> str:
        """The public address of a page."""
        return self.settings.site_url + quote(url, safe="/#?=&:%")

    def picture(self, node: Node[Entry], image: ImageFields | None) -> Picture | None:
        """A picture of the front matter: anybody may see it."""
        if image is None:
            return None
        path = image_path(self.settings.content, node.document, image.file)
        return self.images.picture(
            path,
            self.text(image.alt),
            credit=self.text(image.credit),
            caption=self.rich(image.caption),
        )

    def references(self, sources: Iterable[SourceFields]) -> tuple[Reference, ...]:
        """Sources as a bibliography prints them."""
        return tuple(
            Reference(
                self.rich(s.title),
                self.rich(s.author),
                self.rich(s.publisher),
                s.year or "",
                s.url or "",
            )
            for s in sources
        )

    def themes(self, slugs: Iterable[str]) -> tuple[Link, ...]:
        """Links to theme pages."""
        names = self.graph.taxonomy.themes
        return tuple(Link(names[s], self.settings.urls.theme.format(slug=s)) for s in slugs)

    def section(self, slug: str) -> Link:
        """A link to a section's page."""
        section = self.graph.taxonomy.sections[slug]
        return Link(section.name, self.settings.urls.section.format(slug=slug))

    def head(
        self,
        title: str,
        description: str,
        url: str,
        trail: Sequence[Link] = (),
        *,
        drawn: bool = False,
    ) -> Head:
        """A page's head; its title carries the magazine's name. ``drawn``: it has its own card."""
        name = self.settings.name
        feeds = self.feeds()
        return Head(
            title=f"{title} · {name}" if title and title != name else name,
            description=shorten(description or self.settings.description),
            canonical=self.absolute(url),
            locale={"fr": "fr_FR", "en": "en_GB"}[self.settings.interface_lang],
            image=self.absolute(card_address(url) if drawn else SITE_CARD),
            image_alt=title or name,
            feeds=feeds,
            breadcrumbs=(Link(self._("Accueil"), self.settings.urls.home), *trail) if trail else (),
        )

    def feeds(self, section: str = "") -> tuple[FeedLink, ...]:
        """The feeds of the whole site, or of a section."""
        stem = f"/flux/rubriques/{section}" if section else "/flux/magazine"
        title = self.settings.name
        if section:
            title += f" · {self.graph.taxonomy.sections[section].name}"
        return (
            FeedLink(f"{title} (RSS)", "application/rss+xml", f"{stem}.rss.xml"),
            FeedLink(f"{title} (Atom)", "application/atom+xml", f"{stem}.atom.xml"),
        )

    def pages_of(
        self, items: Sequence[T], url: str, size: int = 0
    ) -> Iterable[tuple[str, Pager, Sequence[T]]]:
        """Cut a list into pages: each with its address, its pager and its items."""
        size = size or self.settings.per_page
        count = max(1, -(-len(items) // size))
        numbered = self.settings.urls.numbered
        urls = [url, *(url + numbered.format(number=n) for n in range(2, count + 1))]
        for n, at in enumerate(urls):
            pager = Pager(
                number=n + 1,
                count=count,
                previous_url=urls[n - 1] if n else "",
                next_url=urls[n + 1] if n + 1 < count else "",
                urls=tuple(urls),
            )
            yield at, pager, items[n * size : (n + 1) * size]


def card_address(url: str) -> str:
    """The address of a page's social card."""
    return f"/cartes{url.rstrip('/')}.png"


def leading_back(way: str, url: str) -> str:
    """A way through the service that ends on a page again, where the reader was stopped."""
    return f"{way}?vers={quote(url)}"


def shorten(text: str, characters: int = 200) -> str:
    """A description for machines: whole words, at most so many characters."""
    plain = " ".join(text.split())
    if len(plain) <= characters:
        return plain
    return plain[: characters - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–") + "…"
