"""What the planner reads of the log: believed events, by the magazine's days and hours."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from ad_market import NOON, PARIS, ad_seen, inventory, page, seen, write_log

from paywall.ads.planning.days import ages, hours_between, issue_days, midnight, with_expected
from paywall.ads.planning.history import RECENT_DAYS, HistoryError, read_history

A, B = "/articles/a/", "/articles/b/"


def test_nothing_was_counted_where_there_is_no_log(tmp_path: Path) -> None:
    history = read_history(tmp_path / "events", PARIS, NOON, {})
    assert history.whole_days == 0
    assert len(history.hours) == 0
    assert history.delivered == {}


def test_views_are_counted_by_page_tier_day_and_hour(tmp_path: Path) -> None:
    counts = Counter({
        seen("2026-12-07T23", A): 3,
        seen("2026-12-10T09", A): 2,
        seen("2026-12-10T09", A, tier="members"): 5,
        ad_seen("2026-12-10T09", A, "acme"): 4,
        ad_seen("2026-12-07T23", B, "acme"): 1,
    })  # fmt: skip
    write_log(tmp_path, counts)
    history = read_history(tmp_path, PARIS, NOON, {})
    assert history.hours.shape == (4, 24)
    assert history.hours[0, 23] == 3
    assert history.hours[-1, 9] == 7
    assert history.hours.sum() == 10
    assert history.whole_days == 2
    row = history.views[history.rows[A, "public"]]
    assert (row[-1], row[RECENT_DAYS - 4], row.sum()) == (2, 3, 5)
    assert history.views[history.rows[A, "members"]][-1] == 5
    assert history.shown[history.rows[A, "public"]] == 4
    assert history.delivered == {"acme": 5}
    assert history.delivered_today == {"acme": 4}


def test_a_name_that_is_used_again_begins_anew(tmp_path: Path) -> None:
    write_log(tmp_path, Counter({ad_seen("2026-12-09T09", A, "acme"): 7}))
    write_log(tmp_path, Counter({ad_seen("2026-12-10T09", A, "acme"): 2}))
    history = read_history(tmp_path, PARIS, NOON, {"acme": date(2026, 12, 10)})
    assert history.delivered == {"acme": 2}


def test_what_is_marked_is_not_counted(tmp_path: Path) -> None:
    counts = Counter({
        seen("2026-12-10T09", A, marks=("bot",)): 50,
        ad_seen("2026-12-10T09", A, "acme", marks=("replay", "rate")): 50,
        ad_seen("2026-12-10T09", A, "acme"): 1,
    })  # fmt: skip
    write_log(tmp_path, counts)
    history = read_history(tmp_path, PARIS, NOON, {})
    assert history.hours.sum() == 0
    assert history.delivered == {"acme": 1}


def test_days_that_were_compacted_count_once(tmp_path: Path) -> None:
    write_log(tmp_path, Counter({seen("2026-12-08T10", A): 6, seen("2026-12-09T10", A): 2}))
    lines = tmp_path / "2026-12-08.jsonl"
    names = ("hour", "kind", "page", "tier", "source", "placement", "flight", "creative")
    columns = dict.fromkeys(names, "VARCHAR") | {"marks": "VARCHAR[]"}
    with duckdb.connect() as db:
        db.execute(f"COPY (SELECT * FROM read_json('{lines}', format='newline_delimited', "
                   f"columns={columns})) TO '{tmp_path}/2026-12-08.parquet'")  # fmt: skip
    both = read_history(tmp_path, PARIS, NOON, {})
    lines.unlink()
    compacted = read_history(tmp_path, PARIS, NOON, {})
    for history in (both, compacted):
        assert history.hours.sum() == 8
        assert history.views[history.rows[A, "public"]].sum() == 8


def test_a_line_that_a_crash_cut_off_is_passed_over(tmp_path: Path) -> None:
    write_log(tmp_path, Counter({seen("2026-12-10T09", A): 2}))
    with (tmp_path / "2026-12-10.jsonl").open("ab") as file:
        file.write(b'{"hour":"2026-12-10T09","kind":"pa')
    assert read_history(tmp_path, PARIS, NOON, {}).hours.sum() == 2


def test_a_day_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "2026-12-09.parquet").write_bytes(b"not Parquet")
    with pytest.raises(HistoryError, match=r"2026-12-09\.parquet"):
        read_history(tmp_path, PARIS, NOON, {})


def test_other_files_and_coming_days_are_no_part_of_it(tmp_path: Path) -> None:
    write_log(tmp_path, Counter({seen("2026-12-11T09", A): 2}))
    (tmp_path / "2026-12-10.jsonl.gz").write_bytes(b"?")
    (tmp_path / "notes.txt").write_bytes(b"?")
    assert read_history(tmp_path, PARIS, NOON, {}).whole_days == 0


def test_today_is_the_magazines_day_whatever_utc_says(tmp_path: Path) -> None:
    late = datetime(2026, 12, 10, 23, 30, tzinfo=UTC)
    assert read_history(tmp_path, PARIS, late, {}).today == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("day", "hours", "of_two"),
    [(date(2026, 3, 29), 23, 0), (date(2026, 10, 25), 25, 2), (date(2026, 12, 10), 24, 1)],
)
def test_days_on_which_clocks_change_have_other_hours(day: date, hours: int, of_two: int) -> None:
    lasts = hours_between(midnight(day, PARIS), midnight(day + timedelta(days=1), PARIS), PARIS)
    assert lasts.sum() == pytest.approx(hours)
    assert lasts[2] == of_two


def test_an_hour_that_has_begun_lasts_what_remains_of_it() -> None:
    start = datetime(2026, 12, 10, 9, 45, tzinfo=PARIS).astimezone(UTC)
    lasts = hours_between(start, start + timedelta(hours=1), PARIS)
    assert (lasts[9], lasts[10]) == (pytest.approx(0.25), pytest.approx(0.75))


def test_issues_are_expected_as_often_as_they_came() -> None:
    days = [date(2026, month, 1) for month in (9, 10, 11)]
    found = with_expected(days, date(2026, 11, 20), date(2027, 1, 5))
    assert found == (*days, date(2026, 12, 1), date(2026, 12, 31))


def test_an_issue_that_is_late_is_expected_tomorrow() -> None:
    days = [date(2026, month, 1) for month in (7, 8, 9)]
    found = with_expected(days, date(2026, 12, 10), date(2026, 12, 20))
    assert found == (*days, date(2026, 12, 11))


def test_two_issues_tell_nothing_of_the_next() -> None:
    days = (date(2026, 9, 1), date(2026, 10, 1))
    assert with_expected(days, date(2026, 11, 20), date(2027, 1, 5)) == days


def test_the_age_of_an_issue_begins_at_none_on_its_day() -> None:
    days = [date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 5)]
    assert ages(days, [date(2026, 12, 1), date(2026, 12, 5)]).tolist() == [0, 1, 0]
    assert ages(days, []).min() > 10_000


def test_an_issue_came_out_with_the_first_of_its_pages() -> None:
    pages = [
        page("/a/", issue="812", published=date(2026, 12, 3)),
        page("/b/", issue="812", published=date(2026, 12, 1)),
        page("/c/", published=date(2026, 11, 1)),
    ]
    assert issue_days(inventory(pages)) == (date(2026, 12, 1),)
