"""Every view of the service with an address of it: a new view is among them by itself."""

import asyncio
import re
from collections.abc import Callable, Mapping
from functools import cache
from urllib.parse import unquote

import pytest
from hypothesis import Phase, find, settings
from hypothesis.strategies import from_regex
from sqlalchemy import select
from starlette.types import ASGIApp, Message

from paywall.store.database import Database
from paywall.store.schema import Attempt, Session, Table
from paywall.views import ALL_VIEWS
from paywall.views.table import View

POSTED = [view for view in ALL_VIEWS if view.post is not None]
READ = [view for view in ALL_VIEWS if view.get is not None]
OF_READERS = [view for view in ALL_VIEWS if view.for_readers]
_UNEXPLAINED = settings(phases=(Phase.generate, Phase.shrink))
OWNED = [view for view in ALL_VIEWS if re.search(r"\?P<(number|reference)>", view.path)]


def each(views: list[View]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test for each of them, under its name."""
    mark: pytest.MarkDecorator = pytest.mark.parametrize("view", views, ids=lambda v: v.name)
    return mark


def path_of(view: View, values: Mapping[str, str] | None = None) -> str:
    """An address of a view: the simplest of its pattern, with these values of its groups."""
    pattern = re.compile(view.path, re.ASCII)
    path = _simplest(pattern)
    for name, value in (values or {}).items():
        if name in pattern.groupindex:
            start, end = pattern.fullmatch(path).span(name)  # type: ignore[union-attr]
            path = path[:start] + value + path[end:]
    assert pattern.fullmatch(path)
    return path


@cache
def _simplest(pattern: re.Pattern[str]) -> str:
    """Searched for once: each view is asked dozens of times."""
    found = find(from_regex(pattern, fullmatch=True), lambda _: True, settings=_UNEXPLAINED)
    return str(found)


def everything(database: Database) -> str:
    """Every cell of every table, but for the counts of limits and when a session was seen."""
    passing = (Attempt.__table__,)
    with database.read() as db:
        return repr(
            [
                [
                    tuple(row)
                    for row in db.execute(
                        select(*(c for c in table.c if c is not Session.__table__.c.seen_at))
                    )
                ]
                for table in Table.metadata.sorted_tables
                if table not in passing
            ]
        )


def as_typed(
    app: ASGIApp, method: str, raw_path: bytes, headers: list[tuple[bytes, bytes]]
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Ask for an address byte for byte, as no client's own spelling would let one."""
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "method": method,
        "raw_path": raw_path,
        "path": unquote(raw_path.decode("latin-1")),
        "query_string": b"",
        "headers": [(b"host", b"localhost:8000"), *headers],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
    }
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    body = b"".join(message.get("body", b"") for message in told)
    return told[0]["status"], dict(told[0]["headers"]), body
