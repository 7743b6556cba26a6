"""What a report counts, and under what: of real lines, through the real queries."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from campaign_log import FIRST, LAST, NOW, SLUG, Log, busy, days, inventory

from paywall.ads.reports.campaign import report_on
from paywall.ads.reports.disclosure import Hidden
from paywall.ads.reports.log import LogError
from paywall.ads.reports.tally import Line
from paywall.errors import RefusedError

YESTERDAY = NOW.date() - timedelta(days=1)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "events")


def named(lines: tuple[Line, ...]) -> dict[str, Line]:
    return {line.name: line for line in lines}


def test_views_that_are_believed_and_marked_are_counted_apart(log: Log) -> None:
    log.add(FIRST, 40).add(FIRST, 15, marks=("bot",)).add(FIRST, 12, marks=("replay", "bot"))
    log.add(FIRST, 11, kind="click").add(FIRST, 10, kind="click", marks=("orphan",))
    report = log.report()
    assert report.total == Line("", 40, 27, 11, 10)
    reasons = named(report.reasons)
    assert [reasons[name].suspect for name in ("bot", "rate", "replay", "several")] == [
        15,
        0,
        0,
        12,
    ]
    assert reasons["orphan"].suspect_clicks == 10


def test_nothing_of_another_flight_nor_a_page_view_is_counted(log: Log) -> None:
    log.add(FIRST, 30).add(FIRST, 20, flight="other-2026").add(FIRST, 50, kind="page")
    assert log.report().total.viewable == 30


def test_every_table_adds_up_to_the_total(log: Log) -> None:
    busy(log, days(FIRST, date(2026, 11, 7)))
    report = log.report(now=datetime(2026, 11, 8, 12, tzinfo=NOW.tzinfo))
    for table in (report.days, report.themes, report.placements, report.creatives):
        shown = [line.viewable for line in table]
        assert all(isinstance(figure, int) for figure in shown)
        assert sum(shown) == report.total.viewable  # type: ignore[arg-type]


def test_a_page_counts_once_under_the_first_theme_that_was_booked(log: Log) -> None:
    log.add(FIRST, 50, page="/articles/phare/").add(FIRST, 20, page="/articles/four/")
    log.add(FIRST, 30, page="/articles/de/").add(FIRST, 10, page="/articles/gone/")
    themes = named(log.report().themes)
    assert {name: line.viewable for name, line in themes.items()} == {
        "optique": 50,
        "energie": 20,
        "": 40,
    }


def test_a_flight_that_goes_anywhere_is_told_by_every_theme(log: Log) -> None:
    log.add(FIRST, 50).add(FIRST, 30, page="/articles/de/")
    themes = named(log.report(themes=()).themes)
    assert themes["hasard"].viewable == 80  # the first theme of both pages
    assert set(themes) == {"optique", "energie", "hasard", ""}


def test_only_whole_days_of_the_flight_are_counted(log: Log) -> None:
    for day in (FIRST - timedelta(days=1), FIRST, YESTERDAY, NOW.date()):
        log.add(day, 25)
    report = log.report()
    assert (report.first, report.last) == (FIRST, YESTERDAY)
    assert report.total.viewable == 50


def test_nothing_after_the_last_day_is_counted(log: Log) -> None:
    log.add(LAST, 20).add(LAST + timedelta(days=1), 30)
    report = log.report(now=NOW + timedelta(days=90))
    assert (report.last, report.total.viewable) == (LAST, 20)


def test_days_without_a_log_are_named(log: Log) -> None:
    for day in days(FIRST, YESTERDAY):
        if day.day not in {5, 6}:
            log.add(day, 20)
    assert log.report().missing == (date(2026, 11, 5), date(2026, 11, 6))


def test_a_line_that_was_never_finished_is_no_event(log: Log) -> None:
    log.add(FIRST, 20)
    log.write(FIRST, b'{"hour":"2026-11-01T10","kind":"vi')
    assert log.report().total.viewable == 20


def test_the_pace_is_what_was_given_against_what_was_due(log: Log) -> None:
    for day in days(FIRST, YESTERDAY):
        log.add(day, 100)
    pace = log.report(goal=3000).pace
    assert pace
    assert (pace.delivered, pace.due, pace.state, pace.needed_a_day) == (2200, 2200, "on", 100)


@pytest.mark.parametrize(
    ("goal", "state", "needed"), [(2000, "reached", 0), (2500, "ahead", 38), (4000, "late", 225)]
)
def test_the_pace_says_where_a_flight_stands(goal: int, state: str, needed: int, log: Log) -> None:
    for day in days(FIRST, YESTERDAY):
        log.add(day, 100)
    pace = log.report(goal=goal).pace
    assert pace
    assert (pace.state, pace.needed_a_day) == (state, needed)


def test_a_flight_that_ended_short_is_said_to_have_missed_its_goal(log: Log) -> None:
    pace = log.add(FIRST, 100).report(now=NOW + timedelta(days=30)).pace
    assert pace
    assert (pace.state, pace.needed_a_day) == ("missed", 0)


def test_a_month_is_reported_with_what_was_given_before_it(log: Log) -> None:
    log.add(FIRST, 40).add(date(2026, 12, 2), 60)
    report = log.report("2026-12", now=NOW + timedelta(days=30), end=date(2027, 1, 31))
    assert (report.first, report.last) == (date(2026, 12, 1), date(2026, 12, 22))
    assert (report.total.viewable, report.delivered) == (60, 100)


def test_what_was_given_before_a_month_is_not_told_when_it_is_little(log: Log) -> None:
    log.add(FIRST, 4).add(date(2026, 12, 2), 60)
    report = log.report("2026-12", now=NOW + timedelta(days=30), end=date(2027, 1, 31))
    assert report.delivered is Hidden.KEPT
    assert report.pace is None


def test_little_of_a_month_is_not_told_by_the_sum_since_the_beginning(log: Log) -> None:
    log.add(FIRST, 40).add(date(2026, 12, 2), 6)
    report = log.report("2026-12", now=NOW + timedelta(days=30), end=date(2027, 1, 31))
    assert (report.total.viewable, report.delivered) == (Hidden.UNDER, Hidden.KEPT)


def test_a_flight_that_nobody_saw_is_reported_as_such(log: Log) -> None:
    report = log.report()
    assert report.total == Line("", 0, 0, 0, 0)
    assert len(report.missing) == len(report.days) == 22


def test_an_unknown_flight_is_refused_with_the_nearest_name(log: Log) -> None:
    with pytest.raises(RefusedError, match=r"acme-2025 \(plutôt acme-2026 \?\)"):
        report_on(inventory(), log.folder, "acme-2025", NOW)


@pytest.mark.parametrize("month", ["2026-10", "2026-12"])
def test_a_month_without_a_day_to_report_is_refused(month: str, log: Log) -> None:
    with pytest.raises(RefusedError, match=f"rien à rapporter de {month}"):
        log.report(month)


def test_a_flight_of_which_no_day_is_over_is_refused(log: Log) -> None:
    with pytest.raises(RefusedError, match="premier jour, le 1er novembre 2026"):
        log.report(now=datetime(2026, 11, 1, 23, 59, tzinfo=NOW.tzinfo))


def test_a_damaged_day_is_told_and_not_counted_as_empty(log: Log) -> None:
    log.add(FIRST, 20)
    (log.folder / f"{FIRST}.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(LogError, match="journal des événements"):
        log.report()


def test_names_of_flights_are_values_and_no_sql(log: Log) -> None:
    slug = "x' OR flight <> '"
    log.add(FIRST, 20, flight=slug).add(FIRST, 30)
    held = inventory()
    odd = type(held)(**{**_fields(held), "flights": {slug: held.flights[SLUG]}})
    assert report_on(odd, log.folder, slug, NOW).total.viewable == 20


def _fields(held: object) -> dict[str, object]:
    return {name: getattr(held, name) for name in held.__struct_fields__}  # type: ignore[attr-defined]
