"""A site of a few pages with ad boxes, and what browsers tell it: for tests and benchmarks.

Pages are as `docs/ads-in-the-browser.md` has them, with the theme's own styles and scripts, under
the service's own policy. Beacons are kept, not judged.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from paywall.headers import page_policy
from paywall.site.media import media_type
from plugins.magazine.assets import Assets

REPOSITORY = Path(__file__).parents[2]
Answer = tuple[int, str, bytes]
"""Status, media type, body."""
_WAIT_SECONDS = 10


@dataclass
class Site:
    """What is answered, by path (or by a function of the path), and what was asked for and told."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    """More headers of an answer."""
    slow: dict[str, float] = field(default_factory=dict)
    """Seconds before an answer."""
    asked: list[str] = field(default_factory=list)
    told: list[tuple[str, Mapping[str, str], Any]] = field(default_factory=list)
    """What came by POST: path, headers, JSON."""

    @property
    def beacons(self) -> list[Any]:
        """What the counting script told."""
        return [body for path, _, body in self.told if path == "/ads/beacon"]

    @property
    def events(self) -> list[list[str]]:
        """All events of all beacons, in order."""
        return [event for beacon in self.beacons for event in beacon["events"]]

    def wait(self, until: Callable[["Site"], object]) -> None:
        """Wait for something to be told; raises `TimeoutError`."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while not until(self):
            if time.monotonic() > deadline:
                raise TimeoutError(f"told so far: {self.told}")
            time.sleep(0.02)

    def plan(self, **plan: object) -> None:
        """Answer with this plan."""
        self.answers["/ads/plan.json"] = (200, "application/json", json.dumps(plan).encode())

    def page(self, path: str, html: str) -> None:
        """Answer with this page."""
        self.answers[path] = (200, "text/html;charset=utf-8", html.encode())

    def find(self, path: str) -> Answer:
        """The answer to a path."""
        return self.answers.get(path) or (404, "text/plain", b"not here")


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            site.asked.append(path)
            time.sleep(site.slow.get(path, 0))
            self._answer(*site.find(path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            site.told.append((self.path, dict(self.headers.items()), json.loads(body)))
            self._answer(204, "text/plain", b"")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-security-policy", page_policy())
            for name, value in site.headers.get(urlsplit(self.path).path, {}).items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Browsers hang up when they are closed."""


@contextmanager
def serving() -> Iterator[Site]:
    """A site on a free port, with the theme's files, no page and no plan."""
    site = Site("")
    server = _Server(("127.0.0.1", 0), _handler(site))
    site.address = f"http://localhost:{server.server_port}"
    assets = theme()
    files = {name: text.encode() for name, text in assets.made()}
    files |= {name: file.read_bytes() for name, file in assets.files()}
    for name, content in files.items():
        site.answers[f"/{name}"] = (200, media_type(name), content)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@cache
def theme() -> Assets:
    """The theme's files, as they are published."""
    return Assets.of(REPOSITORY / "theme")


@cache
def picture(width: int, height: int) -> Answer:
    """A picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (width, height), (90, 120, 140)).save(file, "PNG")
    return 200, "image/png", file.getvalue()
