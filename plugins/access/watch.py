"""What of a build has to be searched: what it changed, or all where something was closed.

A file that an earlier build made, and that build's audit passed, holds nothing of the texts that
were gated then. It can only hold something gated now that the public could read before: a text
that has been closed, or a passage that was taken out of a public one. Then everything is read.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

import msgspec

from plugins.access.marks import marks
from plugins.access.secrets import Secrets, public_texts
from plugins.access.text import words
from plugins.magazine.document import Document
from plugins.magazine.edition import Edition
from plugins.magazine.graph import Article, Node
from plugins.magazine.schema import Entry

NAME = ".documents"

Documents = dict[str, tuple[bytes, bool]]
"""Each content file with the digest of what it held, and whether its text was closed."""


def documents_of(edition: Edition) -> Documents:
    """What the documents of an edition are."""
    now = edition.settings.now
    closed = {str(a.document.path) for a in edition.graph.articles if a.gate.is_closed(now)}
    documents = edition.shelf.documents.items()
    return {path: (document.digest, path in closed) for path, document in documents}


def encoded(documents: Documents) -> bytes:
    """The documents as they are kept beside the published trees."""
    return msgspec.msgpack.encode(documents)


def published_documents(published: Path) -> Documents | None:
    """What the documents of the published build were; ``None`` when that is unknown."""
    try:
        return msgspec.msgpack.decode((published / NAME).read_bytes(), type=Documents)
    except (OSError, msgspec.DecodeError):
        return None


def has_lost(edition: Edition, before: Documents | None, secrets: Secrets) -> bool:
    """Whether something gated now could be read by anybody in the published build."""
    if before is None:
        return True
    now = documents_of(edition)
    if any(closed and path in before and not before[path][1] for path, (_, closed) in now.items()):
        return True
    changed = [p for p, (digest, _) in before.items() if p not in now or now[p][0] != digest]
    return any(_loses(edition, path, before, secrets) for path in changed)


def _loses(
    edition: Edition, path: str, before: Mapping[str, tuple[bytes, bool]], secrets: Secrets
) -> bool:
    """Whether what a document said to anybody, and no longer says, is gated somewhere."""
    digest, was_closed = before[path]
    former = edition.shelf.former.get(path)
    if former is None or former.digest != digest:
        return True
    return _says_less(edition, path, former, was_closed, secrets)


def loses(edition: Edition, path: PurePosixPath, secrets: Secrets) -> bool:
    """The same of a document that was read again, and is as open or as closed as it was."""
    was_closed = _is_closed(edition.node_at[str(path)], edition)
    return _says_less(edition, str(path), edition.shelf.former[str(path)], was_closed, secrets)


def _says_less(
    edition: Edition, path: str, former: Document, was_closed: bool, secrets: Secrets
) -> bool:
    said = _numbers(public_texts(Node(former, ""), closed=was_closed))
    node = edition.node_at.get(path)
    if node is not None:
        said -= _numbers(public_texts(node, closed=_is_closed(node, edition)))
    return not secrets.marks.isdisjoint(said)


def _is_closed(node: Node[Entry], edition: Edition) -> bool:
    return isinstance(node, Article) and node.gate.is_closed(edition.settings.now)


def _numbers(texts: Iterable[str]) -> set[int]:
    return {number for text in texts for number in marks(words(text))}
