"""A content file as the build knows it: its fields at hand, its text when it is wanted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

import msgspec

from plugins.magazine.anchors import anchor
from plugins.magazine.body import Body, Use, minutes
from plugins.magazine.front_matter import FrontMatter, read_front_matter, read_text
from plugins.magazine.schema import Entry

_WORD = re.compile(r"[^\W\d_]{5,}")


def words_of(title: str) -> tuple[str, ...]:
    """Words without case or accents; short ones are seldom what a text is about."""
    return tuple(dict.fromkeys(anchor(word) for word in _WORD.findall(title.lower())))


@dataclass(frozen=True, slots=True)
class Outline:
    """What other pages and the checks need of a text."""

    words: int
    title_words: tuple[str, ...]
    ids: frozenset[str]
    links: tuple[Use, ...]
    images: tuple[Use, ...]

    @classmethod
    def of(cls, body: Body, title: str) -> "Outline":
        """The outline of a body; ``title`` is what stands above it."""
        return cls(body.words, words_of(title), body.ids, body.links, body.images)

    @property
    def minutes(self) -> int:
        """Reading time, at least one minute."""
        return minutes(self.words)


class Bodies(Protocol):
    """Where bodies are kept."""

    def body(self, path: str) -> bytes:
        """The body of a file, as it was encoded."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where documents come from: their folder, and where their bodies are kept."""

    folder: Path
    bodies: Bodies


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One content file. ``path`` is relative to the content folder.

    ``issue`` is the folder that an issue's file or its article lies in, or the one named.
    ``digest`` is of the whole file, ``fields_digest`` of what stands above its text.
    """

    path: PurePosixPath
    slug: str
    issue: str | None
    fields: Entry
    outline: Outline
    digest: bytes
    fields_digest: bytes
    origin: Origin

    @property
    def is_valid(self) -> bool:
        """Whether the fields are those of its kind; else only its body can be checked."""
        return type(self.fields) is not Entry

    @property
    def body(self) -> Body:
        """Its text, read from where it is kept."""
        return _body(self.origin, str(self.path), self.digest)

    def line_of(self, *location: str | int) -> int:
        """The line of a field; the file is read again, since this is seldom asked."""
        return self._front().line_of(location)

    def written(self) -> Mapping[str, Any]:
        """Its fields as they are written, for one that is not valid; the file is read again."""
        return self._front().fields

    def _front(self) -> FrontMatter:
        return read_front_matter(read_text(self.origin.folder / self.path))


_BODY = msgspec.msgpack.Decoder(Body)
PAGE_READS = 8
"""A page asks for a few bodies, its own several times."""


@lru_cache(PAGE_READS)
def _body(origin: Origin, path: str, _digest: bytes) -> Body:
    return _BODY.decode(origin.bodies.body(path))
