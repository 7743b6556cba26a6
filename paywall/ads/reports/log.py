"""The event log as SQL sees it: a table `events`, over lines and over days that were compacted."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from paywall.errors import PaywallError

_SQL = Path(__file__).with_name("sql")
_FILE = re.compile(r"(\d{4}-\d\d-\d\d)\.(jsonl|parquet)", re.ASCII)
_COUNTED_BY = ("lines", "compacted", "events", "flight")
_CONFIG: dict[str, Any] = {
    "autoinstall_known_extensions": False,  # never a request to anybody
    "autoload_known_extensions": False,
    "memory_limit": "1GB",
}


class LogError(PaywallError):
    """The event log cannot be read."""


def sql(name: str) -> str:
    """A query, by the name of its file."""
    return (_SQL / f"{name}.sql").read_text("utf-8")


def sql_version() -> str:
    """Twelve hex digits of the SHA-256 of the queries that a report is counted by."""
    return sha256("".join(map(sql, _COUNTED_BY)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Log:
    """Some days of the log, open."""

    days: frozenset[date]
    """Those that have a file. A day without one was counted by nobody."""
    _db: duckdb.DuckDBPyConnection

    def ask(self, name: str, **parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises `LogError` where a file cannot be read."""
        return run(self._db, sql(name), parameters)

    def know_themes(self, theme_of: Mapping[str, str]) -> None:
        """Say under which theme each page counts."""
        made = "CREATE TABLE page_theme AS SELECT unnest($pages) AS page, unnest($themes) AS theme"
        known = theme_of or {"": ""}
        run(self._db, made, {"pages": list(known), "themes": list(known.values())})


@contextmanager
def open_log(folder: Path, first: date, last: date) -> Iterator[Log]:
    """The days from the first to the last, both included."""
    found = {day: path for day, path in days_of(folder).items() if first <= day <= last}
    lines = [str(path) for path in found.values() if path.suffix == ".jsonl"]
    compacted = [str(path) for path in found.values() if path.suffix == ".parquet"]
    with connect() as db:
        run(db, "SET VARIABLE lines = $files", {"files": lines})
        run(db, "SET VARIABLE compacted = $files", {"files": compacted})
        asked = [sql("compacted")] * bool(compacted) + [sql("lines")] * bool(lines)
        logged = " UNION ALL ".join(asked) if asked else _NOTHING
        run(db, f"CREATE VIEW logged AS {logged}")
        run(db, sql("events"))
        yield Log(frozenset(found), db)


_NOTHING = """
SELECT ''::VARCHAR AS hour, ''::VARCHAR AS kind, ''::VARCHAR AS page, ''::VARCHAR AS tier,
    ''::VARCHAR AS source, ''::VARCHAR AS placement, ''::VARCHAR AS flight,
    ''::VARCHAR AS creative, []::VARCHAR[] AS marks
WHERE false
"""


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory, which asks nobody for anything and takes a gibibyte at most."""
    return duckdb.connect(config=_CONFIG)


def run(
    db: duckdb.DuckDBPyConnection, asked: str, parameters: Mapping[str, object] | None = None
) -> list[tuple[Any, ...]]:
    """The rows of a statement. Raises `LogError` where a file cannot be read."""
    try:
        rows: list[tuple[Any, ...]] = db.execute(asked, dict(parameters or {})).fetchall()
    except duckdb.Error as error:
        raise LogError(f"journal des événements : {str(error).splitlines()[0]}") from error
    return rows


def days_of(folder: Path) -> dict[date, Path]:
    """Each day's file, in order; the compacted one where both are there."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    found = (match for name in names if (match := _FILE.fullmatch(name)))
    return {date.fromisoformat(match[1]): folder / match[0] for match in found}
