"""Bodies that never end, that break off, that lie about their length: nothing waits or breaks."""

import asyncio
import gzip
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from page_views import AD, HEADERS, Counter, told, view_of
from starlette.types import Message, Scope

from paywall.ads import beacon
from paywall.ads.batch import MAX_BYTES

BODY = json.dumps(told(["page"], view_of(*AD))).encode()


def post(counter: Counter, receive: Callable[[], Any], *more: tuple[bytes, bytes]) -> list[Message]:
    return asyncio.run(counter.answer(scope(*more), receive))


def scope(*more: tuple[bytes, bytes]) -> Scope:
    headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    return {"type": "http", "method": "POST", "headers": [*headers, *more], "client": None}


def in_pieces(*pieces: bytes, ends: bool = True) -> Callable[[], Any]:
    """A body as it comes; afterwards whoever sends it is gone."""
    messages: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": n < len(pieces) or not ends}
        for n, piece in enumerate(pieces, 1)
    ]

    async def receive() -> Message:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    return receive


@pytest.mark.parametrize("pieces", [[BODY], [BODY, b""], [BODY[:7], BODY[7:]]])
def test_a_message_counts_however_it_comes(counter: Counter, pieces: Sequence[bytes]) -> None:
    assert post(counter, in_pieces(*pieces))[0]["status"] == 204
    assert len(counter.written()) == 2


def test_no_more_is_waited_for_than_was_announced(counter: Counter) -> None:
    length = b"content-length", b"%d" % len(BODY)
    assert post(counter, in_pieces(BODY, ends=False), length)[0]["status"] == 204


def test_whoever_goes_away_in_the_middle_is_no_fault_of_ours(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    assert post(counter, in_pieces(BODY[:9], ends=False))[0]["status"] == 400
    assert post(counter, in_pieces())[0]["status"] == 400
    assert counter.written() == []
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("piece", [b" ", b""])
def test_a_message_that_never_ends_is_given_up(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, piece: bytes
) -> None:
    monkeypatch.setattr(beacon, "BODY_SECONDS", 0.1)
    counter.start()

    async def receive() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": piece, "more_body": True}

    assert post(counter, receive)[0]["status"] == 400


def test_a_message_in_a_million_pieces_is_read_no_further_than_its_limit(counter: Counter) -> None:
    pieces = 0

    async def receive() -> Message:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": b" " * 512, "more_body": True}

    assert post(counter, receive)[0]["status"] == 413
    assert pieces == MAX_BYTES // 512 + 1


def test_what_announces_too_much_is_not_read(counter: Counter) -> None:
    async def receive() -> Message:
        raise AssertionError("read all the same")

    for length in (b"4097", b"99999999999999999999"):
        assert post(counter, receive, (b"content-length", length))[0]["status"] == 413


@pytest.mark.parametrize("length", [b"-1", b"+5", b"0x10", b"\xb2", b"1" * 5000, b""])
def test_a_length_that_is_none_breaks_nothing(counter: Counter, length: bytes) -> None:
    status = post(counter, in_pieces(BODY), (b"content-length", length))[0]["status"]
    assert status in {204, 400, 413}


def test_a_compressed_message_is_never_unpacked(counter: Counter) -> None:
    bomb = gzip.compress(BODY + b" " * 2_000_000)
    assert len(bomb) < MAX_BYTES
    assert counter.send(bomb, content_encoding="gzip") == 400


def test_of_two_who_wait_only_the_slow_one_is_given_up(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beacon, "BODY_SECONDS", 0.2)
    counter.start()

    async def nothing() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("still waiting")

    async def soon() -> Message:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def both() -> list[list[Message]]:
        slow = asyncio.create_task(counter.answer(scope(), nothing))
        while not slow.done():
            answered.append(await counter.answer(scope(), soon))
        return [await slow, *answered]

    answered: list[list[Message]] = []
    statuses = [messages[0]["status"] for messages in asyncio.run(both())]
    assert statuses[0] == 400
    assert set(statuses[1:]) == {204}


def test_a_service_that_stops_is_not_taken_for_a_slow_message(counter: Counter) -> None:
    async def nothing() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("still waiting")

    async def stopped() -> None:
        task = asyncio.create_task(counter.answer(scope(), nothing))
        await asyncio.sleep(0.01)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(stopped())
