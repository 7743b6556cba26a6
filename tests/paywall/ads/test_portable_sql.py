"""The queries are a warehouse's, too: PostgreSQL, which is not DuckDB, answers them the same."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from campaign_log import FIRST, LAST, NOW, SLUG, Log, busy, days, inventory
from paywall_process import REPOSITORY
from postgres import Postgres

from paywall.ads.reports.campaign import themes_of_pages
from paywall.ads.reports.log import open_log, sql

DOCUMENT = (REPOSITORY / "docs" / "ads-reports.md").read_text("utf-8")
PERIOD = {"first": FIRST, "last": LAST}
REQUESTS = """
CREATE TABLE requests AS SELECT
    timestamptz '2026-11-01 23:30+00' AS requested_at, 'GET' AS method, 200 AS status,
    '/articles/phare/' AS path, 'text/html; charset=utf-8' AS content_type, 'members' AS tree,
    'https://gazette.example.org/' AS referrer, false AS is_bot;
INSERT INTO requests SELECT requested_at, method, 304, path, content_type, 'public', '', true
    FROM requests;
INSERT INTO requests SELECT requested_at, 'GET', 404, path, content_type, tree, '', false
    FROM requests LIMIT 1
"""
"""On 2 November in Paris: a reader, a robot, and a page that is not there."""

COLUMNS = "day, kind, page, tier, source, placement, flight, creative, marks"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    made = busy(Log(tmp_path / "events"), days(FIRST, NOW.date() - timedelta(days=1)))
    return made.add(FIRST, 30, kind="page").add(FIRST, 6, kind="page", marks=("rate", "bot"))


@pytest.mark.parametrize(("name", "more"), [("flight", {"flight": SLUG}), ("readership", {})])
def test_another_database_gives_the_same_rows(
    name: str, more: dict[str, object], log: Log, postgres: Postgres
) -> None:
    theme_of = themes_of_pages(inventory(), inventory().flights[SLUG])
    with open_log(log.folder, FIRST, LAST) as ours:
        ours.know_themes(theme_of)
        expected = ours.ask(name, **PERIOD, **more)
        events = ours._db.execute(f"SELECT {COLUMNS} FROM events").fetchall()
    database = postgres.create()
    with psycopg.connect(postgres.url(database)) as theirs:
        theirs.execute(_statement("CREATE TABLE events"))
        theirs.execute(_statement("CREATE TABLE page_theme"))
        with theirs.cursor() as cursor:
            cursor.executemany(f"INSERT INTO events VALUES ({', '.join(['%s'] * 9)})", events)
            cursor.executemany("INSERT INTO page_theme VALUES (%s, %s)", [*theme_of.items()])
        asked = re.sub(r"\$(\w+)", r"%(\1)s", re.sub(r"--.*", "", sql(name)))
        found = theirs.execute(asked.encode(), PERIOD | more).fetchall()
    postgres.drop(database)
    assert len(expected) > 3
    assert _plain(found) == _plain(expected)


def test_the_document_describes_the_columns_that_queries_ask_for() -> None:
    table = _statement("CREATE TABLE events").decode()
    assert ", ".join(re.findall(r"^    (\w+) ", table, re.MULTILINE)) == COLUMNS


def test_page_views_of_an_access_log_are_counted_by_the_same_query(postgres: Postgres) -> None:
    database = postgres.create()
    with psycopg.connect(postgres.url(database)) as db:
        db.execute(REQUESTS)
        db.execute(_statement("CREATE VIEW page_views"))
        query = sql("readership").replace("FROM events", "FROM page_views")
        asked = re.sub(r"\$(\w+)", r"%(\1)s", re.sub(r"--.*", "", query))
        found = db.execute(asked.encode(), PERIOD).fetchall()
    postgres.drop(database)
    assert _plain(found) == _plain(
        [
            (date(2026, 11, 2), None, None, None, 1, 1),
            (None, "/articles/phare/", None, None, 1, 1),
            (None, None, "direct", None, 0, 1),
            (None, None, "internal", None, 1, 0),
            (None, None, None, "members", 1, 0),
            (None, None, None, "public", 0, 1),
        ]
    )


def _statement(begins: str) -> bytes:
    """A statement of the document, as a warehouse is given it."""
    found = re.search(rf"^{begins}.*?;$", DOCUMENT, re.DOTALL | re.MULTILINE)
    assert found, begins
    return found[0].encode()


def _plain(rows: list[tuple[Any, ...]]) -> list[tuple[str | int, ...]]:
    """In one order, numbers as whole ones."""

    def plain(value: Any) -> str | int:
        if value is None or isinstance(value, str | date):
            return str(value)
        return int(value)

    return sorted((tuple(map(plain, row)) for row in rows), key=repr)
