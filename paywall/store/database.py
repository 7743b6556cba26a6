"""One engine and its transactions: SQLite (WAL) or PostgreSQL, the same code.

Calls are blocking; requests make them on threads (`anyio.to_thread`). A write is one
transaction, `with database.begin(now, who) as unit`: leaving it by an error undoes all of it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from paywall.errors import DatabaseDownError, SettingsError
from paywall.store.unit import Unit

BUSY_SECONDS = 5.0
"""How long a write waits for another before it is given up."""

_ONE_WRITER = "SELECT pg_advisory_xact_lock(7226623)"
"""Writes come one after the other, as on SQLite: they are few and short, and none can race."""

_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"

POOL = 8
"""Connections that are kept to a PostgreSQL; as many again under load."""


class Database:
    """Sessions of SQLAlchemy, for reading and for writing."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._turn = Lock()

    @contextmanager
    def begin(self, now: datetime, who: str) -> Iterator[Unit]:
        """A transaction that writes: committed at its end, undone by an error.

        Raises `DatabaseDownError` where the database cannot be had.
        """
        with self._in_turn(), _told(), self._sessions.begin() as db:
            db.execute(text("BEGIN IMMEDIATE" if self.is_sqlite else _ONE_WRITER))
            yield Unit(db, now, who)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One write of this process after the other: SQLite's own waiting is a lottery."""
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise DatabaseDownError("busy")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads: one state of everything, and no wait for writers."""
        with _told(), self._sessions() as db:
            db.execute(text("BEGIN" if self.is_sqlite else _ONE_STATE))
            yield db

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this machine."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated or _is_down(error.orig):
            raise DatabaseDownError(type(error.orig).__name__) from error
        raise
    except PoolTimeoutError as error:
        raise DatabaseDownError(type(error).__name__) from error


def _is_down(error: BaseException | None) -> bool:
    """What drivers raise when the database is not there, is locked, is full or no database."""
    if isinstance(error, sqlite3.Error):
        return type(error) in {sqlite3.OperationalError, sqlite3.DatabaseError}
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except SQLAlchemyError as error:
        raise SettingsError("DATABASE_URL : adresse illisible") from error
    backend = parsed.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(
            parsed,
            pool_size=POOL,
            max_overflow=POOL,
            pool_pre_ping=True,
            pool_timeout=BUSY_SECONDS,
            hide_parameters=True,  # errors are logged, addresses are not
            connect_args={
                "connect_timeout": int(BUSY_SECONDS),
                "options": f"-c lock_timeout={int(BUSY_SECONDS * 1000)}",
            },
        )
    if backend != "sqlite":
        raise SettingsError(f"DATABASE_URL : sqlite ou postgresql, pas {backend}")
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Transactions begin where we say so, not where the driver guesses; they last when they end.

    What is deleted is overwritten, whatever the library was built to do.
    """
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def file_of(url: str) -> Path | None:
    """The file of an SQLite address."""
    parsed = make_url(url)
    named = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(named) if named else None
