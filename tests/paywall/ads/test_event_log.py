"""Lines reach the day's file whole, whatever becomes of the disk; what cannot be is said."""

import json
import logging
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_views import Counter, read_events, told
from paywall_clock import Clock

from paywall.ads import log as event_log


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root makes a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def small(small_disk: Path, clock: Clock) -> Counter:
    counter = Counter(small_disk, clock)
    counter.start(reserve_bytes=0)
    return counter


def fill(disk: Path) -> Path:
    """Write until nothing more can be."""
    file = disk / "filling"
    with file.open("wb", buffering=0) as filling:
        try:
            while True:
                filling.write(b"x" * 4096)
        except OSError:
            return file


def test_a_full_disk_is_told_and_what_was_taken_before_is_written_when_there_is_room(
    small: Counter, small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    small.send(told())
    small.flush()
    filling = fill(small_disk)
    taken = 0
    while small.send(told()) == 204 and taken < 2000:  # more than the rest of the file's block
        taken += 1
        if taken % 50 == 0:
            small.flush()
    assert 0 < taken < 2000
    assert small.send(told()) == 503
    assert [r.levelno for r in caplog.records] == [logging.ERROR]
    assert read_events(small.events)  # whole lines only
    filling.unlink()
    small.flush()
    assert small.send(told()) == 204
    assert len(small.written()) == taken + 2


def test_a_disk_that_is_nearly_full_is_left_to_the_accounts(small_disk: Path, clock: Clock) -> None:
    counter = Counter(small_disk, clock)
    counter.start(reserve_bytes=10_000_000)
    assert counter.send(told()) == 204  # nobody can know yet
    counter.flush()
    assert counter.send(told()) == 503
    assert not list(counter.events.glob("*"))


def test_too_much_for_a_day_is_refused_and_the_next_day_counts(
    counter: Counter, clock: Clock
) -> None:
    counter.start(max_day_bytes=1000)
    for _ in range(20):
        counter.send(told())
    counter.flush()
    assert counter.send(told()) == 503
    clock.advance(days=1)
    assert counter.send(told()) == 204
    assert len(counter.written()) == 21


def test_no_more_waits_in_memory_than_is_said(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "MAX_WAITING_BYTES", 1000)
    answers = [counter.send(told()) for _ in range(20)]
    assert answers[0] == 204
    assert answers[-1] == 503
    assert len(counter.written()) == answers.count(204)
    assert counter.send(told()) == 204


def test_a_line_that_was_cut_off_is_taken_away_and_those_before_it_stay(counter: Counter) -> None:
    counter.send(told())
    counter.flush()
    (file,) = counter.events.iterdir()
    whole = file.read_bytes()
    with file.open("ab") as torn:
        torn.write(whole[: len(whole) // 2])
    counter.send(told())
    assert len(counter.written()) == 2
    assert file.read_bytes().startswith(whole)


def test_a_folder_that_others_may_write_in_is_not_written_in(counter: Counter) -> None:
    counter.events.mkdir(mode=0o700, parents=True)
    counter.events.chmod(0o777)
    counter.send(told())
    counter.flush()
    assert counter.send(told()) == 503
    assert not list(counter.events.iterdir())


def test_a_link_in_place_of_the_days_file_is_not_followed(counter: Counter, tmp_path: Path) -> None:
    counter.send(told())
    counter.flush()
    (file,) = counter.events.iterdir()
    target = tmp_path / "elsewhere"
    target.write_text("")
    file.unlink()
    file.symlink_to(target)
    counter.send(told())
    counter.flush()
    assert target.read_text() == ""
    assert counter.send(told()) == 503


def test_one_reason_is_said_once(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    counter.events.mkdir(mode=0o700, parents=True)
    counter.events.chmod(0o777)
    for _ in range(3):
        counter.send(told())
        counter.flush()
    assert len(caplog.records) == 1


def test_two_processes_leave_whole_lines(counter: Counter, clock: Clock, tmp_path: Path) -> None:
    """As when the one before is slow to end."""
    other = Counter(tmp_path, clock)
    for n in range(40):
        (counter if n % 2 else other).send(told())
        (other if n % 3 else counter).flush()
    other.flush()
    lines = counter.written()
    assert len(lines) == 40
    assert len({line["once"] for line in lines}) == 40
    (file,) = counter.events.iterdir()
    assert all(json.loads(line) for line in file.read_bytes().splitlines())
