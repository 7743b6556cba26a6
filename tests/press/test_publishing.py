"""Publishing replaces the whole output, only a publication's, and one build at a time."""

import errno
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from magazine_factory import MagazineFactory
from patience import PATIENCE_SECONDS
from published import snapshot, with_plugin

from plugins.press import publish

WAITING_PLUGIN = """
import time
from pathlib import Path
from pelican import signals

def wait(generators):
    Path("waiting").touch()
    while not Path("go").exists():
        time.sleep(0.01)

def register():
    signals.all_generators_finalized.connect(wait)
"""


SLOW_PLUGIN = """
import time
from pathlib import Path
from pelican import signals
from pelican.generators import Generator
from plugins.press.plan import Folder, Leaf, Stage

class Slow(Generator):
    stage = 90
    def generate_output(self, writer):
        self.context["plan"].add(Leaf("public/lent/", b"key", wait, Stage.SEARCH))

def wait():
    time.sleep(3)
    Path("waiting").touch()
    time.sleep(60)
    return Folder({})

def _slow(press):
    return Slow

def register():
    signals.get_generators.connect(_slow)
"""
"""A folder that takes long: it is made in a process apart, for which the build waits in the end."""


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not path.exists():
        assert time.monotonic() < deadline, path
        time.sleep(0.01)


def test_a_second_build_at_the_same_time_says_so_and_stops(magazine: MagazineFactory) -> None:
    first = magazine.start(settings=with_plugin(magazine, WAITING_PLUGIN))
    wait_for(magazine.root / "waiting")
    second = magazine.build()
    assert second.exit_code == 1
    assert f"another build is running in {magazine.output}" in second.stderr
    assert "“make serve” or “desk serve”" in second.stderr
    assert not magazine.output.exists()
    (magazine.root / "go").touch()
    first.communicate(timeout=PATIENCE_SECONDS)
    assert first.returncode == 0
    assert (magazine.output / "public" / "index.html").exists()


def test_an_interrupted_build_publishes_nothing_and_does_not_claim_success(
    magazine: MagazineFactory,
) -> None:
    building = magazine.start(settings=with_plugin(magazine, WAITING_PLUGIN))
    wait_for(magazine.root / "waiting")
    building.send_signal(signal.SIGINT)
    building.communicate(timeout=PATIENCE_SECONDS)
    assert building.returncode != 0
    assert list(magazine.root.glob("*output*")) == [magazine.root / ".output.lock"]


def test_ctrl_c_reaches_all_processes_and_is_told_in_one_line(magazine: MagazineFactory) -> None:
    building = magazine.start(settings=with_plugin(magazine, SLOW_PLUGIN))
    wait_for(magazine.root / "waiting")
    os.killpg(building.pid, signal.SIGINT)  # as a terminal does
    _, told = building.communicate(timeout=20)
    assert building.returncode == 130  # as shells say it
    assert told.splitlines()[-1] == "build interrupted; nothing is published."
    assert "Traceback" not in told


def test_a_folder_that_is_not_a_publication_is_refused_and_untouched(
    magazine: MagazineFactory,
) -> None:
    (magazine.output / "photos").mkdir(parents=True)
    (magazine.output / "photos" / "one.txt").write_text("mine")
    (magazine.output / "manifest.json").write_text("{}")  # many programs write one
    before = snapshot(magazine.output)
    result = magazine.build()
    assert result.exit_code == 1
    assert f"{magazine.output} is not a publication's folder" in result.stderr
    assert snapshot(magazine.output) == before


def test_a_file_in_the_place_of_the_output_folder_is_refused_and_untouched(
    magazine: MagazineFactory,
) -> None:
    magazine.output.write_text("mine")
    result = magazine.build()
    assert result.exit_code == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert magazine.output.read_text() == "mine"


def test_an_empty_folder_is_published_into(magazine: MagazineFactory) -> None:
    magazine.output.mkdir()
    assert magazine.build().exit_code == 0
    assert (magazine.output / "public" / "index.html").exists()


def test_files_of_removed_content_are_gone_from_the_next_build(magazine: MagazineFactory) -> None:
    magazine.image("articles/2026/disque.png", (640, 480), seed=3)
    magazine.article("articles/2026/un-disque.md", image={"file": "disque.png", "alt": "Un disque"})
    first = magazine.build()
    gone = {name for name in snapshot(first.output) if "un-disque" in name or "disque-" in name}
    assert len(gone) > 2  # its page, its card, its image
    shutil.rmtree(magazine.content / "articles")
    second = magazine.build()
    assert second.exit_code == 0
    assert gone.isdisjoint(snapshot(second.output))
    assert "un-disque" not in second.public("/sitemap.xml")
    assert {p.name for p in magazine.root.glob(".output.*")} == {".output.lock", ".output.next"}
    third = magazine.build()  # made in the tree of the first
    assert gone.isdisjoint(snapshot(third.output))
    assert snapshot(third.output) == snapshot(magazine.root / ".output.next")


def test_a_content_error_keeps_the_published_site(magazine: MagazineFactory) -> None:
    magazine.build()
    before = snapshot(magazine.output)
    magazine.replace("people/emilie-aubrac.md", "1912-07", "1812-07")
    assert magazine.build().exit_code == 1
    assert snapshot(magazine.output) == before


def test_where_the_system_cannot_exchange_folders_publishing_renames_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(one: Path, other: Path) -> None:
        raise OSError(errno.EINVAL, "renameat2")

    monkeypatch.setattr(publish, "_exchange", refuse)
    published, unfinished = tmp_path / "output", tmp_path / ".output.next"
    for folder in (published, unfinished):
        folder.mkdir()
        (folder / "page").write_text(folder.name)
    publish.publish(unfinished, published)
    assert (published / "page").read_text() == ".output.next"
    assert (unfinished / "page").read_text() == "output"  # kept for the next build
    assert set(tmp_path.iterdir()) == {published, unfinished}
