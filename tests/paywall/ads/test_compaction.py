"""Compacted days count as their lines did; whatever stops a compaction, nothing is lost."""

import os
import stat
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from campaign_log import FIRST, NOW, Log, busy, days, inventory

from paywall.ads.reports import compact as compaction
from paywall.ads.reports.compact import Compacted, compact
from paywall.ads.reports.log import LogError
from paywall.ads.reports.page import render
from paywall.ads.reports.readership import page_views

TODAY = NOW.date()
SECOND = FIRST + timedelta(days=1)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "events")


def files(log: Log) -> set[str]:
    return {path.name for path in log.folder.iterdir()}


def test_a_report_is_the_same_before_and_after(log: Log) -> None:
    busy(log, days(FIRST, TODAY))
    before = render(log.report(), "fr", "")
    done = list(compact(log.folder, TODAY))
    assert len(done) == 21
    assert render(log.report(), "fr", "") == before


def test_page_views_are_the_same_before_and_after(log: Log) -> None:
    log.add(FIRST, 30, kind="page").add(FIRST, 4, kind="page", marks=("bot",))
    before = page_views(inventory(), log.folder, FIRST, TODAY, "page")
    list(compact(log.folder, TODAY))
    assert page_views(inventory(), log.folder, FIRST, TODAY, "page") == before != ()


def test_today_and_yesterday_stay_lines(log: Log) -> None:
    for back in range(3):
        log.add(TODAY - timedelta(days=back), 5)
    list(compact(log.folder, TODAY))
    assert files(log) == {"2026-11-23.jsonl", "2026-11-22.jsonl", "2026-11-21.parquet"}


def test_only_its_owner_reads_a_compacted_day(log: Log) -> None:
    old = os.umask(0)
    try:
        list(compact(log.add(FIRST, 5).folder, TODAY))
    finally:
        os.umask(old)
    assert stat.S_IMODE((log.folder / f"{FIRST}.parquet").stat().st_mode) == 0o600


def test_what_tells_a_replay_is_not_kept_and_all_else_is(log: Log) -> None:
    log.add(FIRST, 2, once="abcdefgh", marks=("rate", "bot"))
    list(compact(log.folder, TODAY))
    with duckdb.connect() as db:
        found = db.sql(f"FROM '{log.folder}/{FIRST}.parquet'")
        assert "once" not in found.columns
        assert found.fetchall()[0] == (
            "2026-11-01T00", "view", "/articles/phare/", "public", "search", "article",
            "acme-2026", "300x250", ["bot", "rate"],
        )  # fmt: skip


def test_lines_that_were_never_finished_are_told(log: Log) -> None:
    log.add(FIRST, 20)
    log.write(FIRST, b'{"hour":"2026-11-01T10","kind":"vi\n\n{"hour":"2026')
    assert list(compact(log.folder, TODAY)) == [Compacted(FIRST, 20, 2)]


def test_a_day_without_a_line_is_a_day_that_was_counted(log: Log) -> None:
    log.write(FIRST, b"")
    assert list(compact(log.folder, TODAY)) == [Compacted(FIRST, 0, 0)]
    assert FIRST not in log.report().missing


def test_doing_it_again_does_nothing(log: Log) -> None:
    list(compact(log.add(FIRST, 5).folder, TODAY))
    assert list(compact(log.folder, TODAY)) == []


@pytest.mark.parametrize("step", ["_flush", "_COPY"])
def test_a_machine_that_stops_at_any_step_loses_nothing(
    step: str, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.add(FIRST, 20)
    if step == "_flush":
        monkeypatch.setattr(compaction, "_flush", _stop)
    else:
        monkeypatch.setattr(compaction, "_COPY", "{lines} {aside} SELECT")
    with pytest.raises((InterruptedError, LogError)):
        list(compact(log.folder, TODAY))
    assert log.report().total.viewable == 20
    monkeypatch.undo()
    assert list(compact(log.folder, TODAY)) == [Compacted(FIRST, 20, 0)]
    assert files(log) == {f"{FIRST}.parquet"}


def test_a_day_that_stands_in_both_counts_once_and_loses_its_lines(log: Log) -> None:
    """A machine stopped between the two last steps."""
    lines = (log.add(FIRST, 20).folder / f"{FIRST}.jsonl").read_bytes()
    list(compact(log.folder, TODAY))
    log.write(FIRST, lines)
    assert log.report().total.viewable == 20
    list(compact(log.folder, TODAY))
    assert files(log) == {f"{FIRST}.parquet"}


def test_lines_that_waited_for_room_join_their_day(log: Log) -> None:
    list(compact(log.add(FIRST, 20).folder, TODAY))
    log.add(FIRST, 3).add(SECOND, 5)
    assert list(compact(log.folder, TODAY)) == [Compacted(FIRST, 3, 0), Compacted(SECOND, 5, 0)]
    assert files(log) == {f"{FIRST}.parquet", f"{SECOND}.parquet"}
    assert log.report().total.viewable == 28


def test_files_that_are_no_days_are_left_alone(log: Log) -> None:
    log.add(FIRST, 5)
    (log.folder / "2026-13-45.jsonl").write_text("{}")
    list(compact(log.folder, date(2027, 1, 1)))
    assert files(log) == {f"{FIRST}.parquet", "2026-13-45.jsonl"}


def _stop(_path: Path) -> None:
    raise InterruptedError
