"""The benchmark of pages: that it runs and compares, never what it measures."""

import shutil
from pathlib import Path

import pytest
from gate_runs import read_vectors, write_tree

from bench import gate


def test_it_compares_both_servers_on_the_same_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if missing := gate.lacking():
        pytest.skip(f"lacking: {missing}; .ci/run installs them")
    output = write_tree(tmp_path / "output", read_vectors())
    gate.main(["--output", str(output), "--rounds", "1", "--seconds", "1", "--connections", "4"])
    printed = capsys.readouterr().out
    assert printed.count("\nBicorne ") == 2
    assert printed.count("\nnginx, files held open ") == 2
    assert "after 10 pages (gzip)" in printed


def test_it_says_how_to_install_what_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install nginx wrk"):
        gate.main([])


def test_without_a_built_site_it_says_so(tmp_path: Path) -> None:
    if gate.lacking():
        pytest.skip("says what to install first")
    with pytest.raises(SystemExit, match="make site"):
        gate.main(["--output", str(tmp_path)])
