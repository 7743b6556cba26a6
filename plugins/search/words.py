"""The words of all parts of the index, by stem: what an edit changes of them is found at once.

A part knows on which of its pages each of its words stands (a chain). Here the chains of one word
lie side by side, whatever part they are of, so that a chunk of the index is read in one go: those
of an era, which is some years of parts, in one row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from plugins.press.database import Database, StoreDamagedError, opened, sealed
from plugins.search.lexicon import Entry, Lexicon
from plugins.search.shard import Chain, Pages, Shard

_TABLES = """
CREATE TABLE IF NOT EXISTS words (
    stem TEXT, era TEXT, chains BLOB, PRIMARY KEY (stem, era)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, content BLOB);
CREATE TABLE IF NOT EXISTS lexicon (word TEXT PRIMARY KEY, entries BLOB) WITHOUT ROWID;
"""
_CACHE_KIB = 200_000
"""Of SQLite's memory while all chains are put in their order."""

_ASKED = 500
"""Words that are asked for at a time."""

_YEARS = 4
"""In an era: the fewer eras, the fewer rows a word has; the more, the less an edit rewrites."""

Chains = dict[str, Chain]
"""The chains of a word, by the name of their part."""

Forms = dict[str, Chains]
"""Each accented form of a stem (empty: bare) with its chains, in the order of their parts."""

PartChange = tuple[str, Shard | None, Shard]
"""The name of a part, what it was if it was there, and what it is now."""

_ENCODER = msgspec.msgpack.Encoder()
_ENGINE = msgspec.msgpack.Decoder(dict[str, bytes])
_ENTRIES = msgspec.msgpack.Decoder(tuple[str, tuple[Entry, ...]])
_ROW = msgspec.msgpack.Decoder(tuple[str, str, Forms])


def era_of(part: str) -> str:
    """The era of a part, whose name begins with a year; eras are in the order of their parts."""
    return f"{int(part[:4]) // _YEARS * _YEARS:04}"


class Chunk(NamedTuple):
    """A file of the index: its first and its last stem, and the name of its content."""

    first: str
    last: str
    name: str


Stamps = dict[str, tuple[int, int]]
"""The size and the time (ns) of files, by name: those of one that nobody has written to since."""


class Index(msgspec.Struct, array_like=True):
    """An index as it was last made: the key and the pages of each part in order, and its chunks.

    ``files`` are those of the whole, as they were written.
    """

    parts: dict[str, tuple[str, Pages]] = msgspec.field(default_factory=dict)
    chunks: list[Chunk] = msgspec.field(default_factory=list)
    files: Stamps = msgspec.field(default_factory=dict)


_INDEX = msgspec.msgpack.Decoder(Index)


class Words:
    """What is known of the words of an index."""

    def __init__(self, file: Path, recipe: bytes) -> None:
        self._database = Database(file, _TABLES, recipe)

    def discard(self) -> None:
        """Begin again, knowing nothing."""
        self._database.discard()

    def index(self) -> Index:
        """The index as it was last made: what all words are of."""
        kept = self._kept("index")
        if kept is None and self._has_words():
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

    def _has_words(self) -> bool:
        with self._database.read() as database:
            return database.execute("SELECT 1 FROM words LIMIT 1").fetchone() is not None

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
        self._was_empty = database.execute("SELECT 1 FROM words LIMIT 1").fetchone() is None

    def forget(self, parts: Collection[str]) -> set[str]:
        """Take parts away: all of their eras is looked through, however few they are."""
        stems: set[str] = set()
        for era in {era_of(part) for part in parts}:
            rows = self._database.execute("SELECT * FROM words WHERE era = ?", (era,))
            for stem, forms in [(stem, _forms(stem, era, kept)) for stem, _, kept in rows]:
                if any(not chains.keys().isdisjoint(parts) for chains in forms.values()):
                    stems.add(stem)
                    for chains in forms.values():
                        for part in parts:
                            chains.pop(part, None)
                    self._write(stem, era, forms)
        return stems

    def put(self, parts: Iterable[PartChange]) -> set[str]:
        """Put the chains of some parts of an era in the place of what they were."""
        changed: dict[str, list[tuple[str, str, Chain | None]]] = {}
        era = ""
        for part, before, now in parts:
            era = era_of(part)
            for stem, form, chain in _differences(before, now):
                changed.setdefault(stem, []).append((form, part, chain))
        for stem, chains in sorted(changed.items()):
            forms = self._read(stem, era)
            for form, part, said in chains:
                of_form = forms.setdefault(form, {})
                of_form.pop(part, None)
                if said:
                    of_form[part] = said
            self._write(stem, era, forms)
        return set(changed)

    def after(self, part: str) -> set[str]:
        """The stems of all parts after one, whose pages have other numbers now.

        Those of its own era are among them.
        """
        query = "SELECT DISTINCT stem FROM words WHERE era >= ?"
        return {stem for (stem,) in self._database.execute(query, (era_of(part),))}

    def words_from(self, first: str) -> Iterator[tuple[str, Forms]]:
        """Every word from a stem on, in alphabetical order."""
        rows = self._database.execute(
            "SELECT * FROM words WHERE stem >= ? ORDER BY stem, era", (first,)
        )
        for stem, of_stem in groupby(rows, key=itemgetter(0)):
            word: Forms = {}
            for _, era, kept in of_stem:
                for form, chains in _forms(stem, era, kept).items():
                    word.setdefault(form, {}).update(chains)
            yield stem, word

    def keep(self, index: Index) -> None:
        """Note what the index is now."""
        _keep(self._database, "index", index)

    def _read(self, stem: str, era: str) -> Forms:
        if self._was_empty:
            return {}
        query = "SELECT chains FROM words WHERE stem = ? AND era = ?"
        found = self._database.execute(query, (stem, era)).fetchone()
        return _forms(stem, era, found[0]) if found else {}

    def _write(self, stem: str, era: str, forms: Mapping[str, Chains]) -> None:
        """Put what an era says of a stem in the order of its parts; nothing leaves no row."""
        said = {form: dict(sorted(forms[form].items())) for form in sorted(forms) if forms[form]}
        if said:
            row = (stem, era, sealed(_ENCODER.encode((stem, era, said))))
            self._database.execute("INSERT OR REPLACE INTO words VALUES (?, ?, ?)", row)
        else:
            self._database.execute("DELETE FROM words WHERE stem = ? AND era = ?", (stem, era))


def _keep(database: Connection, name: str, value: object) -> None:
    row = (name, sealed(_ENCODER.encode(value)))
    database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", row)


def _forms(stem: str, era: str, kept: object) -> Forms:
    *at, forms = _ROW.decode(opened(kept))
    if at != [stem, era]:
        raise StoreDamagedError(f"{stem}/{era}")
    return forms


def _differences(before: Shard | None, now: Shard) -> Iterator[tuple[str, str, Chain | None]]:
    """Stems and forms of which a part says something else now, and what it says, if anything."""
    old, new = _flat(before) if before else {}, _flat(now)
    for stem, form in old.keys() - new.keys():
        yield stem, form, None
    for (stem, form), chain in new.items():
        if old.get((stem, form)) != chain:
            yield stem, form, chain


def _flat(shard: Shard) -> dict[tuple[str, str], Chain]:
    words = shard.words.items()
    return {(stem, form): chain for stem, forms in words for form, chain in forms.items()}
