"""The plan and the log's old days are seen to by commands that the service starts."""

import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest
from page_views import write_zone
from paywall_clock import Clock

from paywall.ads import chores
from paywall.ads.chores import do_chores_for_ever, run_command, seconds_to_next
from paywall.ads.hours import Hours
from paywall.settings import Settings

COMMAND = """
import os, pathlib, sys
log = pathlib.Path(os.environ["BICORNE_VAR"]) / "done"
with log.open("a") as done:
    done.write(f"{sys.argv[1]} of {os.environ['BICORNE_OUTPUT']}\\n")
sys.exit(os.environ["BICORNE_OUTPUT"].endswith("broken"))
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a place where the commands note that they were run."""
    (tmp_path / "command.py").write_text(COMMAND)
    monkeypatch.setattr(chores, "COMMAND", (sys.executable, str(tmp_path / "command.py")))
    (tmp_path / "var").mkdir()
    return Settings(output=tmp_path / "output", var=tmp_path / "var")


class EnoughError(Exception):
    """The test has seen what it wanted."""


def run_until(
    here: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch, pauses: int
) -> tuple[list[str], list[float]]:
    """Do chores until so many pauses were made after the first; what was done, the pauses."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.advance(seconds=seconds)
        if len(slept) > pauses:
            raise EnoughError

    monkeypatch.setattr(chores, "_sleep", sleep)
    hours = Hours(here.output)
    hours.look()
    with pytest.raises(EnoughError):
        anyio.run(do_chores_for_ever, here, hours, clock)
    done = here.var / "done"
    return done.read_text().split("\n")[:-1] if done.exists() else [], slept[1:]


def test_at_the_start_a_plan_is_made_and_old_days_are_compacted(
    here: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_zone(here.output)
    done, _ = run_until(here, clock, monkeypatch, 1)
    assert done == [f"plan of {here.output}", f"compact of {here.output}"]


def test_a_plan_an_hour_and_a_compaction_a_day(
    here: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_zone(here.output)
    clock.now = datetime(2027, 3, 14, 21, 59, 40, tzinfo=UTC)  # in Paris, nearly eleven at night
    done, slept = run_until(here, clock, monkeypatch, 3)
    names = [line.partition(" ")[0] for line in done]
    assert names == ["plan", "compact", "plan", "plan", "compact"]
    assert slept == [40, 3600, 3600]


def test_without_an_inventory_nothing_is_done(
    here: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_until(here, clock, monkeypatch, 2)[0] == []


def test_a_command_that_fails_is_said_and_stops_nothing(
    here: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Settings(output=here.output.with_name("broken"), var=here.var)
    assert not anyio.run(run_command, broken, "plan")
    assert anyio.run(run_command, here, "plan")
    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [
        (logging.ERROR, "paywall ads plan : échec (1)")
    ]


def test_a_command_that_is_not_there_stops_nothing(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "COMMAND", ("/nowhere/at/all",))
    assert not anyio.run(run_command, here, "plan")


def test_a_command_that_never_ends_is_ended(
    here: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(chores, "COMMAND", ("sleep", "600"))
    monkeypatch.setattr(chores, "_LIMIT_SECONDS", 0.3)
    assert not anyio.run(run_command, here, "60")
    assert "trop long" in caplog.text


def test_the_next_hour_is_never_far_and_never_at_once() -> None:
    for second in range(0, 3600, 7):
        at = datetime(2027, 3, 14, 9, second // 60, second % 60, tzinfo=UTC)
        assert 30 < seconds_to_next(at) <= 3630
