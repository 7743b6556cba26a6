"""Writes of one process: one after the other, and none waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import func, select

from paywall.errors import DatabaseDownError
from paywall.store import database as store
from paywall.store.database import Database
from paywall.store.schema import Reader

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def add(database: Database, number: int) -> None:
    with database.begin(NOW, "test") as unit:
        unit.db.add(Reader(email=f"{number}@example.org", language="fr", created_at=NOW))


def test_many_at_once_are_all_written(database: Database) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: add(database, number), range(64)))
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(Reader)) == 64


def test_one_that_waits_for_too_long_is_told_that_the_database_cannot_be_had(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    begun, done = Event(), Event()

    def hold() -> None:
        with database.begin(NOW, "test"):
            begun.set()
            done.wait(10)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert begun.wait(10)
        try:
            with pytest.raises(DatabaseDownError):
                add(database, 1)
        finally:
            done.set()
        holding.result()
    add(database, 2)


def test_an_error_lets_the_next_one_write(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.begin(NOW, "test"):
        _ = 1 / 0
    add(database, 1)
