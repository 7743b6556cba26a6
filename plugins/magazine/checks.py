"""What only the whole magazine can tell: references, links, images, duplicates."""

from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from plugins.images.library import ImageLibrary
from plugins.images.source import ImageError
from plugins.magazine.fields import ImageFields
from plugins.magazine.graph import Graph, Issue, Node
from plugins.magazine.links import BrokenLink, LinkResolver, image_path
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems, did_you_mean
from plugins.magazine.reading import Document
from plugins.magazine.schema import ArticleFields, Entry


def check_duplicates(documents: Iterable[Document], problems: Problems) -> None:
    """Two files of a kind may not have one slug (articles: one slug in one issue)."""
    first: dict[tuple[type[Entry], str | None, str], PurePosixPath] = {}
    for document in documents:
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
        if other != str(node.document.path):
            taken = tell("l’adresse {url} est déjà celle de {path}", url=node.url, path=other)
            problems.add(node.document.path, node.document.line_of("slug"), "slug", taken)


def check_references(graph: Graph, problems: Problems) -> None:
    """People and issues that are named must exist."""
    known = graph.people
    for article in graph.articles:
        _check_slugs(article, "authors", article.fields.authors, known, problems)
        _check_slugs(article, "people", article.fields.people, known, problems)
        if article.document.issue and not article.issue:
            issues = [issue.slug for issue in graph.issues]
            unknown = tell("numéro inconnu « {slug} »", slug=article.document.issue)
            line = article.document.line_of("issue")
            suggestion = did_you_mean(article.document.issue, issues)
            problems.add(article.document.path, line, "issue", unknown + suggestion)
    for success in graph.research:
        _check_slugs(success, "people", success.fields.people, known, problems)
    for nomination in graph.nominations:
        named = nomination.fields.person
        _check_slugs(nomination, "person", (named,) if named else (), known, problems)
    for issue in graph.issues:
        _check_issue(issue, known, problems)


def _check_issue(issue: Issue, people: Collection[str], problems: Problems) -> None:
    own = {article.slug for article in issue.articles}
    _check_slugs(issue, "authors", issue.fields.authors, people, problems)
    _check_slugs(issue, "articles", issue.fields.articles, own, problems)
    if issue.fields.dossier:
        named = issue.fields.dossier.articles
        _check_slugs(issue, "dossier", named, own, problems, ("dossier", "articles"))


def _check_slugs(
    node: Node[Entry],
    name: str,
    slugs: Iterable[str],
    known: Collection[str],
    problems: Problems,
    at: tuple[str, ...] = (),
) -> None:
    for n, slug in enumerate(slugs):
        if slug not in known:
            line = node.document.line_of(*(at or (name,)), n)
            message = tell("« {slug} » n’existe pas", slug=slug) + did_you_mean(slug, known)
            problems.add(node.document.path, line, name, message)


def check_links(documents: Iterable[Document], resolver: LinkResolver, problems: Problems) -> None:
    """Every link inside the site leads somewhere."""
    for document in documents:
        for link in document.body.links:
            try:
                resolver.resolve(link.target, document)
            except BrokenLink as error:
                problems.add(document.path, link.line, "link", str(error))


def check_images(
    documents: Iterable[Document], images: ImageLibrary, content: Path, problems: Problems
) -> None:
    """Every image exists, can be read, and says what it shows."""
    for document in documents:
        for used in document.body.images:
            if not (used.alt or "").strip():
                missing = tell(
                    "l’image « {name} » n’a pas de texte de remplacement", name=used.target
                )
                problems.add(document.path, used.line, "image", missing)
            _check_image(document, used.target, used.line, "image", images, content, problems)
        for name, n, file in _named_images(document.fields):
            line = document.line_of(*((name, n) if n is not None else (name,)), "file")
            _check_image(document, file, line, f"{name}.file", images, content, problems)


def _named_images(fields: Entry) -> Iterable[tuple[str, int | None, str]]:
    """Images of the front matter: field, place in its list if it is one, file."""
    for name in ("image", "cover", "portrait"):
        image: ImageFields | None = getattr(fields, name, None)
        if image:
            yield name, None, image.file
    for n, creative in enumerate(getattr(fields, "creatives", ())):
        yield "creatives", n, creative.file


def _check_image(  # noqa: PLR0913 (one place in one file, and where to look and tell)
    document: Document,
    target: str,
    line: int,
    name: str,
    images: ImageLibrary,
    content: Path,
    problems: Problems,
) -> None:
    try:
        images.inspect(image_path(content, document, target))
    except BrokenLink as error:
        problems.add(document.path, line, name, str(error))
    except (FileNotFoundError, IsADirectoryError):
        folder = (content / document.path).parent
        beside = [file.name for file in folder.iterdir() if file.suffix != ".md"]
        missing = tell("l’image « {name} » n’existe pas", name=target)
        problems.add(document.path, line, name, missing + did_you_mean(target, beside))
    except ImageError as error:
        broken = tell("l’image « {name} » est illisible : {error}", name=target, error=error)
        problems.add(document.path, line, name, broken)
