"""Tables are as large as the readers make them, not as large as the visitors do."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from sqlalchemy import func, select
from starlette.types import ASGIApp

from paywall.accounts.retention import KEPT, MESSAGES_KEPT, forget
from paywall.store.database import Database
from paywall.store.schema import (
    Attempt,
    EndedSession,
    Feed,
    Mail,
    ProviderEvent,
    Reader,
    Session,
    SignIn,
    Table,
)

ANA = "ana@example.org"
NewBrowser = Callable[[], Browser]
PASSING: tuple[type[Table], ...] = (SignIn, Mail, Session, Feed, ProviderEvent, Attempt)


def rows(database: Database, *tables: type[Table]) -> list[int]:
    with database.read() as db:
        return [db.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.fixture
def busy(browser: NewBrowser, mailbox: Mailbox, database: Database, clock: Clock) -> Browser:
    """A reader who was here, left, and came back; and somebody who never did."""
    ana = browser()
    ana.sign_in(ANA, mailbox)
    ana.post("/compte/flux/", {"faire": "create", "flux": ""})
    ana.post("/compte/flux/", {"faire": "revoke", "flux": "1"})
    ana.post("/compte/adresse/", {"email": "nova@example.org"})
    browser().post("/connexion/", {"email": "nobody@example.org"})
    with database.begin(clock(), "test") as unit:
        told = ProviderEvent(name="stripe:evt", happened_at=unit.now, received_at=unit.now)
        unit.db.add(told)
    ana.post("/acces/fermer/", {})
    return ana


def test_what_is_over_is_forgotten_after_a_month_and_readers_are_not(
    busy: Browser, browser: NewBrowser, mailbox: Mailbox, database: Database, clock: Clock
) -> None:
    assert 0 not in rows(database, *PASSING)
    clock.now += MESSAGES_KEPT + timedelta(days=1)
    with database.begin(clock(), "test") as unit:
        forget(unit)
    assert rows(database, *PASSING[:-1]) == [0] * 5
    browser().sign_in("other@example.org", mailbox)  # counting tries forgets those of before
    assert rows(database, Attempt)[0] < 10
    assert rows(database, Reader) == [2]


def test_what_is_not_over_stays(busy: Browser, mailbox: Mailbox, database: Database) -> None:
    busy.sign_in(ANA, mailbox)
    before = rows(database, *PASSING)
    with database.begin(mailbox.to(ANA)[-1].created_at + timedelta(minutes=14), "test") as unit:
        assert forget(unit) == 0
    assert rows(database, EndedSession) == [1]
    with database.begin(mailbox.to(ANA)[-1].created_at + timedelta(days=1), "test") as unit:
        forget(unit)
    assert rows(database, *PASSING) == before
    assert rows(database, EndedSession) == [0]  # no token of it can live


def test_a_session_that_is_used_is_never_forgotten(
    browser: NewBrowser, mailbox: Mailbox, database: Database, clock: Clock
) -> None:
    ana = browser()
    ana.sign_in(ANA, mailbox)
    for _ in range(5):
        clock.now += KEPT
        ana.get("/acces/renouveler/?vers=/")
        with database.begin(clock(), "test") as unit:
            forget(unit)
        assert ana.get("/compte/").status_code == 200


def test_the_service_forgets_by_itself_from_its_start_on(
    busy: Browser, app: ASGIApp, database: Database, clock: Clock
) -> None:
    clock.now += MESSAGES_KEPT + timedelta(days=1)
    told: list[str] = []

    async def receive() -> Any:
        if not told:
            return {"type": "lifespan.startup"}
        for _ in range(100):
            if rows(database, SignIn) == [0]:
                break
            await asyncio.sleep(0.05)
        return {"type": "lifespan.shutdown"}

    async def send(message: Any) -> None:
        told.append(message["type"])

    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    asyncio.run(app(scope, receive, send))
    assert rows(database, SignIn, Mail) == [0, 0]
