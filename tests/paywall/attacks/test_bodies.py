"""Bodies that never end, that break off, that are bombs: nothing waits, nothing breaks."""

import asyncio
import gzip
import logging
from collections.abc import Callable
from typing import Any

import pytest
from accounts_browser import Browser
from starlette.types import ASGIApp, Message
from stores import ONE_STORE

from paywall.store.database import Database
from paywall.views import asked

FORM = (b"content-type", b"application/x-www-form-urlencoded")
ORIGIN = (b"origin", b"http://localhost:8000")
pytestmark = ONE_STORE


def post(app: ASGIApp, receive: Callable[[], Any], *headers: tuple[bytes, bytes]) -> list[Message]:
    """Send a form as it comes, message for message; what was answered."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/connexion/",
        "raw_path": b"/connexion/",
        "query_string": b"",
        "headers": [FORM, ORIGIN, *headers],
        "client": ("203.0.113.9", 1),
    }
    answered: list[Message] = []

    async def send(message: Message) -> None:
        answered.append(message)

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    return answered


def test_a_reader_who_goes_away_in_the_middle_of_a_form_is_no_fault_of_ours(
    app: ASGIApp, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    messages = [
        {"type": "http.request", "body": b"email=ana", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return messages.pop(0)

    answered = post(app, receive)
    assert answered[0]["status"] == 400
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_form_that_never_ends_is_given_up(
    app: ASGIApp, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "BODY_SECONDS", 0.2)

    async def receive() -> Message:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"a", "more_body": True}

    assert post(app, receive)[0]["status"] == 400


def test_a_form_in_a_million_pieces_is_read_no_further_than_its_limit(
    app: ASGIApp, database: Database
) -> None:
    pieces = 0

    async def receive() -> Message:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": b"a" * 1024, "more_body": True}

    assert post(app, receive)[0]["status"] == 413
    assert pieces == asked.MAX_BODY_BYTES // 1024 + 1


def test_a_compressed_body_is_never_unpacked(browser: Callable[[], Browser]) -> None:
    bomb = gzip.compress(b"email=" + b"a" * 10_000_000)
    headers = {
        "content-encoding": "gzip",
        "content-type": "application/x-www-form-urlencoded",
        "origin": "http://localhost:8000",
    }
    assert len(bomb) < asked.MAX_BODY_BYTES
    answer = browser().request("POST", "/connexion/", content=bomb, headers=headers)
    assert answer.status_code == 400
