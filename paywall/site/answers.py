"""Answers as plain values, each able to send itself over ASGI."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

import anyio.to_thread
from starlette.types import Receive, Scope, Send

from paywall.site.output import OpenFile

Header: TypeAlias = tuple[bytes, bytes]

_CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, headers, and a body: bytes, or a file to send piece by piece."""

    status: int
    headers: tuple[Header, ...] = ()
    body: bytes = b""
    file: OpenFile | None = None

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Send itself. To HEAD, the same headers and no body."""
        try:
            headers = [*self.headers, *self._length()]
            await send({"type": "http.response.start", "status": self.status, "headers": headers})
            if self.file is not None and scope["method"] != "HEAD":
                await _send_file(self.file, send)
            else:
                body = b"" if scope["method"] == "HEAD" else self.body
                await send({"type": "http.response.body", "body": body})
        finally:
            if self.file is not None:
                self.file.close()

    def with_headers(self, *headers: Header) -> "Answer":
        """Return the same answer with these headers in place of those of the same names."""
        names = {name for name, _ in headers}
        kept = (header for header in self.headers if header[0] not in names)
        return replace(self, headers=(*kept, *headers))

    def _length(self) -> Iterable[Header]:
        if self.status == 304:  # describes a body that is not sent again
            return ()
        size_bytes = len(self.body) if self.file is None else self.file.size_bytes
        return ((b"content-length", b"%d" % size_bytes),)


async def _send_file(file: OpenFile, send: Send) -> None:
    """Send exactly the announced length, whatever becomes of the file meanwhile."""
    offset = 0
    while offset < file.size_bytes:
        want = min(_CHUNK_BYTES, file.size_bytes - offset)
        part = await anyio.to_thread.run_sync(file.read_part, offset, want)
        if not part:
            raise OSError("le fichier a raccourci pendant l’envoi")
        offset += len(part)
        more = offset < file.size_bytes
        await send({"type": "http.response.body", "body": part, "more_body": more})


def short_page(status: int, title: str, text: str, *headers: Header) -> Answer:
    """Make a page for when the site's own cannot be had."""
    body = (
        '<!doctype html><html lang="fr"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><h1>{title}</h1><p>{text}</p></html>\n"
    )
    content_type = (b"content-type", b"text/html; charset=utf-8")
    return Answer(status, (content_type, *headers), body.encode())


NOT_FOUND = short_page(
    404,
    "Page introuvable",
    'Cette adresse ne mène à rien. <a href="/">Revenir à l’accueil</a>.',
    (b"cache-control", b"no-cache"),
)
UNAVAILABLE = short_page(
    503,
    "De retour dans un instant",
    "Le site n’est pas disponible pour le moment. Réessayez dans une minute.",
    (b"cache-control", b"no-store"),
    (b"retry-after", b"60"),
)
BROKEN = short_page(
    500,
    "Une erreur s’est produite",
    "Elle est de notre fait. Réessayez dans un instant.",
    (b"cache-control", b"no-store"),
)


def redirect(location: bytes, *headers: Header, status: int = 301) -> Answer:
    """Send the reader to another address of this site."""
    return Answer(status, ((b"location", location), *headers))


def method_not_allowed(allow: bytes) -> Answer:
    """Refuse a method (RFC 9110, 15.5.6)."""
    return Answer(405, ((b"allow", allow), (b"cache-control", b"no-store")))
