"""What is wrong in a settings file is told in one line, with its place; nothing is built."""

import subprocess
import sys

import pytest
from building import Desk
from magazine_factory import MagazineFactory
from patience import PATIENCE_SECONDS


def told(desk: Desk, added: str) -> str:
    """What a build says of the settings with a line added: one line after the file's name."""
    desk.settings()
    file = desk.magazine.root / "pelicanconf.py"
    file.write_text(f"{file.read_text()}{added}\n")
    done = desk.build()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert not desk.magazine.output.exists()
    name, _, message = done.stderr.strip().partition(":")
    assert name == "pelicanconf.py"
    return message.strip()


@pytest.fixture(scope="module")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(MagazineFactory(tmp_path_factory.mktemp("settings")))


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("TIMEZONE = 'Europe/Pari'", "TIMEZONE: unknown time zone “Europe/Pari” (did you mean "),
        ("TIMEZONE = '/etc'", "TIMEZONE: unknown time zone “/etc”"),
        ("TIMEZONE = 3", "TIMEZONE: a text is needed, not 3"),
        ("MAGAZINE = 3", "MAGAZINE: a dictionary is needed, {…}, not 3"),
        ("URLS = ['/']", "URLS: a dictionary is needed, {…}, not ['/']"),
        ("URLS = {'issue': '/n/'}", "URLS: issue: “/n/” lacks {slug}"),
        ("URLS = {'issue': '/n/{slg}/'}", "URLS: issue: “/n/{slg}/”: what may stand in braces"),
        ("URLS = {'issue': '/n/{slug/'}", "URLS: issue: “/n/{slug/”: what may stand in braces"),
        ("URLS = {'page': '{slug}'}", "URLS: page: “{slug}” must be written like /{slug}/"),
        ("URLS = {'page': 3}", "URLS['page']: a text is needed, not 3"),
        ("MAGAZINE = {'tagline': 3}", "MAGAZINE['tagline']: a text is needed, not 3"),
        ("MAGAZINE = {'footer': 'x'}", "MAGAZINE['footer']: a list of texts is needed, not 'x'"),
        ("MAGAZINE = {'per_page': '3'}", "MAGAZINE: per_page: “3” is not allowed"),
        ("SITENAME = None", "SITENAME: a text is needed, not None"),
        ("PATH = 'nope'", "PATH: no folder there: nope"),
        ("THEME = 'nope'", "THEME: no folder there: nope"),
        ("OUTPUT_PATH = 3", "OUTPUT_PATH: a text is needed, not 3"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(added: str, message: str, new_desk: Desk) -> None:
    assert told(new_desk, added).startswith(message)


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("SITENAME = (", "this is not Python: '(' was never closed"),
        ("SITENAME = 1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_a_file_that_does_not_run_is_told_with_its_line(
    added: str, message: str, new_desk: Desk
) -> None:
    line, _, said = told(new_desk, added).partition(": ")
    assert int(line) > 1
    assert said == message


def test_a_file_that_is_no_settings_is_told_in_french_too(new_desk: Desk) -> None:
    (new_desk.magazine.root / "LISEZMOI.md").write_text("# La revue\n\nVoir « là ».\n")
    done = new_desk.build("-s", "LISEZMOI.md", LANG="fr_FR.UTF-8")
    assert done.returncode == 1
    assert done.stderr.startswith("LISEZMOI.md:3: ce n’est pas du Python : ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "message"),
    [("nope.py", "nope.py: no settings file there"), ("wrong.py", "wrong.py: MAGAZINE: a dict")],
)
def test_serve_says_the_same_as_build(settings: str, message: str, new_desk: Desk) -> None:
    (new_desk.magazine.root / "wrong.py").write_text("PATH, THEME, MAGAZINE = '.', '.', 3\n")
    done = subprocess.run(
        [sys.executable, "-m", "desk", "serve", "--settings", settings],
        cwd=new_desk.magazine.root,
        env=new_desk.variables({}),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(message)
    assert done.stderr == new_desk.build("-s", settings).stderr


def test_settings_taken_from_another_file_are_told_of_that_file(new_desk: Desk) -> None:
    root = new_desk.magazine.root
    (root / "base.py").write_text("X = (\n")
    (root / "derived.py").write_text("from base import *\n")
    done = new_desk.build("-s", "derived.py")
    assert done.stderr == "base.py:1: this is not Python: '(' was never closed\n"


def test_an_article_of_an_issue_may_have_an_address_without_it(new_desk: Desk) -> None:
    new_desk.settings(URLS={"issue_article": "/a/{slug}/"})
    done = new_desk.build()
    assert done.returncode == 0, done.stderr
    assert (new_desk.magazine.output / "public/a/la-tache/index.html").exists()
