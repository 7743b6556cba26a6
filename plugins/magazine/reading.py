"""Reading: every content file becomes a typed document, or problems."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import TypeAdapter, ValidationError

from plugins.magazine.anchors import anchor
from plugins.magazine.body import Body, BodyReader, Flaws
from plugins.magazine.booking import BookingFields
from plugins.magazine.digest import digest_of
from plugins.magazine.field_errors import field_errors, field_name
from plugins.magazine.front_matter import (
    FrontMatter,
    FrontMatterError,
    decoded,
    read_front_matter,
)
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems
from plugins.magazine.schema import (
    ArticleFields,
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
_VALIDATORS: dict[type[Entry], TypeAdapter[Entry]] = {
    kind: TypeAdapter(kind) for kind in (*_BY_FOLDER.values(), IssueFields, BookingFields)
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds; when its fields are wrong, an entry of no kind, for its body's sake."""

    slug: str
    issue: str | None
    fields: Entry
    fields_digest: bytes
    body: Body


class FileReader:
    """Reads content files, with one Markdown instance for all of them."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._bodies = BodyReader()

    def read(self, path: PurePosixPath, content: bytes, problems: Problems) -> Reading | None:
        """Read one file; ``path`` is relative to the content folder, and says its kind."""
        model = model_of(path)
        if model is None:
            booked = tell("une réservation s’appelle booking.md")
            unknown = tell("ce dossier ne dit pas de quelle sorte est ce fichier")
            problems.add(path, 1, "path", booked if path.parts[0] == "ads" else unknown)
            return None
        try:
            front = read_front_matter(decoded(content))
        except FrontMatterError as error:
            problems.add(path, error.line, error.field, str(error))
            return None
        fields = self._validated(path, model, front, problems)
        body = self._bodies.read(front.body, front.body_line)
        slug = fields.slug or name_of(path)
        _check(path, slug, body.flaws, problems)
        issue = path.parts[1] if path.parts[0] == "issues" else getattr(fields, "issue", None)
        return Reading(slug, issue, fields, digest_of(front.fields), body)

    def _validated(
        self, path: PurePosixPath, model: type[Entry], front: FrontMatter, problems: Problems
    ) -> Entry:
        try:
            return _VALIDATORS[model].validate_python(front.fields, context=self._taxonomy)
        except ValidationError as error:
            for location, message in field_errors(error, model):
                problems.add(path, front.line_of(location), field_name(location), message)
        return Entry()


def _check(path: PurePosixPath, slug: str, flaws: Flaws, problems: Problems) -> None:
    if not _SLUG.fullmatch(slug):
        problems.add(path, 1, "slug", _renamed(path))
    for line, message in _told(flaws):
        problems.add(path, line, "body", message)


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


def _told(flaws: Flaws) -> Iterator[tuple[int, str]]:
    for used in flaws.refused:
        message = "« {tag} » n’est pas permis dans un texte : rien n’y est chargé ni exécuté"
        yield used.line, tell(message, tag=used.target)
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
    name = name_of(path)
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


def name_of(path: PurePosixPath) -> str:
    """An issue and a booking are named by their folder, what else there is by its file."""
    return path.parent.name if path.name in ("issue.md", "booking.md") else path.stem
