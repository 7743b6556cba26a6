"""From an open file to an answer: conditional requests, compression, caching headers."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import anyio.to_thread
from starlette.requests import Request

from paywall.site.answers import Answer, Header
from paywall.site.encoding import MIN_COMPRESSED_BYTES, accepts_gzip, compress
from paywall.site.lookup import Variant
from paywall.site.lru import Lru
from paywall.site.media import is_compressible, is_embeddable, is_immutable, media_type
from paywall.site.output import FileKey, OpenFile

# Above this a file is read off the event loop; reading less costs less than the hand-over.
SMALL_BYTES = 256 * 1024
MAX_COMPRESSED_BYTES = 8 * 1024 * 1024
CACHED_COMPRESSED_BYTES = 32 * 1024 * 1024
CACHED_DIGESTS = 65_536

_DIGEST_BYTES = 12
_HASH_CHUNK_BYTES = 1024 * 1024
_CACHING = {
    Variant.PUBLIC: b"public, max-age=0, must-revalidate",
    Variant.PREVIEW: b"no-cache",
    Variant.FULL: b"private, no-store",
    Variant.WITHOUT_ADS: b"private, no-store",
}
_TAGS = {Variant.FULL: b"m", Variant.WITHOUT_ADS: b"n"}
_AD = re.compile(rb'\s*<aside class="ad .*?</aside>', re.DOTALL)
"""A box as `partials/ad.html` writes it: what is within is escaped, so it ends where it says."""
_IMMUTABLE = b"public, max-age=31536000, immutable"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Rendering:
    """The file picked for a path."""

    path: str
    variant: Variant
    file: OpenFile


class Representations:
    """Makes answers from files; remembers digests, and compressed bytes of the public tree."""

    def __init__(self) -> None:
        self._digests: Lru[FileKey, bytes] = Lru(CACHED_DIGESTS)
        self._compressed: Lru[FileKey, bytes] = Lru(CACHED_COMPRESSED_BYTES)

    async def answer(self, request: Request, rendering: Rendering) -> Answer:
        """Answer 200 or 304 with this file. Closes it, or leaves that to the answer."""
        return await _closing(rendering.file, self._answer(request, rendering))

    async def error_page(self, request: Request, rendering: Rendering) -> Answer:
        """Answer 404 with this file: no tag, and never 304, for it stands for no address."""
        headers = ((b"content-type", media_type(rendering.path).encode("ascii")),)
        page = await _closing(rendering.file, self._whole(request, rendering, headers))
        return replace(page, status=404)

    async def _answer(self, request: Request, rendering: Rendering) -> Answer:
        etag = await self._etag(rendering)
        headers = _headers(rendering, etag)
        if matches(request, etag):
            return Answer(304, headers)
        return await self._whole(request, rendering, headers)

    async def _whole(
        self, request: Request, rendering: Rendering, headers: tuple[Header, ...]
    ) -> Answer:
        file = rendering.file
        if _wants_gzip(request, rendering):
            body = await self._gzip(rendering)
            return Answer(200, (*headers, (b"content-encoding", b"gzip")), body)
        if file.size_bytes > SMALL_BYTES and not _loses_ads(rendering):
            return Answer(200, headers, file=file)
        return Answer(200, headers, await _run(lambda: _read(rendering), file.size_bytes))

    async def _etag(self, rendering: Rendering) -> bytes:
        """Return a weak tag, one for all codings, that no two variants can share."""
        file = rendering.file
        digest = self._digests.get(file.key)
        if digest is None:
            digest = await _run(lambda: _digest(file), file.size_bytes)
            self._digests.put(file.key, digest)
        return b'W/"%s-%s"' % (_TAGS.get(rendering.variant, b"p"), digest)

    async def _gzip(self, rendering: Rendering) -> bytes:
        file = rendering.file
        body = self._compressed.get(file.key)
        if body is None:
            body = await _run(lambda: compress(_read(rendering)), file.size_bytes)
            if not rendering.variant.is_full:
                self._compressed.put(file.key, body, len(body))
        return body


def without_ads(page: bytes) -> bytes:
    """A page without the boxes of its ads."""
    return _AD.sub(b"", page)


def _loses_ads(rendering: Rendering) -> bool:
    return rendering.variant is Variant.WITHOUT_ADS and rendering.path.endswith("/")


def _read(rendering: Rendering) -> bytes:
    body = rendering.file.read()
    return without_ads(body) if _loses_ads(rendering) else body


async def _closing(file: OpenFile, making: Awaitable[Answer]) -> Answer:
    answer = None
    try:
        answer = await making
    finally:
        if answer is None or answer.file is None:
            file.close()
    return answer


async def _run(work: Callable[[], Result], size_bytes: int) -> Result:
    """Do small work here, large work on a thread where it keeps nobody waiting."""
    return work() if size_bytes <= SMALL_BYTES else await anyio.to_thread.run_sync(work)


def _digest(file: OpenFile) -> bytes:
    digest, offset = hashlib.blake2b(digest_size=_DIGEST_BYTES), 0
    while part := file.read_part(offset, _HASH_CHUNK_BYTES):
        digest.update(part)
        offset += len(part)
    return digest.hexdigest().encode("ascii")


def _headers(rendering: Rendering, etag: bytes) -> tuple[Header, ...]:
    """Return what 200 and 304 have in common."""
    path, variant = rendering.path, rendering.variant
    public = variant is Variant.PUBLIC
    caching = _IMMUTABLE if public and is_immutable(path) else _CACHING[variant]
    headers: list[Header] = [
        (b"content-type", media_type(path).encode("ascii")),
        (b"etag", etag),
        (b"cache-control", caching),
        # Ranges of two variants, spliced by a client, would make a text nobody wrote.
        (b"accept-ranges", b"none"),
        *vary(path, variant),
    ]
    if public and is_embeddable(path):
        headers.append((b"cross-origin-resource-policy", b"cross-origin"))
    return tuple(headers)


def vary(path: str, variant: Variant) -> tuple[Header, ...]:
    """Return what the answer depends on, whichever answer it is: caches learn from any."""
    names = [] if variant is Variant.PUBLIC else [b"Cookie", b"Authorization"]
    if is_compressible(path):
        names.append(b"Accept-Encoding")
    return ((b"vary", b", ".join(names)),) if names else ()


def _wants_gzip(request: Request, rendering: Rendering) -> bool:
    size_bytes = rendering.file.size_bytes
    return (
        MIN_COMPRESSED_BYTES <= size_bytes <= MAX_COMPRESSED_BYTES
        and is_compressible(rendering.path)
        and accepts_gzip(",".join(request.headers.getlist("accept-encoding")))
    )


def matches(request: Request, etag: bytes) -> bool:
    """Compare weakly with `If-None-Match` (RFC 9110, 13.1.2); `*` matches what exists."""
    given = request.headers.getlist("if-none-match")
    opaque = etag.removeprefix(b"W/").decode("ascii")
    tags = {tag.strip().removeprefix("W/") for value in given for tag in value.split(",")}
    return "*" in tags or opaque in tags
