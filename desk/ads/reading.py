"""The bookings as an editor's commands need them: read and checked, without what is around them."""

from dataclasses import dataclass
from pathlib import Path

from desk.settings import read_settings
from plugins.ads.bookings import flights_of
from plugins.ads.creatives.checks import check_creatives
from plugins.ads.flights import Flight
from plugins.images.kept import known_images
from plugins.images.library import ImageLibrary
from plugins.magazine.booking_checks import check_events
from plugins.magazine.checks import check_duplicates, check_links_of_bookings, check_taxonomy
from plugins.magazine.digest import code_digest
from plugins.magazine.edition import as_typed, own_addresses
from plugins.magazine.graph import Graph, link
from plugins.magazine.links import LinkResolver
from plugins.magazine.messages import tell
from plugins.magazine.problems import ContentError, Problem, Problems, did_you_mean
from plugins.magazine.shelf import Shelf
from plugins.magazine.store import STORE_FILE, Store
from plugins.magazine.taxonomy import read_taxonomy
from plugins.press.steps import Steps

FOLDER = "ads"
FILE = "booking.md"


class UnknownBookingError(Exception):
    """No booking has that name; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Bookings:
    """Flights that can be read, by name, and what is wrong with others. ``folder``: of all."""

    graph: Graph
    flights: dict[str, Flight]
    problems: tuple[Problem, ...]
    folder: Path

    @property
    def drafts(self) -> list[str]:
        """Names of orders that lack something, and are no bookings yet (``desk ads receive``)."""
        return sorted(file.parent.name for file in self.folder.glob(f"*/_{FILE}"))

    def flight(self, slug: str) -> Flight:
        """A booking by its name. Raises ``UnknownBookingError``, or ``ContentError`` where it has
        problems."""
        slug = Path(slug).parent.name if slug.endswith(FILE) else Path(slug).name
        own = [p for p in self.problems if Path(p.path).parent.name == slug]
        if own:
            raise ContentError(own)
        if slug in self.drafts:
            raise UnknownBookingError(told_draft(slug))
        if slug not in self.flights:
            message = tell("aucune réservation ne s’appelle « {slug} »", slug=slug)
            raise UnknownBookingError(message + did_you_mean(slug, self.flights))
        return self.flights[slug]

    def file(self, flight: Flight) -> Path:
        """Where a booking is written."""
        node = next(node for node in self.graph.bookings if node.slug == flight.slug)
        return self.folder.parent / node.document.path

    def digest(self, file: Path) -> bytes:
        """What stood in a booking's file when it was read and checked."""
        paths = (node.document for node in self.graph.bookings)
        return next(d.digest for d in paths if self.folder.parent / d.path == file)


def told_draft(slug: str) -> str:
    """Why nothing reads an order yet."""
    message = "« {slug} » est un brouillon : il manque des images (desk ads receive)"
    return tell(message, slug=slug)


def read_bookings(settings_file: Path) -> Bookings:
    """Read them. Raises ``SettingsError``, or ``ContentError`` for the lists they hang on."""
    settings = read_settings(settings_file)
    problems = Problems()
    taxonomy = read_taxonomy(settings.content, problems)
    problems.raise_any()
    shelf = Shelf(settings.content, Store(settings.cache / STORE_FILE, code_digest()))
    shelf.read(taxonomy, problems, Steps())
    graph = link(shelf.documents.values(), taxonomy, settings)
    documents = [node.document for node in graph.bookings]
    check_duplicates(documents, problems)
    check_taxonomy(documents, taxonomy, problems)
    check_events(graph, shelf.unread, problems)
    resolver = LinkResolver.of(graph, own_addresses(graph))
    check_links_of_bookings(graph, resolver, shelf.unread, problems)
    images = ImageLibrary(known_images(shelf.store, settings.content))
    check_creatives(graph, images, problems)
    content = as_typed(settings.content)
    own = tuple(
        Problem(str(content / p.path), p.line, p.field, p.message)
        for p in sorted(set(problems.found))
        if Path(p.path).parts[0] == FOLDER
    )
    flights = {flight.slug: flight for flight in flights_of(graph)}
    return Bookings(graph, flights, own, content / FOLDER)
