"""What the benchmark's figures stand on."""

import sys
from pathlib import Path

import pytest

from bench.edits import edited
from bench.processes import Cost, RunError, run
from bench.table import Line, format_table, steps_of

MEBIBYTE = 2**20
HOLD = "import time; held = bytearray({n} << 20); time.sleep(0.4)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD.format(n=60)!r}])"


def test_memory_is_that_of_the_whole_process_tree(tmp_path: Path) -> None:
    cost = run([sys.executable, "-c", PARENT], tmp_path, {}, tmp_path / "printed")
    assert cost.peak_bytes > 60 * MEBIBYTE


def test_a_failed_command_gives_no_figure(tmp_path: Path) -> None:
    failing = [sys.executable, "-c", "print('why'); raise SystemExit(3)"]
    with pytest.raises(RunError, match="why"):
        run(failing, tmp_path, {}, tmp_path / "printed")


def test_an_edited_file_is_put_back(tmp_path: Path) -> None:
    file = tmp_path / "article.md"
    file.write_text('---\ntitle: "Un pont"\n---\n\nUn texte.\n', "utf-8")
    before = file.read_bytes()
    with edited(file) as editor:
        assert editor.edit_body() in file.read_bytes()
        first, second = editor.edit_title(), editor.edit_title()
        assert second in file.read_bytes()
        assert first not in file.read_bytes()
    assert file.read_bytes() == before


def test_ratios_compare_with_hugo_on_the_same_row() -> None:
    cold = [Line("cold", "Bicorne", Cost(3, 1, 1)), Line("cold", "Hugo", Cost(2, 1, 1))]
    table = format_table([*cold, Line("warm", "Bicorne", Cost(9, 1, 1))]).splitlines()
    assert table[1].endswith("1.50")
    assert table[2].endswith("1.00")
    assert table[3].split()[-1] == "0"  # its memory: nothing to compare with


def test_steps_are_read_from_what_the_build_prints() -> None:
    printed = "Publié : 12 pages.\n  pages        12.5 s   12 écrites\n  images        3.0 s\n"
    assert steps_of(printed) == {"pages": 12.5, "images": 3.0}
