"""All documents: from the store where a file is what it was, else read anew, on all cores."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from plugins.magazine import schema
from plugins.magazine.booking import BookingFields
from plugins.magazine.digest import digest_of_bytes
from plugins.magazine.document import Document, Origin, Outline
from plugins.magazine.front_matter import FrontMatterError, read_bytes
from plugins.magazine.listing import list_files, settled, signature_of
from plugins.magazine.problems import Problem, Problems
from plugins.magazine.reading import FileReader, Reading, name_of
from plugins.magazine.store import Row, Store
from plugins.magazine.taxonomy import Taxonomy
from plugins.press.database import StoreDamagedError
from plugins.press.steps import Steps
from plugins.press.workers import workers

_KINDS: dict[str, type[schema.Entry]] = {
    kind.__name__: kind
    for kind in (
        schema.ArticleFields, BookingFields, schema.EventFields, schema.IssueFields,
        schema.NominationFields, schema.PageFields, schema.PersonFields, schema.ResearchFields,
        schema.Entry,
    )
}  # fmt: skip


class _Kept(msgspec.Struct, array_like=True, gc=False):
    """A document as the store holds it."""

    slug: str
    issue: str | None
    digest: bytes
    fields_digest: bytes
    outline: Outline
    kind: str
    fields: msgspec.Raw


FEW = 64
"""So few files are read sooner than workers start."""

PART = 50
"""Files that a worker reads at a time."""

_ENCODER = msgspec.msgpack.Encoder()
_KEPT = msgspec.msgpack.Decoder(_Kept)
_FIELDS = {name: msgspec.msgpack.Decoder(kind) for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class _Found:
    """One file read again. Without ``entry`` it is what it was, or cannot be read."""

    path: str
    entry: bytes = b""
    body: bytes = b""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, eq=False)
class _Held:
    """Bodies that the store no longer holds, or does not hold yet."""

    bodies: Mapping[str, bytes]

    def body(self, path: str) -> bytes:
        return self.bodies[path]


@dataclass
class Shelf:
    """The content folder as it was listed, and the documents in it, by path in order."""

    folder: Path
    store: Store
    files: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    former: dict[str, Document] = field(default_factory=dict)
    """What was read of files that have changed since, where only few have."""

    unread: frozenset[str] = frozenset()
    """Names of the files without a valid entry: their problem is already recorded."""

    _unkept: dict[str, Row] = field(default_factory=dict)

    def read(self, taxonomy: Taxonomy, problems: Problems, steps: Steps) -> None:
        """List the folder, and read what the store does not know."""
        kept = self._kept()
        listed_at_ns = time.time_ns()
        self.files = list_files(self.folder)
        named = sorted(path for path in self.files if is_document(path))
        doubtful = {p: kept[p][1] if p in kept else b"" for p in named if self._is_new(p, kept)}
        entries = {path: kept[path][1] for path in named if path in kept}
        rows = []
        steps.expect(len(doubtful), len(named) - len(doubtful))
        for found in _read_all(self.folder, doubtful, taxonomy):
            steps.tell(1)
            problems.found += found.problems
            if found.entry:
                entries[found.path] = found.entry
            signature = settled(self.files[found.path], listed_at_ns)
            if not found.problems:
                entry = entries[found.path]
                rows.append(Row(found.path, signature, entry, found.body))
            elif not found.entry:
                entries.pop(found.path, None)
        gone = kept.keys() - set(named)
        changed = [row.path for row in rows if row.body and row.path in kept]
        self.former = self._read_before([*changed, *gone], kept)
        self.store.keep(rows, gone)
        origin = Origin(self.folder, self.store)
        self.documents = {path: _document(path, entries[path], origin) for path in sorted(entries)}
        valid = {path for path, document in self.documents.items() if document.is_valid}
        self.unread = frozenset(name_of(PurePosixPath(p)) for p in named if p not in valid)

    def read_again(self, path: str, reader: FileReader, problems: Problems) -> Document | None:
        """What a file that has changed holds now; ``None`` when it cannot be made out at all.

        Its problems are added to the others: with any, it is there to be checked further.
        The store is told later, by :meth:`keep_unkept`: it takes longer than a page does.
        """
        listed_at_ns = time.time_ns()
        signature = signature_of(self.folder / path)
        found = _read(self.folder, path, b"", reader)
        problems.found += found.problems
        if not found.entry:
            return None
        if not found.problems:
            kept = Row(path, settled(signature, listed_at_ns), found.entry, found.body)
            self._unkept[path] = kept
        return _document(path, found.entry, Origin(self.folder, _Held({path: found.body})))

    def replace(self, document: Document) -> None:
        """Put a document in its former one's place, which is kept for who asks what has gone."""
        path = str(document.path)
        self.former[path] = self.documents[path]
        self.documents[path] = document

    def keep_unkept(self) -> None:
        """Keep for the next build what was read again."""
        rows, self._unkept = list(self._unkept.values()), {}
        self.store.keep(rows)

    def _read_before(
        self, paths: list[str], kept: Mapping[str, tuple[bytes, bytes]]
    ) -> dict[str, Document]:
        if len(paths) > FEW:
            return {}
        former = Origin(self.folder, _Held({path: self.store.body(path) for path in paths}))
        return {path: _document(path, kept[path][1], former) for path in paths}

    def _kept(self) -> dict[str, tuple[bytes, bytes]]:
        try:
            return {path: (signature, entry) for path, signature, entry in self.store.entries()}
        except StoreDamagedError:
            self.store.discard()
            return {}

    def _is_new(self, path: str, kept: Mapping[str, tuple[bytes, bytes]]) -> bool:
        signature = self.files[path]
        return not signature or path not in kept or kept[path][0] != signature


def _document(path: str, entry: bytes, origin: Origin) -> Document:
    kept = _KEPT.decode(entry)
    return Document(
        PurePosixPath(path),
        kept.slug,
        kept.issue,
        _FIELDS[kept.kind].decode(kept.fields),
        kept.outline,
        kept.digest,
        kept.fields_digest,
        origin,
    )


def _read_all(folder: Path, doubtful: Mapping[str, bytes], taxonomy: Taxonomy) -> Iterator[_Found]:
    paths = list(doubtful.items())
    if len(paths) < FEW:
        yield from _read_some(folder, taxonomy, paths)
        return
    parts = [paths[n : n + PART] for n in range(0, len(paths), PART)]
    with workers() as pool:
        for found in pool.map(partial(_read_some, folder, taxonomy), parts):
            yield from found


def _read_some(folder: Path, taxonomy: Taxonomy, paths: list[tuple[str, bytes]]) -> list[_Found]:
    reader = FileReader(taxonomy)
    return [_read(folder, path, known, reader) for path, known in paths]


def _read(folder: Path, path: str, known: bytes, reader: FileReader) -> _Found:
    problems = Problems()
    try:
        content = read_bytes(folder / path)
    except FrontMatterError as error:
        problems.add(path, error.line, error.field, str(error))
        return _Found(path, problems=tuple(problems.found))
    digest = digest_of_bytes(content)
    if known and _KEPT.decode(known).digest == digest:
        return _Found(path)
    reading = reader.read(PurePosixPath(path), content, problems)
    told = tuple(problems.found)
    if reading is None:
        return _Found(path, problems=told)
    return _Found(path, _entry(reading, digest), _ENCODER.encode(reading.body), told)


def _entry(reading: Reading, digest: bytes) -> bytes:
    return _ENCODER.encode(
        _Kept(
            slug=reading.slug,
            issue=reading.issue,
            digest=digest,
            fields_digest=reading.fields_digest,
            outline=Outline.of(reading.body, _title(reading.fields)),
            kind=type(reading.fields).__name__,
            fields=msgspec.Raw(_ENCODER.encode(reading.fields)),
        )
    )


def _title(fields: schema.Entry) -> str:
    return f"{getattr(fields, 'title', '')} {getattr(fields, 'standfirst', '')}"


def is_document(path: str) -> bool:
    """Whether a file of the content folder is an editor's text."""
    return path.endswith(".md") and not path.rpartition("/")[2].startswith("_")
