"""How much is read of each theme: page views of some days, robots and repetitions left out."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import duckdb

from paywall.ads.inventory import Inventory
from paywall.errors import PaywallError

_PAGES = """
SELECT page, count(*) FROM (
    {files}
) WHERE kind = 'page' AND coalesce(len(marks), 0) = 0 GROUP BY page
"""
_LINES = """SELECT kind, page, marks FROM read_json($lines, format = 'newline_delimited',
    ignore_errors = true, columns = {kind: 'VARCHAR', page: 'VARCHAR', marks: 'VARCHAR[]'})"""
_COMPACTED = "SELECT kind, page, marks FROM read_parquet($compacted)"


class AudienceError(PaywallError):
    """The event log cannot be read."""


def views_by_theme(inventory: Inventory, events: Path, first: date, last: date) -> dict[str, int]:
    """Page views of each theme from one day to another, both included; a page counts for each of
    its themes. Raises `AudienceError`."""
    themes: Counter[str] = Counter()
    of_page = {page.url: page.themes for page in inventory.pages}
    for url, views in _views(events, first, last):
        for theme in of_page.get(url, ()):
            themes[theme] += views
    return dict(themes)


def _views(events: Path, first: date, last: date) -> list[tuple[str, int]]:
    """Views of each page; of a day that has both files, the compacted one."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    lines, compacted = [], []
    for day in days:
        if (file := events / f"{day}.parquet").exists():
            compacted.append(str(file))
        elif (file := events / f"{day}.jsonl").exists():
            lines.append(str(file))
    asked = [_LINES] * bool(lines) + [_COMPACTED] * bool(compacted)
    if not asked:
        return []
    values = {"lines": lines} if lines else {}
    values |= {"compacted": compacted} if compacted else {}
    try:
        with duckdb.connect() as db:
            return db.execute(_PAGES.format(files=" UNION ALL ".join(asked)), values).fetchall()
    except duckdb.Error as error:
        raise AudienceError(f"journal des événements : {error}") from error
