"""What was chosen for each page, kept for the next build, which weighs what has changed."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from plugins.press.database import Database, StoreDamagedError, opened, sealed

FILE = "matching.sqlite"
_TABLES = "CREATE TABLE IF NOT EXISTS choices (page TEXT PRIMARY KEY, key BLOB, choice BLOB);"


class Row(NamedTuple):
    """A page's choice, encoded. ``key`` says what of the page it was made from."""

    page: str
    key: bytes
    choice: bytes


class Kept:
    """A file of choices; ``recipe`` says what they were made with. It may be lost at any time."""

    def __init__(self, folder: Path, recipe: bytes) -> None:
        self._database = Database(folder / FILE, _TABLES, recipe)

    def read(self) -> dict[str, Row]:
        """All choices, by page; none when the file is damaged, which is then begun anew."""
        try:
            with self._database.read() as database:
                rows = database.execute("SELECT page, key, choice FROM choices")
                return {page: Row(page, key, opened(choice)) for page, key, choice in rows}
        except StoreDamagedError:
            self._database.discard()
            return {}

    def keep(self, rows: Iterable[Row], gone: Iterable[str]) -> None:
        """Put choices in the place of older ones, and take away those of pages that are gone."""
        made = [(row.page, row.key, sealed(row.choice)) for row in rows]
        left = [(page,) for page in gone]
        if made or left:
            with self._database.change() as database:
                database.executemany("DELETE FROM choices WHERE page = ?", left)
                database.executemany("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", made)


def changed(rows: Mapping[str, Row], keys: Mapping[str, bytes]) -> list[str]:
    """Pages whose choice is not known, or was made from something else."""
    return [page for page, key in keys.items() if page not in rows or rows[page].key != key]
