"""An edition: what one build makes of the content, before anything is written."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel.support import NullTranslations

from plugins.ads.creatives.checks import check_creatives
from plugins.images.kept import keep_known_images, known_images
from plugins.images.library import ImageLibrary
from plugins.images.source import ImageError
from plugins.magazine import checks, references
from plugins.magazine.ads_txt import check_ads_txt
from plugins.magazine.booking_checks import check_events
from plugins.magazine.compose.articles import article_pages
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.carnet import carnet_pages
from plugins.magazine.compose.composer import Composer
from plugins.magazine.compose.home import home_page
from plugins.magazine.compose.issues import issue_pages
from plugins.magazine.compose.lists import list_pages
from plugins.magazine.compose.others import (
    event_pages,
    notice_pages,
    plain_pages,
    research_pages,
    search_page,
)
from plugins.magazine.compose.people import people_pages
from plugins.magazine.digest import code_digest
from plugins.magazine.downloads import Downloads
from plugins.magazine.graph import Article, Graph, Node, link
from plugins.magazine.links import LinkResolver
from plugins.magazine.media_kit import MediaFacts, read_media_facts
from plugins.magazine.messages import load_catalogue, tell
from plugins.magazine.offers import Offers, read_offers
from plugins.magazine.page import Page, Tree
from plugins.magazine.prints import Prints
from plugins.magazine.problems import Problems
from plugins.magazine.related import Related
from plugins.magazine.schema import Entry
from plugins.magazine.settings import Settings
from plugins.magazine.shelf import Shelf
from plugins.magazine.store import STORE_FILE, Store
from plugins.magazine.taxonomy import Taxonomy, read_taxonomy
from plugins.magazine.uses import Targets, Uses
from plugins.press.database import StoreDamagedError
from plugins.press.steps import Steps

_RELATED = "related articles"


@dataclass
class Edition:
    """The linked content and the pages made of it; plugins read it and add to it."""

    settings: Settings
    shelf: Shelf
    graph: Graph
    images: ImageLibrary
    downloads: Downloads
    catalogue: NullTranslations
    pages: list[Page]
    targets: Targets
    resolver: LinkResolver
    prints: Prints
    related: Related
    offers: Offers

    @cached_property
    def node_at(self) -> dict[str, Node[Entry]]:
        """Nodes by the path of their file."""
        nodes = (*self.graph.nodes, *self.graph.nominations, *self.graph.bookings)
        return {str(node.document.path): node for node in nodes}

    def content_name(self, file: Path) -> str:
        """The folder that an image or a download is published in, whichever pages use it."""
        try:
            return self.images.inspect(file).digest
        except ImageError:
            return self.downloads.name_of(file)

    @cached_property
    def public_articles(self) -> dict[str, Page]:
        """The page that anybody may read of each article, by address."""
        return self._articles_of("public")

    @cached_property
    def members_articles(self) -> dict[str, Page]:
        """The full page of each gated article, by address."""
        return self._articles_of("members")

    def _articles_of(self, tree: Tree) -> dict[str, Page]:
        return {p.url: p for p in self.pages if isinstance(p.about, Article) and p.tree == tree}


def read_edition(settings: Settings, steps: Steps | None = None) -> Edition:
    """Read, link, check and compose; raises ``ContentError`` with every problem at once."""
    problems = Problems(as_typed(settings.content))
    steps = steps or Steps()
    with steps.step(tell("lecture")):
        taxonomy = read_taxonomy(settings.content, problems)
        offers = read_offers(settings.content, problems)
        media = read_media_facts(settings.content, taxonomy, problems)
        problems.raise_any()
        shelf = Shelf(settings.content, Store(settings.cache / STORE_FILE, _recipe()))
        shelf.read(taxonomy, problems, steps)
    with steps.step(tell("liens et vérifications")):
        return _linked(settings, taxonomy, (offers, media), shelf, problems)


def _linked(
    settings: Settings,
    taxonomy: Taxonomy,
    sold: tuple[Offers, MediaFacts],
    shelf: Shelf,
    problems: Problems,
) -> Edition:
    offers, media = sold
    graph = link(shelf.documents.values(), taxonomy, settings)
    images = ImageLibrary(known_images(shelf.store, settings.content))
    resolver = LinkResolver.of(graph, own_addresses(graph))
    targets = _check(shelf, graph, resolver, images, problems)
    related = _relate(graph, shelf.store)
    catalogue = load_catalogue(settings.theme / "locale", settings.interface_lang)
    composer = Composer(
        graph, images, resolver, catalogue, prices=offers.prices_at(settings.now), media=media
    )
    cards = Cards(composer)
    prints = Prints(composer, cards, Uses(composer, targets))
    prints.mark_all()
    pages = _compose(composer, cards)
    keep_known_images(images, shelf.store, settings.content)
    return Edition(
        settings=settings,
        shelf=shelf,
        graph=graph,
        images=images,
        downloads=composer.downloads,
        catalogue=catalogue,
        pages=pages,
        targets=targets,
        resolver=resolver,
        prints=prints,
        related=related,
        offers=offers,
    )


def _relate(graph: Graph, store: Store) -> Related:
    """Give articles their related ones, as they were found before if they share what they did."""
    try:
        kept = store.result(_RELATED)
    except StoreDamagedError:
        kept = b""
    related = Related(graph.articles, kept)
    related.give()
    if related.encoded != kept:
        store.keep_result(_RELATED, related.encoded)
    return related


def _recipe() -> bytes:
    """What the store's values depend on besides the files: this builder."""
    return code_digest()


def as_typed(folder: Path) -> Path:
    """A folder as the editor would type it from where the build was started."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _check(
    shelf: Shelf,
    graph: Graph,
    resolver: LinkResolver,
    images: ImageLibrary,
    problems: Problems,
) -> Targets:
    content = graph.settings.content
    documents, unread = shelf.documents.values(), shelf.unread
    checks.check_duplicates(documents, problems)
    checks.check_addresses(graph, own_addresses(graph), problems)
    references.check_references(graph, unread, problems)
    references.check_references_of_unread(documents, graph, unread, problems)
    checks.check_taxonomy(documents, graph.taxonomy, problems)
    targets = checks.check_links(documents, resolver, unread, problems)
    checks.check_links_of_bookings(graph, resolver, unread, problems)
    checks.check_images(documents, images, content, problems)
    check_events(graph, unread, problems)
    check_ads_txt(content, problems)
    check_creatives(graph, images, problems)
    problems.raise_any()
    return targets


def own_addresses(graph: Graph) -> set[str]:
    """Addresses of pages that no content file stands for."""
    urls, taxonomy = graph.settings.urls, graph.taxonomy
    fixed = (
        urls.home, urls.archive, urls.articles, urls.themes, urls.people, urls.class_years,
        urls.nominations, urls.nominations_kind, urls.honours_kind, urls.research_index,
        urls.events, urls.search, urls.access, urls.sign_in, urls.account,
    )  # fmt: skip
    return {
        *fixed,
        *(urls.section.format(slug=slug) for slug in taxonomy.sections),
        *(urls.theme.format(slug=slug) for slug in taxonomy.themes),
        *(urls.class_year.format(year=year) for year in graph.by_class_year),
        *(urls.nominations_year.format(year=n.fields.date.year) for n in graph.nominations),
    }


def _compose(composer: Composer, cards: Cards) -> list[Page]:
    return [
        home_page(composer, cards),
        *issue_pages(composer, cards),
        *article_pages(composer, cards),
        *list_pages(composer, cards),
        *people_pages(composer, cards),
        *carnet_pages(composer, cards),
        *research_pages(composer, cards),
        *event_pages(composer, cards),
        *plain_pages(composer),
        search_page(composer),
        *notice_pages(composer, cards),
    ]
