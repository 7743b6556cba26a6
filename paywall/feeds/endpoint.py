"""The ASGI endpoint of private feeds and of their images.

What is not to be had is answered alike, whatever the reason; a database that is down is not: 503,
at which feed readers keep what they have.
"""

import logging
import re
from datetime import datetime

import anyio.to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from paywall.accounts.feeds import Standing
from paywall.errors import DatabaseDownError
from paywall.feeds.freshness import Changes, etag_of, is_fresh
from paywall.feeds.images import (
    IMAGES_PREFIX,
    ImageAddresses,
    load_image_key,
    read_image_address,
)
from paywall.feeds.lookup import Lookup, Refused
from paywall.feeds.shelf import Shelf
from paywall.feeds.template import Template
from paywall.gate import Entry, may_read
from paywall.service import Service
from paywall.site.answers import Answer, Header, method_not_allowed
from paywall.site.encoding import accepts_gzip
from paywall.site.lookup import Variant, find
from paywall.site.output import Output
from paywall.site.representations import Rendering, Representations

log = logging.getLogger(__name__)

FEEDS_PREFIX = b"/flux/prive/"
_FEED = re.compile(rb"/flux/prive/(?P<secret>[A-Za-z0-9_-]{43})/rss\.xml")
_RETRY_SECONDS = 60

_UNSEEN: tuple[Header, ...] = (
    (b"x-robots-tag", b"noindex"),
    (b"referrer-policy", b"no-referrer"),
)
_FEED_TYPE = (b"content-type", b"application/rss+xml; charset=utf-8")
# Not `no-store`: who keeps to the letter of it keeps no tag to ask with. No shared cache may have
# it, and a private one asks before each use.
_FEED_CACHING = (b"cache-control", b"private, no-cache")
# Its name changes with its bytes; a week spares who reads an article again.
_IMAGE_CACHING = (b"cache-control", b"private, max-age=604800")
_ELSEWHERE = (b"cross-origin-resource-policy", b"cross-origin")


def _told(status: int, text: str, *headers: Header) -> Answer:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    unkept = (b"cache-control", b"no-store")
    return Answer(status, (kind, unkept, *_UNSEEN, *headers), text.encode())


def _wait(seconds: int) -> Header:
    return b"retry-after", b"%d" % seconds


_NONE = _told(404, "Il n’y a rien à cette adresse, ou il n’y a plus rien.\n")
_DOWN = _told(503, "De retour dans un instant.\n", _wait(_RETRY_SECONDS))


class Feeds:
    """Answers below `/flux/prive/` and `/flux/images/`."""

    def __init__(self, service: Service, output: Output) -> None:
        settings = service.settings
        self._addresses = ImageAddresses(load_image_key(settings.keys), settings.address)
        self._lookup = Lookup(service, self._addresses)
        self._clock, self._output = service.clock, output
        self._shelf, self._changes = Shelf(output), Changes()
        self._representations = Representations()

    def finds(self, raw_path: bytes) -> bool:
        """Whether an address is one of these, or looks like it."""
        return raw_path.startswith((FEEDS_PREFIX, IMAGES_PREFIX))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(Request(scope))
        except DatabaseDownError as error:
            log.error("flux privés indisponibles : %s", type(error).__name__)
            answer = _DOWN
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Answer:
        if request.method not in {"GET", "HEAD"}:
            return method_not_allowed(b"GET, HEAD")
        raw: bytes = request.scope["raw_path"]
        now = self._clock()
        feed, image = _FEED.fullmatch(raw), read_image_address(raw)
        sought = feed["secret"].decode() if feed else image
        if sought is None:
            return _NONE
        standing = await self._lookup.standing(request, sought, now)
        if isinstance(standing, Refused):
            return _told(429, "Trop d’essais.\n", _wait(standing.seconds))
        if standing is None:
            return _NONE
        if image is not None:
            return await self._image(request, image.path, standing, now)
        return await self._feed(request, standing, now)

    async def _feed(self, request: Request, standing: Standing, now: datetime) -> Answer:
        template = await self._shelf.template(standing.entitlement, now)
        if template is None:
            return _DOWN
        etag = etag_of(template, standing)
        modified = self._changes.since(standing.feed_id, etag, now)
        tags = (b"etag", etag), (b"last-modified", modified), (b"vary", b"Accept-Encoding")
        headers = (_FEED_TYPE, *tags, _FEED_CACHING, *_UNSEEN)
        if is_fresh(request, etag, modified):
            return Answer(304, headers)
        gzip = accepts_gzip(",".join(request.headers.getlist("accept-encoding")))
        coding = ((b"content-encoding", b"gzip"),) if gzip else ()
        body = await anyio.to_thread.run_sync(self._filled, standing, template, gzip)
        return Answer(200, (*headers, *coding), body)

    def _filled(self, standing: Standing, template: Template, gzip: bool) -> bytes:
        write = self._addresses.address
        addresses = {image: write(standing, image) for image in set(template.images)}
        return template.gzipped(addresses) if gzip else template.plain(addresses)

    async def _image(
        self, request: Request, path: str, standing: Standing, now: datetime
    ) -> Answer:
        def may_open(entries: tuple[Entry, ...]) -> bool:
            return any(may_read(standing.entitlement, entry, now) for entry in entries)

        found = find(self._output, path, may_open)
        if found is None:
            return _DOWN
        if found.file is None or found.variant is Variant.PREVIEW:
            found.close()
            return _NONE
        rendering = Rendering(path, found.variant, found.file)
        answer = await self._representations.answer(request, rendering)
        return answer.with_headers(_IMAGE_CACHING, _ELSEWHERE, *_UNSEEN)
