"""Reads `manifest.json`, the builder's word on who may read what (docs/manifest.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

import msgspec

from paywall.errors import ManifestError
from paywall.gate import Entry

VERSIONS = (1, 2)
"""Read by this service; 2 adds the day on which each page was published."""


class _Head(msgspec.Struct):
    version: int


class _Page(msgspec.Struct, forbid_unknown_fields=True):
    access: str
    issue: str | None
    opens: Annotated[datetime, msgspec.Meta(tz=True)] | None


class _DatedPage(_Page, forbid_unknown_fields=True):
    published: date | None


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    pages: dict[str, _Page]
    files: dict[str, list[str]]


class _DatedDocument(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    pages: dict[str, _DatedPage]
    files: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The gated pages, and the directories of files that only gated pages show."""

    pages: Mapping[str, Entry] = field(default_factory=dict)
    files: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def entries(self, path: str) -> tuple[Entry, ...] | None:
        """Return the entries that open a path, any one of them enough; None if not gated.

        A gated path may have no entry at all (its page is unknown): then nothing opens it.
        """
        if path.endswith("/"):
            entry = self.pages.get(path)
            return None if entry is None else (entry,)
        return self.files.get(path[: path.rindex("/") + 1])


def read_manifest(source: bytes) -> Manifest:
    """Decode a manifest; raise `ManifestError` on anything not understood entirely."""
    try:
        version = msgspec.json.decode(source, type=_Head).version
        if version not in VERSIONS:
            known = " ou ".join(map(str, VERSIONS))
            raise ManifestError(f"version {version} inconnue, attendu {known}")
        document: _Document | _DatedDocument
        if version == 1:
            document = msgspec.json.decode(source, type=_Document)
        else:
            document = msgspec.json.decode(source, type=_DatedDocument)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ManifestError(str(error)) from error
    pages = {path: _entry(page) for path, page in document.pages.items()}
    return Manifest(pages, _files(document.files, pages))


def _entry(page: _Page) -> Entry:
    published = page.published if isinstance(page, _DatedPage) else None
    return Entry(page.access, page.issue, page.opens, published)


def _files(
    files: Mapping[str, list[str]], pages: Mapping[str, Entry]
) -> dict[str, tuple[Entry, ...]]:
    """Resolve each directory's pages once, at load, rather than at each request."""
    return {
        directory: tuple(pages[page] for page in shown_by if page in pages)
        for directory, shown_by in files.items()
    }
