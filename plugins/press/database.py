"""SQLite files that builds keep: changed wholly or not at all, and thrown away when damaged.

They hold nothing that cannot be worked out again. A file that another version of the builder
wrote is not read: ``recipe`` says what its values depend on.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from zlib import crc32

_MAKER = "CREATE TABLE IF NOT EXISTS maker (recipe BLOB NOT NULL);"
_SUFFIXES = ("", "-journal", "-wal", "-shm")
"""SQLite's files: of the database, and of what it has not yet put in it."""

_PRIMARY = 0xFF
"""The part of SQLite's error codes that tells their kind."""

_OF_THE_SYSTEM = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
)
"""What is wrong is around the file, and not in it."""


class StoreDamagedError(Exception):
    """What a database holds is not what was put there."""


class Database:
    """A file with these tables, which ``CREATE TABLE IF NOT EXISTS`` makes.

    One with other tables is not read, either.
    """

    def __init__(self, file: Path, tables: str, recipe: bytes) -> None:
        self._file, self._tables, self._recipe = file, tables, tables.encode() + recipe
        self._readers: dict[int, sqlite3.Connection] = {}
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            shutil.rmtree(file)
        try:
            self._open()
        except StoreDamagedError:
            self.discard()

    def discard(self) -> None:
        """Begin again with empty tables."""
        self._readers.pop(os.getpid(), None)
        discard(self._file)
        self._open()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A connection for one change, which is made wholly or not at all."""
        with self._errors(), closing(self._connect()) as database, database:
            yield database

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """This process's connection. One that crossed a fork may not be used, nor even closed."""
        if os.getpid() not in self._readers:
            self._readers[os.getpid()] = self._connect()
        with self._errors():
            yield self._readers[os.getpid()]

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
            if code == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._file)) from error
            if code in _OF_THE_SYSTEM:
                raise OSError(errno.EIO, str(error), str(self._file)) from error
            raise StoreDamagedError(str(error)) from error

    def _open(self) -> None:
        with self.change() as database:
            database.executescript(_MAKER + self._tables)
            made_with = database.execute("SELECT recipe FROM maker").fetchall()
            if made_with not in ([], [(self._recipe,)]):
                raise StoreDamagedError(str(self._file))
            if not made_with:
                database.execute("INSERT INTO maker VALUES (?)", (self._recipe,))

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=60)


def discard(file: Path) -> None:
    """Remove a database: whoever opens it next begins with an empty one."""
    for suffix in _SUFFIXES:
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def sealed(value: bytes) -> bytes:
    """A value with its check sum."""
    return crc32(value).to_bytes(4, "big") + value


def opened(kept: object) -> bytes:
    """The value that was sealed; raises :class:`StoreDamagedError`."""
    if not isinstance(kept, bytes):
        raise StoreDamagedError(type(kept).__name__)
    value = kept[4:]
    if crc32(value).to_bytes(4, "big") != kept[:4]:
        raise StoreDamagedError("check sum")
    return value
