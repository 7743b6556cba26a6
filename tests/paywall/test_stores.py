"""A database that a test is given again is as one that was just made."""

from datetime import UTC, datetime

import pytest
from postgres import Postgres
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError
from stores import TABLES

from paywall.store.database import Database
from paywall.store.schema import Change, Reader

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def test_an_emptied_database_has_no_row_numbers_from_one_and_keeps_its_audit_log(
    postgres: Postgres, migrated_postgres: str
) -> None:
    name = postgres.create(migrated_postgres)
    held, database = Database(postgres.url(name)), Database(postgres.url(name))
    assert add_reader(database) == 1
    with pytest.raises(DBAPIError, match="terminating"), held.engine.connect() as left_open:
        left_open.execute(select(Reader))
        postgres.empty(name, TABLES)
    database.close()
    with database.read() as db:
        assert db.scalars(select(Reader)).all() == []
        assert db.scalars(select(Change)).all() == []
    assert add_reader(database) == 1
    with pytest.raises(DBAPIError, match="only added to"), database.begin(NOW, "test") as unit:
        unit.db.execute(delete(Change))
    held.close()
    database.close()
    postgres.drop(name)


def add_reader(database: Database) -> int:
    """Somebody new, and a line of the log; the number."""
    with database.begin(NOW, "test") as unit:
        reader = Reader(email="ana@example.org", created_at=NOW)
        unit.db.add(reader)
        unit.db.flush()
        unit.log("reader.added", reader)
        return reader.id
