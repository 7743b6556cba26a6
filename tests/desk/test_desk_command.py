"""What the desk draws is what is committed, and its mistakes are told in one line."""

import os
import subprocess
import sys

import pytest
from building import Desk
from magazine_factory import ISSUE, REPOSITORY, MagazineFactory
from patience import PATIENCE_SECONDS
from PIL import Image

from desk.__main__ import main
from desk.cover import CoverText, draw_cover
from desk.designs import DESIGNS
from desk.figures import FIGURES

COVER = ["cover", "-s", str(REPOSITORY / "pelicanconf.py")]
ISSUES = REPOSITORY / "content" / "issues"


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_a_cover_is_drawn_where_the_issue_says(
    design: str, magazine: MagazineFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    cover = magazine.content / "issues/12-lumiere/cover.png"
    before = cover.read_bytes()
    assert main([*COVER, str(cover.parent), "--design", design, "--force"]) == 0
    assert capsys.readouterr().out.strip() == str(cover)
    drawn = cover.read_bytes()
    assert drawn != before
    main([*COVER, str(cover.parent), "--design", design, "--force"])
    assert cover.read_bytes() == drawn


def test_a_cover_that_is_there_is_not_replaced_unasked(magazine: MagazineFactory) -> None:
    cover = magazine.content / "issues/12-lumiere/cover.png"
    before = cover.read_bytes()
    told = _desk("cover", str(cover.parent), "--design", "shadow")
    assert told == f"desk: {cover} is there already; --force replaces it\n"
    assert cover.read_bytes() == before


@pytest.mark.parametrize("name", ["neuve.jpg", "neuve.webp", "neuve.png"])
def test_a_cover_is_in_the_format_of_its_name(name: str, magazine: MagazineFactory) -> None:
    issue = ISSUE | {"cover": {"file": name, "alt": "Une couverture"}}
    magazine.entry("issues/12-lumiere/issue.md", issue)
    folder = magazine.content / "issues/12-lumiere"
    assert main([*COVER, str(folder), "--design", "shadow"]) == 0
    with Image.open(folder / name) as image:
        assert image.format == {"jpg": "JPEG", "webp": "WEBP", "png": "PNG"}[name[6:]]
        assert image.size == (1200, 1600)


def test_a_cover_bears_the_name_and_speaks_the_language_of_the_settings(
    magazine: MagazineFactory,
) -> None:
    folder = magazine.content / "issues/12-lumiere"
    settings = Desk(magazine).settings(SITENAME="Le Phare", MAGAZINE={"interface_lang": "en"})
    drawn = draw_cover("shadow", CoverText("Le Phare", 12, "La lumière", "November 2026"))
    asked = ["cover", str(folder), "--design", "shadow", "--force", "-s", str(settings)]
    assert main(asked) == 0
    with Image.open(folder / "cover.png") as image:
        assert image.convert("RGB").tobytes() == drawn.convert("RGB").tobytes()


def test_what_a_cover_lacks_is_told_with_its_line(magazine: MagazineFactory) -> None:
    file = "issues/12-lumiere/issue.md"
    magazine.entry(file, {k: v for k, v in ISSUE.items() if k != "cover"} | {"date": "bientot"})
    told = _desk("cover", str(magazine.content / "issues/12-lumiere"), "--design", "shadow")
    assert told.splitlines() == [
        f"{magazine.content / file}:1: cover: required field is missing",
        f"{magazine.content / file}:4: date: “bientot” is not a date (YYYY-MM-DD)",
    ]


@pytest.mark.parametrize(
    ("named", "why"),
    [("cover.xyz", "a cover is an image"), ("../../../../x.png", "leaves the magazine's folder")],
)
def test_a_file_that_is_no_cover_is_not_written(
    named: str, why: str, magazine: MagazineFactory
) -> None:
    issue = ISSUE | {"cover": {"file": named, "alt": "Une couverture"}}
    magazine.entry("issues/12-lumiere/issue.md", issue)
    folder = magazine.content / "issues/12-lumiere"
    assert why in _desk("cover", str(folder), "--design", "shadow")
    assert not (folder / named).exists()


@pytest.mark.parametrize("command", [["cover", "nope", "--design", "shadow"], ["icons", "nope"]])
def test_a_folder_that_is_not_there_is_told_in_one_line(command: list[str]) -> None:
    told = _desk(*command)
    assert told.startswith("desk: nope")
    assert told.count("\n") == 1
    assert "Errno" not in told


@pytest.mark.parametrize("command", ["build", "cover", "figures", "icons", "serve"])
def test_help_is_in_one_language(command: str) -> None:
    french = _desk(command, "-h", LANG="fr_FR.UTF-8")
    english = _desk(command, "-h")
    assert french.startswith(f"utilisation : desk {command} ")
    assert english.startswith(f"usage: desk {command} ")
    for word in ("usage", "show this help", "FILE", "arguments:", "options:"):
        assert word not in french
    for word in ("utilisation", "afficher", "FICHIER", "dossier", " :", "é"):
        assert word not in english


@pytest.mark.parametrize(
    ("lang", "told"),
    [("fr_FR.UTF-8", "desk cover : il manque dossier"), ("C.UTF-8", "arguments are required")],
)
def test_what_is_typed_wrong_is_told_in_the_terminals_language(lang: str, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desk", "cover"], cwd=REPOSITORY, capture_output=True,
        env={"PATH": os.environ["PATH"], "LANG": lang}, encoding="utf-8", timeout=PATIENCE_SECONDS,
    )  # fmt: skip
    assert done.returncode == 2
    assert told in done.stderr


def test_without_a_command_all_are_listed() -> None:
    english, french = _desk("-h"), _desk("-h", LANG="fr_FR.UTF-8")
    assert "check the magazine and publish it" in english
    assert "arguments:" in english
    assert "vérifier le magazine et le publier" in french
    assert "command" not in french.replace("commande", "")
    alone = subprocess.run(
        [sys.executable, "-m", "desk"], cwd=REPOSITORY, capture_output=True, encoding="utf-8",
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, timeout=PATIENCE_SECONDS,
    )  # fmt: skip
    assert (alone.returncode, alone.stdout) == (0, english)


@pytest.mark.parametrize("command", ["build", "cover", "serve"])
def test_settings_have_one_option_everywhere(command: str) -> None:
    assert "-s FILE, --settings FILE" in _desk(command, "-h")


def _desk(*words: str, **environ: str) -> str:
    """Run the command in the repository; what it tells or prints."""
    done = subprocess.run(
        [sys.executable, "-m", "desk", *words],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | environ,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == (0 if "-h" in words else 1)
    return done.stdout + done.stderr


def test_every_figure_of_the_demo_is_drawn_by_code() -> None:
    committed = {
        path.relative_to(ISSUES.parent).as_posix()
        for path in ISSUES.glob("*/*.png")
        if path.name != "cover.png"
    }
    assert committed == set(FIGURES)
