"""A build of what is published already ends at once; one of anything else does not."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from building import UNCHANGED, Desk
from magazine_factory import NOW, REPOSITORY, MagazineFactory
from patience import PATIENCE_SECONDS
from published import snapshot

from plugins.magazine.listing import RACY_NS, list_files, settled
from plugins.press import inputs, state

LA_TACHE = "issues/12-lumiere/la-tache.md"


def test_a_second_build_finds_nothing_to_do_and_touches_nothing(desk: Desk) -> None:
    desk.build()
    before = _signatures(desk.magazine.root)
    assert desk.is_quick()
    assert _signatures(desk.magazine.root) == before


def test_a_build_with_nothing_to_do_does_without_pelican(desk: Desk) -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "desk", "build"],
        cwd=desk.magazine.root,
        env=desk.variables({}),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
    ).stderr
    assert UNCHANGED in told
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines()}
    assert imported & {"msgspec", "argparse"} == {"msgspec", "argparse"}
    assert imported & {"pelican", "jinja2", "PIL", "pydantic", "lxml", "rich", "pagefind"} == set()


def _edit(desk: Desk) -> None:
    desk.magazine.replace(LA_TACHE, "minuscule", "très petite")


def _edit_keeping_times(desk: Desk) -> None:
    path = desk.magazine.content / LA_TACHE
    before = path.stat()
    desk.magazine.replace(LA_TACHE, "Prenez", "Placez")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _add_image(desk: Desk) -> None:
    desk.magazine.image("issues/12-lumiere/autre.png", seed=3)


def _change_image(desk: Desk) -> None:
    desk.magazine.image("issues/12-lumiere/cover.png", (400, 560), seed=9)


def _add_article(desk: Desk) -> None:
    desk.magazine.article("articles/2026/autre.md", title="Un autre")


def _move_article(desk: Desk) -> None:
    (desk.magazine.content / "articles").mkdir(exist_ok=True)
    desk.magazine.replace("issues/12-lumiere/issue.md", '["la-tache"]', "[]")
    (desk.magazine.content / LA_TACHE).rename(desk.magazine.content / "articles/la-tache.md")
    desk.magazine.article(LA_TACHE, slug="la-tache-encore")


def _change_setting(desk: Desk) -> None:
    desk.settings(SITENAME="Le Bicorne")


def _lose_key_of_ads(desk: Desk) -> None:
    (desk.magazine.root / "var/ads.key").unlink()


def _remove_output(desk: Desk) -> None:
    shutil.rmtree(desk.magazine.output)


def _put_other_output(desk: Desk) -> None:
    other = desk.magazine.output.with_name("other")
    shutil.copytree(desk.magazine.output, other)
    shutil.rmtree(desk.magazine.output)
    other.rename(desk.magazine.output)


def _damage_state(desk: Desk) -> None:
    state = desk.magazine.root / "cache/published.json"
    state.write_bytes(state.read_bytes()[:-7])


def _replace_state(desk: Desk) -> None:
    (desk.magazine.root / "cache/published.json").write_text('{"inputs": 3}')


def _publish_by_pelican(desk: Desk) -> None:
    subprocess.run(
        [sys.executable, "-m", "pelican", "-s", "pelicanconf.py"],
        cwd=desk.magazine.root,
        env=desk.variables({}),
        capture_output=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )


@pytest.mark.parametrize(
    "change",
    [
        _edit,
        _edit_keeping_times,
        _add_image,
        _change_image,
        _add_article,
        _move_article,
        _change_setting,
        _lose_key_of_ads,
        _remove_output,
        _put_other_output,
        _damage_state,
        _replace_state,
        _publish_by_pelican,
    ],
)
def test_any_change_is_built_and_then_there_is_nothing_to_do(
    change: Callable[[Desk], None], desk: Desk
) -> None:
    change(desk)
    desk.settle()
    assert not desk.is_quick()
    assert (desk.magazine.output / "public/index.html").exists()
    assert desk.is_quick()


def test_a_change_of_the_theme_is_built(desk: Desk) -> None:
    theme = desk.magazine.root / "theme"
    shutil.copytree(REPOSITORY / "theme", theme)
    desk.settings(THEME="theme")
    desk.settle()
    assert not desk.is_quick()
    assert desk.is_quick()
    with (theme / "templates/base.html").open("a") as base:
        base.write("<!-- changed -->")
    desk.settle()
    assert not desk.is_quick()
    assert "<!-- changed -->" in (desk.magazine.output / "public/index.html").read_text("utf-8")


def test_a_change_of_somebodys_own_plugin_is_built(desk: Desk) -> None:
    guest = desk.magazine.root / "guests" / "guest.py"
    guest.parent.mkdir()
    guest.write_text("def register():\n    pass\n")
    plugins = ["plugins.magazine", "plugins.images", "plugins.ads", "plugins.access", "guest"]
    desk.settings(PLUGINS=plugins, PLUGIN_PATHS=["guests"])
    desk.settle()
    assert not desk.is_quick()
    assert desk.is_quick()
    guest.write_text("def register():\n    return\n")
    desk.settle()
    assert not desk.is_quick()


def test_another_moment_is_another_build(desk: Desk) -> None:
    assert not desk.is_quick(SOURCE_DATE_EPOCH=str(NOW + 1))
    assert desk.is_quick(SOURCE_DATE_EPOCH=str(NOW + 1))
    assert not desk.is_quick(SOURCE_DATE_EPOCH="")
    assert desk.is_quick(SOURCE_DATE_EPOCH="")


def test_other_settings_are_another_build(desk: Desk) -> None:
    desk.build()
    own = desk.magazine.root / "pelicanconf.py"
    own.with_name("publishconf.py").write_bytes(own.read_bytes())
    desk.settle()
    assert not desk.is_quick("--settings", "publishconf.py")
    assert desk.is_quick("--settings", "publishconf.py")
    assert not desk.is_quick()


def test_a_refused_build_is_refused_again(desk: Desk) -> None:
    desk.magazine.article("articles/2026/faux.md", section="scienses")
    desk.settle()
    for _ in range(2):
        done = desk.build()
        assert done.returncode == 1
        assert "unknown section" in done.stderr
        assert "nothing is published" in done.stderr
    (desk.magazine.content / "articles/2026/faux.md").unlink()


def test_a_folder_that_is_no_publication_is_refused_and_left_alone(desk: Desk) -> None:
    shutil.rmtree(desk.magazine.output)
    desk.magazine.output.mkdir()
    (desk.magazine.output / "thesis.txt").write_text("mine")
    done = desk.build("--all")
    assert done.returncode == 1
    assert "not a publication's folder" in done.stderr
    assert [path.name for path in desk.magazine.output.iterdir()] == ["thesis.txt"]
    shutil.rmtree(desk.magazine.output)


def test_all_builds_everything_again_and_publishes_the_same(desk: Desk) -> None:
    desk.build()
    before, page = snapshot(desk.magazine.output), desk.magazine.output / "public/index.html"
    made_at = page.stat().st_mtime_ns
    assert not desk.is_quick("--all")
    assert snapshot(desk.magazine.output) == before
    assert page.stat().st_mtime_ns > made_at


def test_settings_that_are_not_there_are_told_in_one_line(magazine: MagazineFactory) -> None:
    done = Desk(magazine).build("--settings", "publishconf.py")
    assert done.returncode == 1
    assert done.stderr == "publishconf.py: no settings file there\n"


def test_what_was_published_is_built_again_when_its_moment_comes(
    magazine: MagazineFactory,
) -> None:
    desk = Desk(magazine, environ={})
    paris = ZoneInfo("Europe/Paris")
    day = datetime.now(paris).date() + timedelta(days=2)
    opens = datetime.combine(day, time.min, paris)
    magazine.article("articles/2026/ferme.md", access="subscriber", opens=day.isoformat())
    settings = desk.settings(MAGAZINE={})
    desk.settle()
    assert not desk.is_quick()
    assert UNCHANGED in desk.build().stderr
    seen = inputs.look(settings)
    assert seen
    holds = [state.is_current(seen, {}, opens.timestamp() + after) for after in (-1, 0, 1)]
    assert holds == [True, False, False]
    assert not state.is_current(seen, {}, seen.seen_at - 86_400)


def test_a_file_that_has_just_changed_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    (signature,) = list_files(tmp_path).values()
    changed_ns = _changed(tmp_path / "a.md")
    assert settled(signature, changed_ns + RACY_NS) == b""
    assert settled(signature, changed_ns + RACY_NS + 1) == signature


def _changed(file: Path) -> int:
    seen = file.stat()
    return max(seen.st_mtime_ns, seen.st_ctime_ns)


def _signatures(root: Path) -> dict[str, bytes]:
    return {
        f"{folder}/{name}": seen
        for folder in ("content", "output", ".output.next", "cache")
        for name, seen in list_files(root / folder, every=True).items()
    }
