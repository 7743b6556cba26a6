"""For whoever writes the magazine: pages reload when they change, and show what is wrong.

Only ``paywall serve --development`` has any of this. The builder replaces a small file, the news,
at every publication; a script in each page is told when it does.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from paywall.feeds.endpoint import FEEDS_PREFIX
from paywall.site.answers import Answer, method_not_allowed

PREFIX = b"/_bicorne/"
NEWS_PATH = PREFIX + b"news"
_TAG = (
    b'<link rel="stylesheet" href="/_bicorne/reload.css">'
    b'<script src="/_bicorne/reload.js" defer></script>'
)
_TYPES = {"reload.js": b"text/javascript; charset=utf-8", "reload.css": b"text/css; charset=utf-8"}
_POLL_SECONDS = 0.03
_ALIVE_SECONDS = 10
"""How often a comment is sent, so that a reader who has left is noticed."""

_NO_STORE = (b"cache-control", b"no-store")
_UNWANTED = {b"accept-encoding", b"if-none-match"}
_RENEWED = {b"content-length", b"etag", b"cache-control"}


class Development:
    """ASGI middleware: adds the script to every page, and answers it."""

    def __init__(self, app: ASGIApp, news: Path) -> None:
        folder = resources.files("paywall.site") / "reload"
        self._app, self._news = app, News(news)
        self._files = {
            PREFIX + name.encode(): Answer(
                200, ((b"content-type", kind), _NO_STORE), (folder / name).read_bytes()
            )
            for name, kind in _TYPES.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what the script asks for; pass everything else on."""
        path = scope.get("raw_path", b"")
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif path == NEWS_PATH:
            await self._tell(scope, receive, send)
        elif path in self._files:
            allowed = scope["method"] in {"GET", "HEAD"}
            answer = self._files[path] if allowed else method_not_allowed(b"GET, HEAD")
            await answer(scope, receive, send)
        elif path.startswith(FEEDS_PREFIX):  # no page: readers of feeds ask for what is new
            await self._app(scope, receive, send)
        else:
            page = _Page(send).send if scope["method"] != "HEAD" else send
            await self._app(_plainly(scope), receive, page)

    async def _tell(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await method_not_allowed(b"GET")(scope, receive, send)
            return
        headers = [(b"content-type", b"text/event-stream"), _NO_STORE]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_cancel_when_gone, receive, tasks.cancel_scope)
            await self._news.send_all(send)


@dataclass
class News:
    """What the builder tells, as events."""

    file: Path

    async def send_all(self, send: Send) -> None:
        """Send what is known, then every change of it."""
        told, waited_seconds = b"", 0.0
        while True:
            news = self._read()
            if news != told:
                told = news
                await _chunk(send, b"data: " + news + b"\n\n")
            elif waited_seconds > _ALIVE_SECONDS:
                waited_seconds = 0.0
                await _chunk(send, b": \n\n")
            await anyio.sleep(_POLL_SECONDS)
            waited_seconds += _POLL_SECONDS

    def _read(self) -> bytes:
        """One line: JSON without line ends. Nothing before the first publication."""
        try:
            return json.dumps(json.loads(self.file.read_bytes())).encode()
        except (OSError, ValueError):
            return b"{}"


class _Page:
    """Holds a page back until it is whole, and adds the script; other answers pass through."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        head, closing, tail = self._body.rpartition(b"</body>")
        body = head + _TAG + closing + tail if closing else self._body + _TAG
        kept = [(name, value) for name, value in start["headers"] if name not in _RENEWED]
        length = (b"content-length", b"%d" % len(body))
        await self._send({**start, "headers": [*kept, _NO_STORE, length]})
        await self._send({"type": "http.response.body", "body": body})


def _is_page(message: Message) -> bool:
    kinds = (value for name, value in message["headers"] if name == b"content-type")
    return any(kind.startswith(b"text/html") for kind in kinds)


def _plainly(scope: Scope) -> Scope:
    """The same request for a whole and uncompressed answer."""
    headers = [(name, value) for name, value in scope["headers"] if name not in _UNWANTED]
    return {**scope, "headers": headers}


async def _chunk(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _cancel_when_gone(
    receive: Callable[[], Awaitable[Message]], scope: anyio.CancelScope
) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
