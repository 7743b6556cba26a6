"""What has been read of every content file, kept from one build to the next.

SQLite holds two tables: the entries, small enough to be loaded whole, and the bodies, each
loaded when a page shows it. Every value carries a check sum. A store that is damaged, or that
another version of the builder wrote, is thrown away: it holds nothing that cannot be read again.
"""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

STORE_FILE = "content.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS maker (recipe BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS entries (path TEXT PRIMARY KEY, signature BLOB, entry BLOB);
CREATE TABLE IF NOT EXISTS bodies (path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE IF NOT EXISTS results (name TEXT PRIMARY KEY, result BLOB);
"""


_SUFFIXES = ("", "-journal", "-wal", "-shm")
"""SQLite's files: of the database, and of what it has not yet put in it."""


class StoreDamagedError(Exception):
    """What the store holds is not what was put there."""


def discard(file: Path) -> None:
    """Remove a store: whoever opens it next begins with an empty one."""
    for suffix in _SUFFIXES:
        file.with_name(file.name + suffix).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Row:
    """What was read of one file; ``signature`` tells when the file has changed since."""

    path: str
    signature: bytes
    entry: bytes
    body: bytes


class Store:
    """A cache by path. ``recipe`` says what its values were made with."""

    def __init__(self, file: Path, recipe: bytes) -> None:
        self._file, self._recipe = file, recipe
        self._readers: dict[int, sqlite3.Connection] = {}
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except (sqlite3.DatabaseError, StoreDamagedError):
            self.discard()

    def _open(self) -> None:
        with closing(self._connect()) as database, database:
            database.executescript(_TABLES)
            made_with = database.execute("SELECT recipe FROM maker").fetchall()
            if made_with not in ([], [(self._recipe,)]):
                raise StoreDamagedError(str(self._file))
            if not made_with:
                database.execute("INSERT INTO maker VALUES (?)", (self._recipe,))

    def discard(self) -> None:
        """Begin again with an empty store."""
        self._readers.pop(os.getpid(), None)
        discard(self._file)
        self._open()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=60)

    @contextmanager
    def _open_database(self) -> Iterator[sqlite3.Connection]:
        """A connection for one change, which is made wholly or not at all."""
        try:
            with closing(self._connect()) as database, database:
                yield database
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._file)) from error
            raise StoreDamagedError(str(error)) from error

    def _reader(self) -> sqlite3.Connection:
        """This process's connection. One that crossed a fork may not be used, nor even closed."""
        if os.getpid() not in self._readers:
            self._readers[os.getpid()] = self._connect()
        return self._readers[os.getpid()]

    def entries(self) -> Iterator[tuple[str, bytes, bytes]]:
        """Every path with its signature and its entry; raises :class:`StoreDamagedError`."""
        with self._open_database() as database:
            for path, signature, entry in database.execute(
                "SELECT path, signature, entry FROM entries"
            ):
                yield path, signature, _opened(entry)

    def body(self, path: str) -> bytes:
        """The body of a file that was kept; raises :class:`StoreDamagedError`."""
        return self._value("SELECT body FROM bodies WHERE path = ?", path)

    def result(self, name: str) -> bytes:
        """A result kept under a name; raises :class:`StoreDamagedError` when there is none."""
        return self._value("SELECT result FROM results WHERE name = ?", name)

    def keep(self, rows: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """Put rows in the place of older ones, and take away what is no longer there."""
        with self._open_database() as database:
            for row in rows:
                entry = (row.path, row.signature, _sealed(row.entry))
                database.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", entry)
                if row.body:
                    body = (row.path, _sealed(row.body))
                    database.execute("INSERT OR REPLACE INTO bodies VALUES (?, ?)", body)
            for path in gone:
                database.execute("DELETE FROM entries WHERE path = ?", (path,))
                database.execute("DELETE FROM bodies WHERE path = ?", (path,))

    def keep_result(self, name: str, result: bytes) -> None:
        """Keep what was worked out from all entries."""
        with self._open_database() as database:
            kept = (name, _sealed(result))
            database.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", kept)

    def touch(self, signatures: Iterable[tuple[str, bytes]]) -> None:
        """Note files whose content is what it was."""
        with self._open_database() as database:
            renewed = ((signature, path) for path, signature in signatures)
            database.executemany("UPDATE entries SET signature = ? WHERE path = ?", renewed)

    def _value(self, query: str, name: str) -> bytes:
        try:
            found = self._reader().execute(query, (name,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise StoreDamagedError(str(error)) from error
        if found is None:
            raise StoreDamagedError(name)
        return _opened(found[0])


def _sealed(value: bytes) -> bytes:
    return crc32(value).to_bytes(4, "big") + value


def _opened(sealed: object) -> bytes:
    if not isinstance(sealed, bytes):
        raise StoreDamagedError(type(sealed).__name__)
    value = sealed[4:]
    if crc32(value).to_bytes(4, "big") != sealed[:4]:
        raise StoreDamagedError("check sum")
    return value
