"""The words of all parts of the index, by stem: what an edit changes of them is found at once.

A part knows on which of its pages each of its words stands (a chain). Here the chains of one word
lie side by side, whatever part they are of, so that a chunk of the index is read in one go.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from sqlite3 import Connection
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
from msgspec.structs import astuple

from plugins.press.database import Database, StoreDamagedError, opened, sealed
from plugins.search.lexicon import Entry, Lexicon
from plugins.search.shard import Chain, Pages, Shard

_TABLES = """
CREATE TABLE IF NOT EXISTS chains (
    stem TEXT, form TEXT, part TEXT, seal INTEGER,
    count INTEGER, size INTEGER, first INTEGER, last INTEGER, places BLOB,
    PRIMARY KEY (stem, form, part)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, key TEXT, pages BLOB);
CREATE TABLE IF NOT EXISTS chunks (first TEXT PRIMARY KEY, last TEXT, name TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS engine (name TEXT PRIMARY KEY, content BLOB);
CREATE TABLE IF NOT EXISTS lexicon (word TEXT PRIMARY KEY, entries BLOB) WITHOUT ROWID;
"""
_CACHE_KIB = 200_000
"""Of SQLite's memory while all chains are put in their order."""

_ASKED = 500
"""Words that are asked for at a time."""

_ENCODER = msgspec.msgpack.Encoder()
_PAGES = msgspec.msgpack.Decoder(Pages)
_ENTRIES = msgspec.msgpack.Decoder(tuple[Entry, ...])

PlacedChain = tuple[str, int, int, int, int, bytes]
"""The name of a part, and a chain's fields: there are too many of them for anything dearer."""

Forms = dict[str, list[PlacedChain]]
"""Each accented form of a stem (empty: bare) with its chains, in the order of their parts."""


class Chunk(NamedTuple):
    """A file of the index: its first and its last stem, and the name of its content."""

    first: str
    last: str
    name: str


class Words:
    """What is known of the words of an index."""

    def __init__(self, file: Path, recipe: bytes) -> None:
        self._database = Database(file, _TABLES, recipe)
        self.discard = self._database.discard

    def parts(self) -> dict[str, tuple[str, Pages]]:
        """The key of every part, and its pages, in the order of their names."""
        with self._database.read() as database:
            found = database.execute("SELECT name, key, pages FROM parts ORDER BY name")
            return {name: (key, _PAGES.decode(opened(pages))) for name, key, pages in found}

    def chunks(self) -> list[Chunk]:
        """The chunks of the index as it was last made."""
        with self._database.read() as database:
            return [Chunk(*row) for row in database.execute("SELECT * FROM chunks ORDER BY first")]

    def engine(self) -> dict[str, bytes]:
        """Pagefind's own files; empty when they are not known."""
        with self._database.read() as database:
            found = database.execute("SELECT name, content FROM engine")
            return {name: opened(content) for name, content in found}

    def keep_engine(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """Keep Pagefind's own files."""
        with self._database.change() as database:
            rows = ((name, sealed(content)) for name, content in files.items())
            database.executemany("INSERT OR REPLACE INTO engine VALUES (?, ?)", rows)
        return files

    def known(self, words: Iterable[str]) -> Lexicon:
        """What Pagefind said of those of the words that it was asked about."""
        wanted, found = sorted(words), Lexicon()
        with self._database.read() as database:
            for at in range(0, len(wanted), _ASKED):
                some = wanted[at : at + _ASKED]
                query = f"SELECT * FROM lexicon WHERE word IN ({','.join('?' * len(some))})"  # noqa: S608 (no word is in it)
                for word, entries in database.execute(query, some):
                    found[word] = _ENTRIES.decode(opened(entries))
        return found

    def learn(self, lexicon: Lexicon) -> None:
        """Keep what Pagefind said of words."""
        with self._database.change() as database:
            known = ((word, sealed(_ENCODER.encode(said))) for word, said in lexicon.items())
            database.executemany("INSERT OR IGNORE INTO lexicon VALUES (?, ?)", known)

    @contextmanager
    def change(self) -> Iterator["Change"]:
        """Change parts and chunks, wholly or not at all."""
        with self._database.change() as database:
            database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            yield Change(database)


class Change:
    """A change of the words; each step returns the stems of which it changes something."""

    def __init__(self, database: Connection) -> None:
        self._database = database

    def forget(self, parts: Collection[str]) -> set[str]:
        """Take parts away: all is looked through, however many they are."""
        named = [(name,) for name in parts]
        stems: set[str] = set()
        if named:
            some = f"WHERE part IN ({','.join('?' * len(named))})"
            stems.update(self._stems(some, tuple(parts)))
            self._database.execute(f"DELETE FROM chains {some}", tuple(parts))  # noqa: S608
            self._database.executemany("DELETE FROM parts WHERE name = ?", named)
        return stems

    def put(self, name: str, key: str, before: Shard | None, now: Shard) -> set[str]:
        """Put a part in the place of what it was, if it was there."""
        old, new = _flat(before) if before else {}, _flat(now)
        changed = {at: chain for at, chain in new.items() if old.get(at) != chain}
        gone = old.keys() - new.keys()
        self._database.executemany(
            "DELETE FROM chains WHERE stem = ? AND form = ? AND part = ?",
            ((*at, name) for at in gone),
        )
        self._database.executemany(
            "INSERT OR REPLACE INTO chains VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*at, name, _seal(*(said := astuple(changed[at]))), *said) for at in sorted(changed)),
        )
        part = (name, key, sealed(_ENCODER.encode(now.pages)))
        self._database.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", part)
        return {stem for stem, _ in (*changed, *gone)}

    def after(self, part: str) -> set[str]:
        """The stems of all parts after one, whose pages have other numbers now."""
        return self._stems("WHERE part > ?", (part,))

    def words_from(self, first: str) -> Iterator[tuple[str, Forms]]:
        """Every word from a stem on, in alphabetical order."""
        rows = self._database.execute(
            "SELECT * FROM chains WHERE stem >= ? ORDER BY stem, form, part", (first,)
        )
        for stem, of_stem in groupby(rows, key=itemgetter(0)):
            forms = groupby(of_stem, key=itemgetter(1))
            yield stem, {form: list(_opened(of_form)) for form, of_form in forms}

    def keep_chunks(self, chunks: Iterable[Chunk]) -> None:
        """Note of what chunks the index is."""
        self._database.execute("DELETE FROM chunks")
        self._database.executemany("INSERT INTO chunks VALUES (?, ?, ?)", chunks)

    def _stems(self, condition: str, parameters: tuple[str, ...]) -> set[str]:
        query = f"SELECT DISTINCT stem FROM chains {condition}"  # noqa: S608 (one of two above)
        return {stem for (stem,) in self._database.execute(query, parameters)}


def _opened(rows: Iterable[tuple[Any, ...]]) -> Iterator[PlacedChain]:
    for _, _, part, seal, count, size, first, last, places in rows:
        if seal != _seal(count, size, first, last, places):
            raise StoreDamagedError("check sum")
        yield part, count, size, first, last, places


def _seal(count: int, size: int, first: int, last: int, places: bytes) -> int:
    return crc32(places, (count ^ size << 7 ^ first << 14 ^ last << 21) & 0xFFFFFFFF)


def _flat(shard: Shard) -> dict[tuple[str, str], Chain]:
    words = shard.words.items()
    return {(stem, form): chain for stem, forms in words for form, chain in forms.items()}
