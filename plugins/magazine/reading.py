"""Reading: every content file becomes a typed document, or problems."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from plugins.magazine.anchors import anchor
from plugins.magazine.body import Body, BodyReader, Flaws
from plugins.magazine.field_errors import field_errors
from plugins.magazine.front_matter import (
    FrontMatter,
    FrontMatterError,
    read_front_matter,
    read_text,
)
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems
from plugins.magazine.schema import (
    ArticleFields,
    BookingFields,
    Entry,
    EventFields,
    IssueFields,
    NominationFields,
    PageFields,
    PersonFields,
    ResearchFields,
)
from plugins.magazine.taxonomy import Taxonomy

_BY_FOLDER: dict[str, type[Entry]] = {
    "articles": ArticleFields,
    "people": PersonFields,
    "research": ResearchFields,
    "nominations": NominationFields,
    "events": EventFields,
    "pages": PageFields,
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Document:
    """One content file. ``path`` is relative to the content folder.

    ``issue`` is the folder that an issue's file or its article lies in, or the one named.
    """

    path: PurePosixPath
    slug: str
    issue: str | None
    fields: Entry
    front: FrontMatter
    body: Body

    @property
    def is_valid(self) -> bool:
        """Whether the fields are those of its kind; else only its body can be checked."""
        return type(self.fields) is not Entry

    def line_of(self, *location: str | int) -> int:
        """The line of a field."""
        return self.front.line_of(location)


def read_documents(folder: Path, taxonomy: Taxonomy, problems: Problems) -> list[Document]:
    """Read every Markdown file below ``folder``, in path order."""
    reader = BodyReader()
    found = []
    for path in markdown_files(folder):
        document = _read(folder, path, taxonomy, reader, problems)
        if document:
            found.append(document)
    return found


def unread_names(folder: Path, documents: Iterable[Document]) -> frozenset[str]:
    """Names of the files without an entry of their kind: their problem is already recorded."""
    read = {document.path for document in documents if document.is_valid}
    return frozenset(_name_of(path) for path in markdown_files(folder) if path not in read)


def markdown_files(folder: Path) -> Iterator[PurePosixPath]:
    """Paths of the Markdown files, relative to ``folder``, sorted; hidden ones are left out."""
    for at, folders, files in os.walk(folder):
        inside = PurePosixPath(Path(at).relative_to(folder).as_posix())
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(files):
            if name.endswith(".md") and not name.startswith((".", "_")):
                yield inside / name


def model_of(path: PurePosixPath) -> type[Entry] | None:
    """The kind of a file, from its folder."""
    match path.parts:
        case ("issues", _, "issue.md"):
            return IssueFields
        case ("issues", _, _):
            return ArticleFields
        case ("ads", _, "booking.md"):
            return BookingFields
        case (top, *rest) if rest:
            return _BY_FOLDER.get(top)
    return None


def _read(
    folder: Path,
    path: PurePosixPath,
    taxonomy: Taxonomy,
    reader: BodyReader,
    problems: Problems,
) -> Document | None:
    model = model_of(path)
    if model is None:
        problems.add(path, 1, "path", tell("ce dossier ne dit pas de quelle sorte est ce fichier"))
        return None
    try:
        front = read_front_matter(read_text(folder / path))
    except FrontMatterError as error:
        problems.add(path, error.line, error.field, str(error))
    else:
        fields = _validated(path, model, front, taxonomy, problems)
        body = reader.read(front.body, front.body_line)
        return _document(path, fields, front, body, problems)
    return None


def _validated(
    path: PurePosixPath,
    model: type[Entry],
    front: FrontMatter,
    taxonomy: Taxonomy,
    problems: Problems,
) -> Entry:
    """The fields of a file; when they are wrong, an entry of no kind, for its body's sake."""
    try:
        return model.model_validate(front.fields, context=taxonomy)
    except ValidationError as error:
        for location, message in field_errors(error, model):
            name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in location)
            problems.add(path, front.line_of(location), name or "front matter", message)
    return Entry.model_construct()


def _document(
    path: PurePosixPath, fields: Entry, front: FrontMatter, body: Body, problems: Problems
) -> Document:
    slug = fields.slug or _name_of(path)
    if not _SLUG.fullmatch(slug):
        problems.add(path, 1, "slug", _renamed(path))
    for line, message in _told(body.flaws):
        problems.add(path, line, "body", message)
    issue = path.parts[1] if path.parts[0] == "issues" else getattr(fields, "issue", None)
    return Document(path, slug, issue, fields, front, body)


def _told(flaws: Flaws) -> Iterator[tuple[int, str]]:
    for line in flaws.misplaced_marks:
        yield line, tell("« <!-- more --> » doit être seul entre deux lignes vides")
    for line in flaws.repeated_marks:
        yield line, tell("un texte n’a qu’un « <!-- more --> », celui-ci est de trop")
    for call in flaws.undefined_notes:
        message = "« [^{name}] » appelle une note qui n’est pas écrite (« [^{name}]: … »)"
        yield call.line, tell(message, name=call.target)
    for note in flaws.uncalled_notes:
        message = "rien n’appelle la note « [^{name}] » dans le texte"
        yield note.line, tell(message, name=note.target)
    for note in flaws.empty_notes:
        yield note.line, tell("la note « [^{name}] » est vide", name=note.target)


def _renamed(path: PurePosixPath) -> str:
    """What to tell of a file, or of an issue's folder, whose name cannot be an address."""
    name = _name_of(path)
    rule = (
        "nom de fichier « {name} » : minuscules, chiffres et traits d’union seulement ; "
        "renommez-le « {fixed} »"
    )
    if name != path.stem:
        rule = (
            "nom de dossier « {name} » : minuscules, chiffres et traits d’union seulement ; "
            "renommez-le « {fixed} »"
        )
        return tell(rule, name=name, fixed=anchor(name))
    return tell(rule, name=path.name, fixed=f"{anchor(name)}.md")


def _name_of(path: PurePosixPath) -> str:
    """An issue and a booking are named by their folder, what else there is by its file."""
    return path.parent.name if path.name in ("issue.md", "booking.md") else path.stem
