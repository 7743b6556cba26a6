"""A build that dies leaves the site as it was, and nothing in the way of the next one."""

import random
import subprocess
import time

import pytest
from magazine_factory import MagazineFactory
from published import snapshot

KILLS = 12
PERSON = "people/emilie-aubrac.md"


def write_edition(magazine: MagazineFactory, edition: str) -> None:
    before = (magazine.content / PERSON).read_text("utf-8").partition("Édition")[0]
    magazine.write(PERSON, f"{before}Édition {edition}.\n")
    magazine.article(f"articles/2026/edition-{edition}.md", title=f"Édition {edition}")
    for path in (magazine.content / "articles" / "2026").iterdir():
        if path.stem != f"edition-{edition}":
            path.unlink()


def kill_after(magazine: MagazineFactory, seconds: float) -> None:
    """Kill a build as the kernel does when memory is short: it alone, at once."""
    building = magazine.start()
    try:
        building.wait(seconds)
    except subprocess.TimeoutExpired:
        building.kill()
    building.communicate(timeout=60)  # ends when the last process of the build has


def test_a_build_killed_at_any_moment_leaves_the_old_site_whole_and_the_next_build_right(
    magazine: MagazineFactory, subtests: pytest.Subtests
) -> None:
    whole = {}
    for edition in ("a", "b"):
        write_edition(magazine, edition)
        started = time.monotonic()
        assert magazine.build().exit_code == 0
        duration = time.monotonic() - started
        whole[edition] = snapshot(magazine.output)
    assert whole["a"] != whole["b"]
    published, coming = "b", "a"
    for n in range(KILLS):
        moment = duration * (0.2 + (n + random.random()) / KILLS)
        with subtests.test(seconds=moment):
            write_edition(magazine, coming)
            kill_after(magazine, moment)
            assert snapshot(magazine.output) in (whole[published], whole[coming])
            assert magazine.build().exit_code == 0
            assert snapshot(magazine.output) == whole[coming]
            assert not magazine.output.with_name(".output.next").exists()
        published, coming = coming, published


def test_workers_end_with_a_killed_build(magazine: MagazineFactory) -> None:
    """Left alone they would wait for ever, and keep the next build from starting."""
    for seed in range(4):
        magazine.image(f"issues/12-lumiere/{seed}.png", (1000, 800), seed)
    figures = "\n\n".join(f"![Un disque peint]({seed}.png)" for seed in range(4))
    magazine.article("issues/12-lumiere/la-tache.md", body=f"Des disques.\n\n{figures}\n")
    building = magazine.start()
    encoded = magazine.root / "cache" / "images"
    while not encoded.exists():  # the workers are at their first image
        assert building.poll() is None
        time.sleep(0.01)
    building.kill()
    building.communicate(timeout=60)
    assert magazine.build().exit_code == 0
