"""What commands about accounts begin with: the database, and who is asking."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from paywall.errors import DatabaseDownError, RefusedError, SchemaError
from paywall.settings import Settings
from paywall.store.database import Database, file_of
from paywall.store.migrate import check_version, migrate
from paywall.store.schema import Reader

_LOGIN_CHARACTERS = 52
"""What is left of `change.who` after `command:`."""


@contextmanager
def database_of(settings: Settings) -> Iterator[Database]:
    """The database, whatever its tables. Raises `DatabaseDownError` in one line."""
    database = Database(settings.database)
    try:
        yield database
    except (SQLAlchemyError, DatabaseDownError) as error:
        raise DatabaseDownError(f"la base de données ne répond pas : {reason(error)}") from error
    finally:
        database.close()


@contextmanager
def accounts(settings: Settings) -> Iterator[Database]:
    """The database, its tables being of this version. Raises `SchemaError` if not."""
    if is_empty(settings.database):
        raise SchemaError("il n’y a pas encore de comptes : paywall migrate")
    with database_of(settings) as database:
        check_version(database)
        yield database


def prepare(settings: Settings) -> None:
    """Make the tables where there is not even a file; else check that they are of this version."""
    with database_of(settings) as database:
        if is_empty(settings.database):
            migrate(database)
        check_version(database)


def reason(error: BaseException) -> str:
    """What a driver says, in one line, without what SQLAlchemy tells of statements and values."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, DBAPIError):
        found = found.__cause__
    told = str(found.orig) if found is not None else type(error).__name__
    return told.strip().partition("\n")[0]


def is_empty(url: str) -> bool:
    """Whether it is an SQLite file that is absent or empty: nothing can be lost in it."""
    file = file_of(url)
    return file is not None and not (file.exists() and file.stat().st_size)


def author() -> str:
    """Who the audit log says it was."""
    try:
        login = getpass.getuser()
    except (OSError, KeyError):  # a container's user that has no name
        login = str(os.getuid())
    return f"command:{login[:_LOGIN_CHARACTERS]}"


def find_reader(db: Session, address: str) -> Reader:
    """The reader with a normalised address. Raises `RefusedError` if nobody has it."""
    found = db.scalars(select(Reader).where(Reader.email == address)).one_or_none()
    if found is None:
        raise RefusedError(f"personne n’a l’adresse {address}")
    return found
