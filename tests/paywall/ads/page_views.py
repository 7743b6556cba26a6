"""A page view as a browser tells it, signed as the build signs; and what was written of it."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.types import Message, Scope

from paywall.ads.beacon import Beacon
from paywall.ads.counting import Counting
from paywall.ads.log import EventLog
from paywall.ads.marks import mark_of
from paywall.settings import Settings

KEY = bytes(range(32))
ORIGIN = "http://localhost:8000"
PAGE, OTHER_PAGE = "/numeros/812-lumiere/la-tache/", "/articles/autre/"
AD = ("article", "acme-2026", "300x250")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HEADERS = {
    "content-type": "text/plain;charset=UTF-8",
    "origin": ORIGIN,
    "sec-fetch-site": "same-origin",
    "user-agent": FIREFOX,
}


def write_key(var: Path, key: bytes = KEY) -> None:
    """As the build does."""
    var.mkdir(parents=True, exist_ok=True)
    (var / "ads.key").write_text(key.hex() + "\n", "ascii")
    (var / "ads.key").chmod(0o600)


def write_zone(output: Path, zone: str = "Europe/Paris") -> None:
    """An inventory of which only the zone is of interest."""
    output.mkdir(parents=True, exist_ok=True)
    document = {"version": 1, "name": "La Gazette", "pages": [], "timezone": zone}
    (output / "ads.json").write_text(json.dumps(document), "utf-8")


def view_of(*ad: str, page: str = PAGE, tier: str = "public") -> list[str]:
    return ["view", *ad, mark_of(KEY, page, tier, *ad)]


def click_on(*ad: str, page: str = PAGE, tier: str = "public") -> list[str]:
    return ["click", *ad, mark_of(KEY, page, tier, *ad)]


def told(*events: Sequence[str], page: str = PAGE, tier: str = "public", **changes: Any) -> Any:
    """A message; an `id` of its own unless one is given."""
    batch = {
        "v": 1,
        "id": secrets.token_urlsafe(16),
        "page": page,
        "tier": tier,
        "mark": mark_of(KEY, page, tier),
        "source": "direct",
        "events": list(events or (["page"],)),
    }
    return batch | changes


class Counter:
    """The endpoint on a folder of its own, asked without a network."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], **limits: Any) -> None:
        self.settings = limits.pop("settings", None) or Settings(
            output=folder / "output", var=folder / "var", address=ORIGIN
        )
        self.clock = clock
        write_key(self.settings.var)
        write_zone(self.settings.output)
        self.events = self.settings.var / "events"
        self.start(**limits)

    def start(self, **limits: Any) -> None:
        """As the service does; again, as if it had fallen."""
        self.counting = Counting(self.settings, EventLog(self.events, **limits))
        self.counting.remember(self.clock())
        self._beacon = Beacon(self.counting, self.settings, self.clock)

    def send(
        self,
        message: object,
        *,
        method: str = "POST",
        client: str = "203.0.113.9",
        more: Sequence[tuple[str, str]] = (),
        **changes: str | None,
    ) -> int:
        """Send a message, as JSON unless it is bytes; the status of the answer."""
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        named = HEADERS | {name.replace("_", "-"): value for name, value in changes.items()}
        headers = [(name, value) for name, value in named.items() if value is not None]
        return self.ask(body, [*headers, *more], method=method, client=client)[0]["status"]

    def ask(
        self, body: bytes, headers: Sequence[tuple[str, str]], *, method: str, client: str
    ) -> list[Message]:
        sent = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return sent.pop(0)

        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        scope = {"type": "http", "method": method, "headers": raw, "client": (client, 1)}
        return asyncio.run(self.answer(scope, receive))

    async def answer(
        self, scope: Scope, receive: Callable[[], Awaitable[Message]]
    ) -> list[Message]:
        """Answer one request, message for message."""
        answered: list[Message] = []

        async def send(message: Message) -> None:
            answered.append(message)

        await self._beacon(scope, receive, send)
        return answered

    def flush(self) -> None:
        asyncio.run(self.counting.log.flush())

    def written(self) -> list[dict[str, Any]]:
        """What stands in the log."""
        self.flush()
        return read_events(self.events)


def read_events(folder: Path) -> list[dict[str, Any]]:
    """Every line of every day, each of which must be one whole event."""
    files = sorted(folder.glob("*.jsonl")) if folder.exists() else []
    return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]
