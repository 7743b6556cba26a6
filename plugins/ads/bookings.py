"""The bookings of an edition as flights, and what the editor has to be told of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from plugins.ads.approval import fingerprint_of, status_of
from plugins.ads.flights import Flight
from plugins.magazine.booking import BookingFields
from plugins.magazine.edition import as_typed
from plugins.magazine.front_matter import read_front_matter, read_text
from plugins.magazine.graph import Graph, Node
from plugins.magazine.messages import tell
from plugins.magazine.moments import midnight
from plugins.magazine.settings import Settings


def flights_of(graph: Graph) -> tuple[Flight, ...]:
    """Every booking, also those that have ended, with the status that counts."""
    return tuple(_flight(node, graph.settings.content) for node in graph.bookings)


def _flight(node: Node[BookingFields], content: Path) -> Flight:
    """The file is read again: what was approved is what is written, not what was made of it."""
    file, fields = content / node.document.path, node.fields
    front = read_front_matter(read_text(file))
    approved = fields.status == "approved"
    status = status_of(fields, fingerprint_of(front, file.parent)) if approved else fields.status
    return Flight(node.slug, fields, front.body.strip(), status)


def notices(flights: Iterable[Flight], graph: Graph) -> Iterator[str]:
    """What the build says of bookings that are written as approved, and are not."""
    today, content = graph.settings.now.date(), as_typed(graph.settings.content)
    paths = {node.slug: content / node.document.path for node in graph.bookings}
    for flight in flights:
        if flight.status == flight.fields.status or flight.fields.end < today:
            continue
        message = "{path} : personne ne l’a approuvée, elle ne paraît pas (desk ads approve {slug})"
        if flight.fields.approval:
            message = (
                "{path} : changée depuis son approbation, elle est de nouveau proposée et ne "
                "paraît pas (desk ads approve {slug})"
            )
        yield tell(message, path=paths[flight.slug], slug=flight.slug)


def moments(flights: Iterable[Flight], settings: Settings) -> Iterator[datetime]:
    """When an approved booking will begin, and when it will have ended."""
    zone, today = settings.timezone, settings.now.date()
    for flight in flights:
        if flight.status == "approved" and flight.fields.end >= today:
            first, after = flight.fields.start, flight.fields.end + timedelta(days=1)
            yield midnight(first if first > today else after, zone)
