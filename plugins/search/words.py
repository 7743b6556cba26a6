"""The words of all parts of the index, by stem: what an edit changes of them is found at once.

A part knows on which of its pages each of its words stands (a chain). Here the chains of one word
lie side by side, whatever part they are of, so that a chunk of the index is read in one go.
"""

import struct
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
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, content BLOB);
CREATE TABLE IF NOT EXISTS lexicon (word TEXT PRIMARY KEY, entries BLOB) WITHOUT ROWID;
"""
_CACHE_KIB = 200_000
"""Of SQLite's memory while all chains are put in their order."""

_ASKED = 500
"""Words that are asked for at a time."""

_ENCODER = msgspec.msgpack.Encoder()
_ENGINE = msgspec.msgpack.Decoder(dict[str, bytes])
_ENTRIES = msgspec.msgpack.Decoder(tuple[str, tuple[Entry, ...]])
_NUMBERS = struct.Struct("<qqqq").pack

PlacedChain = tuple[str, int, int, int, int, bytes]
"""The name of a part, and a chain's fields: there are too many of them for anything dearer."""

Forms = dict[str, list[PlacedChain]]
"""Each accented form of a stem (empty: bare) with its chains, in the order of their parts."""


class Chunk(NamedTuple):
    """A file of the index: its first and its last stem, and the name of its content."""

    first: str
    last: str
    name: str


class Index(msgspec.Struct, array_like=True):
    """An index as it was last made: the key and the pages of each part in order, and its chunks."""

    parts: dict[str, tuple[str, Pages]] = msgspec.field(default_factory=dict)
    chunks: list[Chunk] = msgspec.field(default_factory=list)


_INDEX = msgspec.msgpack.Decoder(Index)


class Words:
    """What is known of the words of an index."""

    def __init__(self, file: Path, recipe: bytes) -> None:
        self._database = Database(file, _TABLES, recipe)

    def discard(self) -> None:
        """Begin again, knowing nothing."""
        self._database.discard()

    def index(self) -> Index:
        """The index as it was last made: what all chains are of."""
        kept = self._kept("index")
        if kept is None and self._has_chains():
            raise StoreDamagedError("index")
        return _INDEX.decode(kept) if kept else Index()

    def engine(self) -> dict[str, bytes]:
        """Pagefind's own files; empty when they are not known."""
        kept = self._kept("engine")
        return _ENGINE.decode(kept) if kept else {}

    def keep_engine(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """Keep Pagefind's own files."""
        with self._database.change() as database:
            _keep(database, "engine", files)
        return files

    def _kept(self, name: str) -> bytes | None:
        with self._database.read() as database:
            found = database.execute("SELECT content FROM kept WHERE name = ?", (name,)).fetchone()
        return opened(found[0]) if found else None

    def _has_chains(self) -> bool:
        with self._database.read() as database:
            return database.execute("SELECT 1 FROM chains LIMIT 1").fetchone() is not None

    def known(self, words: Iterable[str]) -> Lexicon:
        """What Pagefind said of those of the words that it was asked about."""
        wanted, found = sorted(words), Lexicon()
        with self._database.read() as database:
            for at in range(0, len(wanted), _ASKED):
                some = wanted[at : at + _ASKED]
                query = f"SELECT * FROM lexicon WHERE word IN ({','.join('?' * len(some))})"  # noqa: S608 (no word is in it)
                for word, kept in database.execute(query, some):
                    named, found[word] = _ENTRIES.decode(opened(kept))
                    if named != word:
                        raise StoreDamagedError(word)
        return found

    def learn(self, lexicon: Lexicon) -> None:
        """Keep what Pagefind said of words."""
        with self._database.change() as database:
            known = ((said[0], sealed(_ENCODER.encode(said))) for said in lexicon.items())
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
        if not parts:
            return set()
        some = f"WHERE part IN ({','.join('?' * len(parts))})"
        stems = self._stems(some, tuple(parts))
        self._database.execute(f"DELETE FROM chains {some}", tuple(parts))  # noqa: S608
        return stems

    def put(self, name: str, before: Shard | None, now: Shard) -> set[str]:
        """Put the chains of a part in the place of what they were, if it was there."""
        old, new = _flat(before) if before else {}, _flat(now)
        changed = {at: chain for at, chain in new.items() if old.get(at) != chain}
        gone = old.keys() - new.keys()
        self._database.executemany(
            "DELETE FROM chains WHERE stem = ? AND form = ? AND part = ?",
            ((*at, name) for at in gone),
        )
        self._database.executemany(
            "INSERT OR REPLACE INTO chains VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (*at, name, _seal(*at, name, *(said := astuple(changed[at]))), *said)
                for at in sorted(changed)
            ),
        )
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

    def keep(self, index: Index) -> None:
        """Note what the index is now."""
        _keep(self._database, "index", index)

    def _stems(self, condition: str, parameters: tuple[str, ...]) -> set[str]:
        query = f"SELECT DISTINCT stem FROM chains {condition}"  # noqa: S608 (one of two above)
        return {stem for (stem,) in self._database.execute(query, parameters)}


def _keep(database: Connection, name: str, value: object) -> None:
    row = (name, sealed(_ENCODER.encode(value)))
    database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", row)


def _opened(rows: Iterable[tuple[Any, ...]]) -> Iterator[PlacedChain]:
    for stem, form, part, seal, *said in rows:
        try:
            is_sound = seal == _seal(stem, form, part, *said)
        except (TypeError, struct.error):
            is_sound = False
        if not is_sound:
            raise StoreDamagedError(f"{stem}/{form}/{part}")
        yield part, *said


def _seal(  # noqa: PLR0913 (a row)
    stem: str, form: str, part: str, count: int, size: int, first: int, last: int, places: bytes
) -> int:
    at = crc32(f"{stem}\0{form}\0{part}".encode())
    return crc32(places, crc32(_NUMBERS(count, size, first, last), at))


def _flat(shard: Shard) -> dict[tuple[str, str], Chain]:
    words = shard.words.items()
    return {(stem, form): chain for stem, forms in words for form, chain in forms.items()}
