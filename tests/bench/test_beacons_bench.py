"""The benchmark of beacons: that it runs and finds what is lost, never what it measures."""

import re
from argparse import Namespace
from pathlib import Path

import pytest

from bench import beacons


def test_it_compares_both_servers_and_finds_every_event(capsys: pytest.CaptureFixture[str]) -> None:
    if missing := beacons.lacking():
        pytest.skip(f"lacking: {missing}; .ci/run installs them")
    beacons.main(["--rounds", "1", "--seconds", "1", "--connections", "4", "--checked", "50"])
    printed = capsys.readouterr().out
    assert re.search(r"^nginx, 204 .*\n^Bicorne ", printed, re.MULTILINE)
    assert "100 events acknowledged one by one: 0 not in the log" in printed
    assert "; 0 marked" in printed


def test_an_event_that_is_not_written_ends_it(tmp_path: Path) -> None:
    events = tmp_path / "var" / "events"
    events.mkdir(parents=True)
    line = b'{"hour":"2026-12-01T14","kind":"page","page":"/","tier":"public","source":"direct"}\n'
    (events / "2026-12-01.jsonl").write_bytes(line * 19)
    with pytest.raises(SystemExit, match="does not hold"):
        beacons._check_all(tmp_path, 10, Namespace(connections=1, rounds=1))
