"""What only the whole magazine can tell: links, images, duplicates (references: beside this)."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from plugins.images.library import ImageLibrary
from plugins.images.source import ImageError
from plugins.magazine.document import Document
from plugins.magazine.fields import ImageFields, unknown_section, unknown_theme
from plugins.magazine.graph import Graph
from plugins.magazine.links import BrokenLink, LinkResolver, Target, image_path
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems, did_you_mean
from plugins.magazine.schema import ArticleFields, Entry
from plugins.magazine.taxonomy import Taxonomy


def check_duplicates(documents: Iterable[Document], problems: Problems) -> None:
    """Two files of a kind may not have one slug (articles: one slug in one issue)."""
    first: dict[tuple[type[Entry], str | None, str], PurePosixPath] = {}
    for document in filter(lambda d: d.is_valid, documents):
        scope = document.issue if isinstance(document.fields, ArticleFields) else None
        other = first.setdefault((type(document.fields), scope, document.slug), document.path)
        if other != document.path:
            taken = tell("« {slug} » est déjà pris par {path}", slug=document.slug, path=other)
            problems.add(document.path, document.line_of("slug"), "slug", taken)


def check_addresses(graph: Graph, reserved: Collection[str], problems: Problems) -> None:
    """Two pages may not have one address."""
    first: dict[str, str] = dict.fromkeys(reserved, tell("une page du magazine"))
    for node in graph.nodes:
        other = first.setdefault(node.url, str(node.document.path))
        path = node.document.path
        if other != str(path) and not problems.tells_of(path, "slug"):
            taken = tell("l’adresse {url} est déjà celle de {path}", url=node.url, path=other)
            problems.add(path, node.document.line_of("slug"), "slug", taken)


def check_taxonomy(documents: Iterable[Document], taxonomy: Taxonomy, problems: Problems) -> None:
    """Every section and theme is in the closed lists, also where only these have changed."""
    for document in documents:
        section = getattr(document.fields, "section", None)
        if section is not None and section not in taxonomy.sections:
            message = unknown_section(section, taxonomy)
            problems.add(document.path, document.line_of("section"), "section", message)
        for name in ("themes", "excluded_themes"):
            for n, theme in enumerate(getattr(document.fields, name, ())):
                if theme not in taxonomy.themes:
                    line = document.line_of(name, n)
                    message = unknown_theme(theme, taxonomy)
                    problems.add(document.path, line, f"{name}.{n + 1}", message)


def check_links(
    documents: Iterable[Document],
    resolver: LinkResolver,
    unread: Collection[str],
    problems: Problems,
) -> dict[PurePosixPath, tuple[Target, ...]]:
    """Every link inside the site leads somewhere; ``unread`` files have their own problems.

    Returns where the links of each document lead, in their order.
    """
    found: dict[PurePosixPath, tuple[Target, ...]] = {}
    for document in documents:
        try:
            links = document.outline.links
            found[document.path] = tuple(resolver.resolve(u.target, document) for u in links)
        except BrokenLink:
            _tell_broken(document, resolver, unread, problems)
    return found


def _tell_broken(
    document: Document, resolver: LinkResolver, unread: Collection[str], problems: Problems
) -> None:
    for link in document.outline.links:
        why = _why_broken(link.target, document, resolver, unread)
        if why:
            problems.add(document.path, link.line, "link", why)


def _why_broken(
    target: str, document: Document, resolver: LinkResolver, unread: Collection[str]
) -> str:
    try:
        resolver.resolve(target, document)
    except BrokenLink as error:
        names = re.split("[:/#]", target.replace(".md", ""))
        return str(error) if set(unread).isdisjoint(names) else ""
    return ""


def check_links_of_bookings(
    graph: Graph, resolver: LinkResolver, unread: Collection[str], problems: Problems
) -> None:
    """Every link of an ad to a page of the magazine leads to one, until the booking ends."""
    today, urls = graph.settings.now.date(), graph.settings.urls
    served = (urls.subscribe, urls.book, urls.access, urls.sign_in, urls.account)
    for booking in (node for node in graph.bookings if node.fields.end >= today):
        document = booking.document
        for n, creative in enumerate(booking.fields.creatives):
            if creative.link.startswith("/") and not creative.link.startswith(served):
                why = _why_broken(creative.link, document, resolver, unread)
                if why:
                    line = document.line_of("creatives", n, "link")
                    problems.add(document.path, line, f"creatives.{n + 1}.link", why)


def check_images(
    documents: Iterable[Document], images: ImageLibrary, content: Path, problems: Problems
) -> None:
    """Every image exists, can be read, and says what it shows."""
    for document in documents:
        for used in document.outline.images:
            if not (used.alt or "").strip():
                missing = tell(
                    "l’image « {name} » n’a pas de texte de remplacement", name=used.target
                )
                problems.add(document.path, used.line, "image", missing)
            _check_image(document, used.target, used.line, "image", images, content, problems)
        for name, file in named_images(document.fields):
            at = f"{name}.file"
            _check_image(document, file, (name, "file"), at, images, content, problems)


def named_images(fields: Entry) -> Iterator[tuple[str, str]]:
    """Images of the front matter that pages show: field, file (bookings have their own checks)."""
    for name in ("image", "cover", "portrait"):
        image: ImageFields | None = getattr(fields, name, None)
        if image:
            yield name, image.file


def _check_image(  # noqa: PLR0913 (one place in one file, and where to look and tell)
    document: Document,
    target: str,
    where: int | tuple[str | int, ...],
    name: str,
    images: ImageLibrary,
    content: Path,
    problems: Problems,
) -> None:
    try:
        images.inspect(image_path(content, document, target))
    except BrokenLink as error:
        problems.add(document.path, _line(document, where), name, str(error))
    except (FileNotFoundError, IsADirectoryError):
        missing = missing_image((content / document.path).parent, target)
        problems.add(document.path, _line(document, where), name, missing)
    except ImageError as error:
        problems.add(document.path, _line(document, where), name, broken_image(target, error))


def missing_image(folder: Path, name: str) -> str:
    """What to tell of an image that is not there, with the names of those that are."""
    beside = [file.name for file in folder.iterdir() if file.suffix != ".md"]
    return tell("l’image « {name} » n’existe pas", name=name) + did_you_mean(name, beside)


def broken_image(name: str, error: ImageError) -> str:
    """What to tell of an image that cannot be read."""
    return tell("l’image « {name} » est illisible : {error}", name=name, error=error)


def _line(document: Document, where: int | tuple[str | int, ...]) -> int:
    """A line, or that of a field, which is looked up only when there is something to tell."""
    return where if isinstance(where, int) else document.line_of(*where)
