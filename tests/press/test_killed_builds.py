"""A build that dies leaves the site as it was, and nothing in the way of the next one."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Mapping

import pytest
from magazine_factory import MagazineFactory
from patience import PATIENCE_SECONDS
from published import snapshot, with_plugin

KILLS = int(os.environ.get("BICORNE_KILLS", "12"))
"""How many builds each test kills, at moments spread over the whole of a build."""

PERSON = "people/emilie-aubrac.md"
DYING_PLUGIN = """
import mmap
import os
import signal
import sys
from pathlib import Path

MARKS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "ctypes.dlsym"}
READING = os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK
building, shared = os.getpid(), mmap.mmap(-1, 8)

def done():
    return int.from_bytes(shared[:8], "big")

def count(event, arguments):
    if event not in MARKS:
        return
    if event == "open" and not (arguments[2] or 0) & ~READING:
        return
    shared[:8] = (done() + 1).to_bytes(8, "big")
    if done() == int(os.environ.get("DIE_AT", 0)):
        if os.environ["DIE_WITH"] == "all":
            os.killpg(0, signal.SIGKILL)
        os.kill(building, signal.SIGKILL)

def finished(press):
    Path("done").write_text(str(done()))

def register():
    from pelican import signals
    sys.addaudithook(count)
    signals.finalized.connect(finished)
"""
"""Counts what a build's processes do to files; kills it, or all of them, before one of these."""

AFTER_FINALIZED = 6
"""The ledger, the exchange: what is done to files when plugins have been told of the end."""


def write_edition(magazine: MagazineFactory, edition: str) -> None:
    before = (magazine.content / PERSON).read_text("utf-8").partition("Édition")[0]
    magazine.write(PERSON, f"{before}Édition {edition}.\n")
    magazine.article(f"articles/2026/edition-{edition}.md", title=f"Édition {edition}")
    for path in (magazine.content / "articles" / "2026").iterdir():
        if path.stem != f"edition-{edition}":
            path.unlink()


def kill_after(magazine: MagazineFactory, seconds: float, *, group: bool) -> None:
    """Kill a build as the kernel does when memory is short, it alone; or all of its processes."""
    building = magazine.start()
    try:
        building.wait(seconds)
    except subprocess.TimeoutExpired:
        if group:
            os.killpg(building.pid, signal.SIGKILL)
        building.kill()
    building.communicate(timeout=PATIENCE_SECONDS)  # ends when the last process of the build has


class Editions:
    """Two editions that replace each other; what each publishes is known."""

    def __init__(self, magazine: MagazineFactory, settings: Mapping[str, object]) -> None:
        self.magazine, self._settings = magazine, settings
        self._whole, self.seconds = {}, 0.0
        for self._published in ("a", "b"):
            write_edition(magazine, self._published)
            started = time.monotonic()
            assert magazine.build(settings=settings).exit_code == 0
            self.seconds = time.monotonic() - started
            self._whole[self._published] = snapshot(magazine.output)
        assert self._whole["a"] != self._whole["b"]

    def prepare(self) -> None:
        """Write the edition that is not published."""
        self._coming = "b" if self._published == "a" else "a"
        write_edition(self.magazine, self._coming)

    def check(self) -> None:
        """The old or the new site is whole, and the next build is right."""
        assert snapshot(self.magazine.output) in (
            self._whole[self._published],
            self._whole[self._coming],
        )
        assert self.magazine.build(settings=self._settings).exit_code == 0
        assert snapshot(self.magazine.output) == self._whole[self._coming]
        self._published = self._coming


def test_a_build_killed_at_any_moment_leaves_the_old_site_whole_and_the_next_build_right(
    magazine: MagazineFactory, subtests: pytest.Subtests
) -> None:
    editions = Editions(magazine, {})
    for n in range(KILLS):
        moment = editions.seconds * (0.2 + (n + random.random()) / KILLS)
        with subtests.test(seconds=moment, group=bool(n % 2)):
            editions.prepare()
            kill_after(magazine, moment, group=bool(n % 2))
            editions.check()


def test_a_build_killed_before_any_change_of_a_file_leaves_the_old_site_whole(
    magazine: MagazineFactory, subtests: pytest.Subtests
) -> None:
    settings = with_plugin(magazine, DYING_PLUGIN)
    editions = Editions(magazine, settings)
    count = int((magazine.root / "done").read_text()) + AFTER_FINALIZED
    assert count > KILLS
    for n in range(KILLS):
        at = 1 + n * (count - 1) // (KILLS - 1)
        with subtests.test(change=at, of=count):
            editions.prepare()
            killed = {"DIE_AT": str(at), "DIE_WITH": ("all", "itself")[n % 2]}
            magazine.start(settings=settings, **killed).communicate(timeout=PATIENCE_SECONDS)
            editions.check()


def test_workers_end_with_a_killed_build(magazine: MagazineFactory) -> None:
    """Left alone they would wait for ever, and keep the next build from starting."""
    for seed in range(4):
        magazine.image(f"issues/12-lumiere/{seed}.png", (1000, 800), seed)
    figures = "\n\n".join(f"![Un disque peint]({seed}.png)" for seed in range(4))
    magazine.article("issues/12-lumiere/la-tache.md", body=f"Des disques.\n\n{figures}\n")
    building = magazine.start()
    encoded = magazine.root / "cache" / "images"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not encoded.exists() or not any(encoded.iterdir()):  # workers are at their first image
        assert building.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    building.kill()
    building.communicate(timeout=PATIENCE_SECONDS)
    assert magazine.build().exit_code == 0
