"""Compacts past days of the event log: lines become Parquet, far smaller and quicker to ask.

A day is whole in one file or in the other at any moment, whenever the machine stops. Nothing is
left out but `once`, which only a service that starts needs, and lines that were never finished.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from paywall.ads.reports.log import LogError, connect, run, sql

_KEPT_AS_LINES = timedelta(days=1)
"""Today and yesterday stay lines: the service still writes to one and learns from both."""

# Sorted by flight, so that a campaign's report reads its own rows and skips all others
_COPY = """
COPY ({lines} ORDER BY flight, hour, page) TO '{aside}'
(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)
"""

_OTHERS = "SELECT count(*) FROM (FROM read_parquet('{file}') EXCEPT ALL ({lines}))"
_BOTH = "SELECT * FROM (({lines}) UNION ALL FROM read_parquet('{file}'))"


@dataclass(frozen=True, slots=True)
class Compacted:
    """A day that was compacted."""

    day: date
    events: int
    unread: int
    """Lines that are no events: what a stopped machine had not written to the end."""


def compact(folder: Path, today: date) -> Iterator[Compacted]:
    """Compact every day before yesterday, oldest first.

    A day that cannot be stays as it is and keeps no other waiting: `LogError` comes at the end.
    """
    refused: list[str] = []
    for day, lines in _past(folder, today):
        with _alone(lines) as is_there:
            if is_there:
                try:
                    yield _compact(day, lines)
                except LogError as error:
                    refused.append(str(error))
    if refused:
        raise LogError("\n".join(refused))


def _past(folder: Path, today: date) -> Iterator[tuple[date, Path]]:
    for lines in sorted(folder.glob("????-??-??.jsonl")):
        with suppress(ValueError):  # a name that is no day
            day = date.fromisoformat(lines.stem)
            if day < today - _KEPT_AS_LINES:
                yield day, lines


def _compact(day: date, lines: Path) -> Compacted:
    parquet = lines.with_suffix(".parquet")
    with connect() as db:
        run(db, "SET VARIABLE lines = $files", {"files": [str(lines)]})
        written = _count(lines)
        events = len(run(db, sql("lines")))
        with _whole(parquet) as aside:
            quoted = str(aside).replace("'", "''")
            run(db, _COPY.format(lines=_with_kept(db, parquet), aside=quoted))
    lines.unlink()
    return Compacted(day, events, written - events)


def _with_kept(db: duckdb.DuckDBPyConnection, parquet: Path) -> str:
    """The day's lines, with what was compacted of it before.

    That is in the lines already where a machine stopped before it removed them; it is not where
    they waited for room on the disk, and were written later.
    """
    if not parquet.exists():
        return sql("lines")
    named = {"lines": sql("lines"), "file": str(parquet).replace("'", "''")}
    ((others,),) = run(db, _OTHERS.format(**named))
    return _BOTH.format(**named) if others else sql("lines")


def _count(lines: Path) -> int:
    """Lines that hold something."""
    with lines.open("rb") as file:
        return sum(1 for line in file if line.strip())


@contextmanager
def _alone(lines: Path) -> Iterator[bool]:
    """Hold the day against another compaction; whether it is still to be done."""
    try:
        file = lines.open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield lines.exists()


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file to write to, 0600 from its first byte, that takes its name when it is on the disk."""
    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)  # what a process killed at this point left behind
    os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    yield aside
    for written in (aside, path.parent):
        _flush(written)
    aside.rename(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
