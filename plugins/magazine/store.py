"""What has been read of every content file, kept from one build to the next.

Entries are small enough to be loaded whole; a body is loaded when a page shows it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.press.database import Database, StoreDamagedError, opened, sealed

STORE_FILE = "content.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS entries (path TEXT PRIMARY KEY, signature BLOB, entry BLOB);
CREATE TABLE IF NOT EXISTS bodies (path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE IF NOT EXISTS results (name TEXT PRIMARY KEY, result BLOB);
"""


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
        self._database = Database(file, _TABLES, recipe)

    def discard(self) -> None:
        """Begin again with an empty store."""
        self._database.discard()

    def entries(self) -> Iterator[tuple[str, bytes, bytes]]:
        """Every path with its signature and its entry; raises :class:`StoreDamagedError`."""
        with self._database.read() as database:
            for path, signature, entry in database.execute(
                "SELECT path, signature, entry FROM entries"
            ):
                yield path, signature, opened(entry)

    def body(self, path: str) -> bytes:
        """The body of a file that was kept; raises :class:`StoreDamagedError`."""
        return self._value("SELECT body FROM bodies WHERE path = ?", path)

    def result(self, name: str) -> bytes:
        """A result kept under a name; raises :class:`StoreDamagedError` when there is none."""
        return self._value("SELECT result FROM results WHERE name = ?", name)

    def keep(self, rows: Collection[Row], gone: Iterable[str] = ()) -> None:
        """Put rows in the place of older ones, and take away what is no longer there."""
        entries = ((row.path, row.signature, sealed(row.entry)) for row in rows)
        bodies = ((row.path, sealed(row.body)) for row in rows if row.body)
        with self._database.change() as database:
            # one after the other, so that entries lie together, and are read in one go
            database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", entries)
            database.executemany("INSERT OR REPLACE INTO bodies VALUES (?, ?)", bodies)
            for path in gone:
                database.execute("DELETE FROM entries WHERE path = ?", (path,))
                database.execute("DELETE FROM bodies WHERE path = ?", (path,))

    def keep_result(self, name: str, result: bytes) -> None:
        """Keep what was worked out from all entries."""
        with self._database.change() as database:
            kept = (name, sealed(result))
            database.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", kept)

    def _value(self, query: str, name: str) -> bytes:
        with self._database.read() as database:
            found = database.execute(query, (name,)).fetchone()
        if found is None:
            raise StoreDamagedError(name)
        return opened(found[0])
