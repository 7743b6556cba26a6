"""What was counted, from the event log: the only module here that reads it (by DuckDB)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from numpy.typing import NDArray

from paywall.ads.planning.days import HOURS

SEASON_DAYS = 800
"""Two years and some: as far back as months are compared."""
RECENT_DAYS = 91
"""As far back as pages are: three issues of a monthly, thirteen weeks."""
VIEWING_DAYS = 28
"""As far back as one looks for which part of page views an ad is really seen on."""

PageKey = tuple[str, str]
"""Address and tier of a page."""

_COLUMNS = "{hour: 'VARCHAR', kind: 'VARCHAR', page: 'VARCHAR', tier: 'VARCHAR', \
flight: 'VARCHAR', marks: 'VARCHAR[]'}"
_NOT_MARKED = "coalesce(len(marks), 0) = 0"


@dataclass(frozen=True, slots=True)
class History:
    """Counts until `now`, without what is marked. The last day of each array is today."""

    now: datetime
    zone: ZoneInfo
    hours: NDArray[np.int64]
    """Page views, days × 24 local hours; no rows where nothing was ever counted."""
    rows: Mapping[PageKey, int]
    """The row of each page that was seen in the last `RECENT_DAYS`."""
    views: NDArray[np.int64]
    """Page views, pages × `RECENT_DAYS`."""
    shown: NDArray[np.int64]
    """Viewable ads of each page in the last `VIEWING_DAYS`."""
    delivered: Mapping[str, int]
    """Viewable impressions of each flight."""
    delivered_today: Mapping[str, int]

    @property
    def today(self) -> date:
        """The magazine's day."""
        return self.now.astimezone(self.zone).date()

    @property
    def whole_days(self) -> int:
        """Days counted from their first hour to their last; the day counting began is not."""
        return max(0, len(self.hours) - 2)


def no_history(now: datetime, zone: ZoneInfo) -> History:
    """A magazine that has counted nothing."""
    none = np.zeros((0, RECENT_DAYS), dtype=np.int64)
    return History(now, zone, np.zeros((0, HOURS), np.int64), {}, none, none[:, 0], {}, {})


def read_history(events: Path, zone: ZoneInfo, now: datetime) -> History:
    """Read the log in a folder: `2026-12-01.jsonl`, or `.parquet` once a day is compacted."""
    today = now.astimezone(zone).date()
    files = _files(events, today)
    if not files:
        return no_history(now, zone)
    with duckdb.connect(config={"threads": 1}) as log:
        log.execute(f"CREATE VIEW counted AS {_counted(files.values(), now, zone)}")
        hours = _hours(log, max(min(files), _back(today, SEASON_DAYS)), today)
        rows, views, shown = _pages(log, today)
        delivered, delivered_today = _delivered(log, today)
    return History(now, zone, hours, rows, views, shown, delivered, delivered_today)


def _files(events: Path, today: date) -> dict[date, Path]:
    """The file of each day; the compacted one while both are there."""
    found: dict[date, Path] = {}
    for suffix in ("jsonl", "parquet"):
        for file in events.glob(f"????-??-??.{suffix}"):
            day = date.fromisoformat(file.stem)
            if day <= today and file.stat().st_size:
                found[day] = file
    return found


def _back(today: date, days: int) -> date:
    """The first of so many days that end today."""
    return today - timedelta(days=days - 1)


def _counted(files: Iterable[Path], now: datetime, zone: ZoneInfo) -> str:
    """Events that are not marked, until now. A line cut by a crash is passed over."""
    readers = {
        ".jsonl": f"read_json([{{}}], format='newline_delimited', columns={_COLUMNS}, "
        "ignore_errors=true)",
        ".parquet": "read_parquet([{}])",
    }
    parts = []
    for suffix, reader in readers.items():
        named = ", ".join(_quoted(str(file)) for file in files if file.suffix == suffix)
        if named:
            parts.append(f"SELECT hour, kind, page, tier, flight, marks FROM {reader.format(named)}")
    hour = _quoted(f"{now.astimezone(zone):%Y-%m-%dT%H}")
    everything = " UNION ALL ".join(parts)
    return (
        "SELECT hour[:10] AS day, hour[12:13]::INT AS hour, kind, page, tier, flight "  # noqa: S608
        f"FROM ({everything}) WHERE {_NOT_MARKED} AND hour <= {hour}"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _hours(log: duckdb.DuckDBPyConnection, first: date, today: date) -> NDArray[np.int64]:
    hours = np.zeros(((today - first).days + 1, HOURS), dtype=np.int64)
    found = log.execute(
        "SELECT day::DATE - $first::DATE, hour, count(*) FROM counted "
        "WHERE kind = 'page' AND day >= $first GROUP BY ALL",
        {"first": first.isoformat()},
    ).fetchall()
    for day, hour, count in found:
        hours[day, hour] = count
    return hours


def _pages(
    log: duckdb.DuckDBPyConnection, today: date
) -> tuple[dict[PageKey, int], NDArray[np.int64], NDArray[np.int64]]:
    first = _back(today, RECENT_DAYS)
    found = log.execute(
        "SELECT page, tier, day::DATE - $first::DATE, count(*) FILTER (kind = 'page'), "
        "count(*) FILTER (kind = 'view') FROM counted WHERE day >= $first GROUP BY ALL",
        {"first": first.isoformat()},
    ).fetchall()
    rows: dict[PageKey, int] = {}
    for page, tier, *_ in found:
        rows.setdefault((page, tier), len(rows))
    views = np.zeros((len(rows), RECENT_DAYS), dtype=np.int64)
    shown = np.zeros(len(rows), dtype=np.int64)
    for page, tier, day, seen, viewable in found:
        row = rows[page, tier]
        views[row, day] = seen
        shown[row] += viewable if day >= RECENT_DAYS - VIEWING_DAYS else 0
    return rows, views, shown


def _delivered(
    log: duckdb.DuckDBPyConnection, today: date
) -> tuple[dict[str, int], dict[str, int]]:
    found = log.execute(
        "SELECT flight, count(*), count(*) FILTER (day = $today) FROM counted "
        "WHERE kind = 'view' GROUP BY flight",
        {"today": today.isoformat()},
    ).fetchall()
    return {slug: n for slug, n, _ in found}, {slug: n for slug, _, n in found if n}
