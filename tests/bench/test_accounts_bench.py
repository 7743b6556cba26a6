"""The benchmark of accounts: that it imports and signs in, never what it measures."""

from pathlib import Path

import pytest
from gate_runs import read_vectors, write_tree

from bench import accounts


def test_it_imports_lists_and_signs_readers_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = write_tree(tmp_path / "output", read_vectors())
    accounts.main(["--output", str(output), "--rows", "30", "--sign-ins", "4", "--at-once", "2"])
    printed = capsys.readouterr().out
    assert "import of 30 rows in 3 files" in printed
    assert "28 lecteurs créés" in printed
    assert "4 sign-ins, 2 at once" in printed
    assert printed.rstrip().splitlines()[-1].startswith("sign-in ")


def test_without_a_built_site_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="make site"):
        accounts.main(["--output", str(tmp_path)])
