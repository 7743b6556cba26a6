"""The log that reports are measured on is one: its events, their days, their flights."""

from datetime import UTC, date, datetime
from pathlib import Path

from bench.report.log import DAYS, flights, shared_out, write_inventory, write_log
from paywall.ads.inventory import read_inventory
from paywall.ads.reports.campaign import report_on
from paywall.ads.reports.log import open_log

LAST = date(2026, 11, 20)
EVENTS = 20_000


def test_every_event_is_given_to_a_day() -> None:
    assert list(shared_out(10, [1, 1, 2])) == [2, 3, 5]
    assert sum(shared_out(1_000_003, [0.6, 1.7, 3.1] * 100)) == 1_000_003


def test_the_log_is_read_by_the_real_reports(tmp_path: Path) -> None:
    events = tmp_path / "events"
    write_log(events, EVENTS, LAST)
    write_inventory(tmp_path / "output", LAST)
    inventory = read_inventory(tmp_path / "output")
    with open_log(events, date(2020, 1, 1), LAST) as log:
        assert len(log.days) == DAYS
        kinds = log._db.execute("SELECT kind, count(*) FROM events GROUP BY kind").fetchall()
        strays = log._db.execute(
            "SELECT count(*) FROM events WHERE flight <> '' AND flight NOT IN "
            "(SELECT unnest($known))", {"known": list(flights(LAST))},
        ).fetchall()  # fmt: skip
        early = log._db.execute(
            "SELECT min(day), max(day) FROM events WHERE flight = 'campagne-0-4'"
        ).fetchall()
    assert sum(count for _, count in kinds) == EVENTS
    assert {kind for kind, _ in kinds} == {"page", "view", "click"}
    assert strays == [(0,)]
    flight = inventory.flights["campagne-0-4"]
    assert flight.start <= early[0][0] <= early[0][1] <= flight.end
    report = report_on(inventory, events, "campagne-0-4", datetime(2026, 11, 22, tzinfo=UTC))
    assert isinstance(report.total.viewable, int)
    assert report.total.viewable > 50
    assert report.missing == ()
