"""What was counted, from the event log: the only module here that reads it (by DuckDB)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from numpy.typing import NDArray

from paywall.ads.planning.days import HOURS
from paywall.ads.reports.log import days_of
from paywall.errors import PaywallError

SEASON_DAYS = 800
"""Two years and some: as far back as months are compared."""
RECENT_DAYS = 91
"""As far back as pages are: three issues of a monthly, thirteen weeks."""
VIEWING_DAYS = 28
"""As far back as one looks for which part of page views an ad is really seen on."""

PageKey = tuple[str, str]
"""Address and tier of a page."""

_CONFIG: dict[str, Any] = {
    "threads": 1,  # the service has the other core
    "autoinstall_known_extensions": False,  # never a request to anybody
    "autoload_known_extensions": False,
}
_READ = {
    "lines": """
SELECT hour, kind, page, tier, flight, marks
FROM read_json(getvariable('lines'), format = 'newline_delimited', ignore_errors = true, columns = {
    hour: 'VARCHAR', kind: 'VARCHAR', page: 'VARCHAR', tier: 'VARCHAR', flight: 'VARCHAR',
    marks: 'VARCHAR[]'})""",
    "compacted": """
SELECT hour, kind, page, tier, flight, marks FROM read_parquet(getvariable('compacted'))""",
}
_COUNTED = """
CREATE VIEW counted AS
SELECT try_cast(hour[:10] AS DATE) AS day, try_cast(hour[12:13] AS INT) AS hour, kind, page, tier,
    flight
FROM logged
WHERE coalesce(len(marks), 0) = 0 AND hour <= getvariable('hour')"""

_RECENT = """
CREATE TABLE recent AS
SELECT page, tier, day - $first AS day, count(*) FILTER (kind = 'page') AS views,
    count(*) FILTER (kind = 'view') AS shown
FROM counted WHERE day >= $first AND page IS NOT NULL AND tier IS NOT NULL GROUP BY ALL"""
_PAGES = """
CREATE TABLE pages AS
SELECT page, tier, row_number() OVER () - 1 AS row
FROM (SELECT DISTINCT page, tier FROM recent ORDER BY ALL)"""


class HistoryError(PaywallError):
    """The event log cannot be read."""


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


def read_history(
    events: Path, zone: ZoneInfo, now: datetime, starts: Mapping[str, date]
) -> History:
    """Read the log in a folder: `2026-12-01.jsonl`, or `.parquet` once a day is compacted.

    What flights were given counts from their `starts`: a booking's name may be used again.

    Raises `HistoryError`.
    """
    today = now.astimezone(zone).date()
    files = {day: file for day, file in days_of(events).items() if day <= today}
    if not files:
        return no_history(now, zone)
    try:
        with duckdb.connect(config=_CONFIG) as log:
            _open(log, files.values(), f"{now.astimezone(zone):%Y-%m-%dT%H}")
            hours = _hours(log, max(min(files), _back(today, SEASON_DAYS)), today)
            rows, views, shown = _pages(log, today)
            delivered, delivered_today = _delivered(log, today, starts)
    except duckdb.Error as error:
        raise HistoryError(f"{events} : {error}") from error
    return History(now, zone, hours, rows, views, shown, delivered, delivered_today)


def _back(today: date, days: int) -> date:
    """The first of so many days that end today."""
    return today - timedelta(days=days - 1)


def _open(log: duckdb.DuckDBPyConnection, files: Iterable[Path], hour: str) -> None:
    """Make `counted` of the files: what is not marked, up to an hour."""
    named: dict[str, list[str]] = {"lines": [], "compacted": []}
    for file in files:
        named["lines" if file.suffix == ".jsonl" else "compacted"].append(str(file))
    for name, value in {**named, "hour": hour}.items():
        log.execute(f"SET VARIABLE {name} = $value", {"value": value})
    read = " UNION ALL ".join(_READ[name] for name, some in named.items() if some)
    log.execute(f"CREATE VIEW logged AS {read}")
    log.execute(_COUNTED)


def _hours(log: duckdb.DuckDBPyConnection, first: date, today: date) -> NDArray[np.int64]:
    hours = np.zeros(((today - first).days + 1, HOURS), dtype=np.int64)
    found = log.execute(
        "SELECT day - $first, hour, count(*) FROM counted "
        "WHERE kind = 'page' AND day >= $first AND hour < 24 GROUP BY ALL",
        {"first": first},
    ).fetchall()
    for day, hour, count in found:
        hours[day, hour] = count
    return hours


def _pages(
    log: duckdb.DuckDBPyConnection, today: date
) -> tuple[dict[PageKey, int], NDArray[np.int64], NDArray[np.int64]]:
    log.execute(_RECENT, {"first": _back(today, RECENT_DAYS)})
    log.execute(_PAGES)
    named = log.execute("SELECT page, tier, row FROM pages").fetchall()
    rows = {(page, tier): row for page, tier, row in named}
    found = log.execute("SELECT row, day, views, shown FROM recent NATURAL JOIN pages").fetchnumpy()
    row, day = (np.asarray(found[name], dtype=np.intp) for name in ("row", "day"))
    views = np.zeros((len(rows), RECENT_DAYS), dtype=np.int64)
    views[row, day] = found["views"]
    shown = np.zeros(len(rows), dtype=np.int64)
    np.add.at(shown, row, np.where(day >= RECENT_DAYS - VIEWING_DAYS, found["shown"], 0))
    return rows, views, shown


def _delivered(
    log: duckdb.DuckDBPyConnection, today: date, starts: Mapping[str, date]
) -> tuple[dict[str, int], dict[str, int]]:
    found = log.execute(
        "SELECT flight, day, count(*) FROM counted WHERE kind = 'view' GROUP BY ALL"
    ).fetchall()
    delivered: Counter[str] = Counter()
    for slug, day, views in found:
        if day >= starts.get(slug, day):
            delivered[slug] += views
    return dict(delivered), {slug: views for slug, day, views in found if day == today}
