"""Where a disk is full the editor is told so, and the site stays as it was."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from magazine_factory import MagazineFactory
from patience import PATIENCE_SECONDS
from published import snapshot

DISK_BYTES = 48_000_000


@pytest.fixture
def small(tmp_path: Path) -> Iterator[MagazineFactory]:
    """A magazine that lies on a small disk of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(disk)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, timeout=PATIENCE_SECONDS).returncode
    ):
        pytest.skip("this system lets us mount no disk")
    try:
        yield MagazineFactory(disk)
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True, timeout=PATIENCE_SECONDS)


def fill(disk: Path, left_bytes: int) -> Path:
    filler = disk / "filler"
    count = shutil.disk_usage(disk).free - left_bytes
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(count, 1))
    return filler


@pytest.mark.parametrize("left_bytes", [0, 20_000, 120_000, 500_000])
def test_a_full_disk_is_told_in_one_line_and_keeps_the_site(
    small: MagazineFactory, left_bytes: int
) -> None:
    assert small.build().exit_code == 0
    before = snapshot(small.output)
    for n in range(12):
        small.image(f"articles/2026/disque-{n}.png", (500, 390), seed=n)
        image = {"file": f"disque-{n}.png", "alt": "Un disque"}
        small.article(f"articles/2026/a-{n}.md", title=f"Article {n}", image=image)
    filler = fill(small.root, left_bytes)
    result = small.build()
    assert result.exit_code == 1
    assert result.lines[-1] == "no room left on the disk; nothing is published."
    assert "Traceback" not in result.stdout + result.stderr
    assert "disk" not in "".join(result.lines[:-1])
    assert snapshot(small.output) == before
    assert not small.output.with_name(".output.next").exists()  # it gave its room back
    filler.unlink()
    assert small.build().exit_code == 0
    assert (
        "Article 11" in (small.output / "public" / "articles" / "a-11" / "index.html").read_text()
    )
