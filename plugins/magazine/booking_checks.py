"""What only the whole magazine can tell of bookings: their events, the files of their creatives."""

from collections.abc import Collection
from pathlib import Path

from plugins.images.library import ImageLibrary
from plugins.images.source import ImageError
from plugins.magazine.booking import BookingFields, CreativeFields
from plugins.magazine.creative_files import CreativeFileError, read_creative
from plugins.magazine.graph import Graph, Node
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


def check_creatives(graph: Graph, images: ImageLibrary, problems: Problems) -> None:
    """Every creative is an image of its size."""
    for booking in graph.bookings:
        document = booking.document
        for n, creative in enumerate(booking.fields.creatives):
            told = _flaw(booking, creative, graph.settings.content, images)
            if told:
                name, message = told
                line = document.line_of("creatives", n, name)
                problems.add(document.path, line, f"creatives.{n + 1}.{name}", message)


def _flaw(
    booking: Node[BookingFields], creative: CreativeFields, content: Path, images: ImageLibrary
) -> tuple[str, str] | None:
    """The field that is wrong and what is wrong with it; nothing that is not a file is opened."""
    if creative.file is None:
        return None
    folder = content / booking.document.path.parent
    try:
        read_creative(folder, creative.file)
        source = images.inspect(folder / creative.file)
    except CreativeFileError as error:
        return "file", str(error)
    except FileNotFoundError:
        beside = [file.name for file in folder.iterdir() if file.suffix != ".md"]
        missing = tell("l’image « {name} » n’existe pas", name=creative.file)
        return "file", missing + did_you_mean(creative.file, beside)
    except ImageError as error:
        message = "l’image « {name} » est illisible : {error}"
        return "file", tell(message, name=creative.file, error=error)
    width, height = source.width_px, source.height_px
    if (width, height) in (creative.size_px, tuple(2 * side for side in creative.size_px)):
        return None
    message = "La création mesure {width} × {height}, il faut {size} ou le double"
    return "size", tell(message, width=width, height=height, size=creative.size)
