"""What only the whole magazine can tell of bookings (creatives: ``plugins.ads.creatives``)."""

from collections.abc import Collection

from plugins.magazine.graph import Graph
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems, did_you_mean


def check_events(graph: Graph, unread: Collection[str], problems: Problems) -> None:
    """Every event that is sponsored exists; ``unread`` ones do, but have problems."""
    events = {*(event.slug for event in graph.events), *unread}
    for booking in graph.bookings:
        document = booking.document
        for n, slug in enumerate(booking.fields.events):
            if slug not in events:
                message = tell("« {slug} » n’existe pas", slug=slug) + did_you_mean(slug, events)
                problems.add(document.path, document.line_of("events", n), "events", message)
