"""What a build says of its steps: bars at a terminal, few words elsewhere, a table at its end."""

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from magazine_factory import REPOSITORY, MagazineFactory
from patience import patience

from bench.table import steps_of
from plugins.press.steps import Step, Steps, table

SETTINGS = """\
import runpy

shared = runpy.run_path({shared!r})
globals().update({{name: value for name, value in shared.items() if name.isupper()}})
PATH, OUTPUT_PATH, CACHE_PATH = "content", "output", "cache"
"""


@pytest.mark.parametrize("lang", ["fr_FR.UTF-8", "C.UTF-8"])
def test_the_table_of_steps_is_the_one_that_benchmarks_read(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    steps = [
        Step("pages", kept=18_400, done=1_600, seconds=1234.56),
        Step("index de recherche", seconds=0.04),
        Step("flux et autres fichiers", done=1, seconds=12.0),
    ]
    assert steps_of(table(steps)) == {
        "pages": 1234.6,
        "index de recherche": 0.0,
        "flux et autres fichiers": 12.0,
    }


def test_a_step_counts_what_is_done_while_it_lasts() -> None:
    steps = Steps()
    steps.tell(1)
    with steps.step("lecture"):
        steps.expect(3, kept=40)
        steps.tell(2)
    with pytest.raises(ValueError, match="why"), steps.step("pages"):
        steps.tell(5)
        raise ValueError("why")
    assert [(s.name, s.done, s.total, s.kept) for s in steps.steps] == [
        ("lecture", 2, 3, 40),
        ("pages", 5, 0, 0),
    ]
    assert all(step.seconds > 0 for step in steps.steps)


def test_a_terminal_shows_bars_with_counts_and_then_the_table(magazine: MagazineFactory) -> None:
    for n in range(70):
        magazine.article(f"articles/2026/article-{n}.md", title=f"Article {n}")
    shown = _at_a_terminal(magazine)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert re.search(r"pages ━+ *\d+/\d+ +left +\S+", plain)
    assert "leak audit…" in plain
    after = plain.rpartition("left")[2]
    table_shown = after[after.index("  step ") :]
    assert steps_of(table_shown).keys() >= {"reading", "images", "cards", "pages", "search index"}
    assert re.search(r"Files: \d+ made, 0 kept, 0 gone\.", table_shown)
    assert "Published: " in table_shown
    assert shown.count("\x1b[?25h") >= shown.count("\x1b[?25l") > 0  # the cursor is there again


def test_a_small_build_away_from_a_terminal_draws_nothing(magazine: MagazineFactory) -> None:
    told = magazine.build().stderr
    assert "\x1b" not in told
    assert "━" not in told
    assert told.splitlines()[-1].startswith("Published: ")


def _at_a_terminal(magazine: MagazineFactory) -> str:
    """All that a build shows at a terminal of its own."""
    settings = SETTINGS.format(shared=str(REPOSITORY / "pelicanconf.py"))
    (magazine.root / "pelicanconf.py").write_text(settings)
    ours, its = pty.openpty()
    environ = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-m", "desk", "build"]
    with subprocess.Popen(command, cwd=magazine.root, env=environ, stderr=its) as building:
        os.close(its)
        shown = b""
        with patience(building), suppress(OSError):  # how Linux tells that nobody writes any more
            while chunk := os.read(ours, 4096):
                shown += chunk
    os.close(ours)
    assert building.returncode == 0, shown.decode()
    return shown.decode()
