"""Where a build may not write, the editor is told where, in one line; the site stays as it was."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from magazine_factory import MagazineFactory, Result
from patience import PATIENCE_SECONDS
from published import snapshot


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder, the administrator neither."""
    bound = ["mount", "--bind", str(folder), str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(bound, capture_output=True, timeout=PATIENCE_SECONDS).returncode
    ):
        pytest.skip("this system lets us mount nothing")
    try:
        again = ["mount", "-o", "remount,bind,ro", str(folder)]
        subprocess.run(again, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=PATIENCE_SECONDS)


def assert_told(result: Result, file: Path) -> None:
    """The place, what the system says of it, and that nothing is published."""
    assert result.exit_code == 1
    last = result.lines[-1]
    assert last.startswith(str(file)), result.lines
    assert last.endswith("; nothing is published.")
    assert "Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize("folder", ["", "cache", "output/public"])
def test_a_folder_that_is_read_only(magazine: MagazineFactory, folder: str) -> None:
    assert magazine.build().exit_code == 0
    before = snapshot(magazine.output)
    magazine.article("articles/2026/neuf.md", title="Tout neuf")
    if folder.startswith("output"):
        folder = ".output.next/public"  # the tree that the build is made in
        assert magazine.build().exit_code == 0
        magazine.article("articles/2026/neuf.md", title="Plus neuf encore")
        before = snapshot(magazine.output)
    with read_only(magazine.root / folder):
        assert_told(magazine.build(), magazine.root / folder)
    assert snapshot(magazine.output) == before
    assert magazine.build().exit_code == 0


def test_a_file_in_the_place_of_the_cache(magazine: MagazineFactory) -> None:
    (magazine.root / "cache").write_text("mine")
    assert_told(magazine.build(), magazine.root / "cache")
    assert (magazine.root / "cache").read_text() == "mine"


def test_a_folder_in_the_place_of_a_cache_file_is_replaced(magazine: MagazineFactory) -> None:
    (magazine.root / "cache" / "content.sqlite" / "inside").mkdir(parents=True)
    assert magazine.build().exit_code == 0
    assert (magazine.root / "cache" / "content.sqlite").is_file()
