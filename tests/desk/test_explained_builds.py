"""``desk build --explain`` says why a file was made, or that it was kept."""

from collections.abc import Iterator

import pytest
from building import PLUGINS, Desk

LA_TACHE = "issues/12-lumiere/la-tache.md"
ADDRESS = "/numeros/12-lumiere/la-tache/"
TEXT = "its text, its images, its links or its access have changed"
SHOWN = "what it shows of other texts has changed"
CHANGED = "Texts changed, added or removed that may have led to it:"


def explained(desk: Desk, asked: str, **environ: str) -> list[str]:
    """Lines after the one that says that the site is published."""
    desk.settle()
    done = desk.build("--explain", asked, **environ)
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    published = next(n for n, line in enumerate(lines) if line.startswith("Published: "))
    return lines[published + 1 :]


@pytest.fixture(autouse=True)
def _published(desk: Desk) -> Iterator[None]:
    desk.build()
    yield


def test_a_body_edit_is_the_reason_for_its_own_page_alone(desk: Desk) -> None:
    desk.magazine.replace(LA_TACHE, "minuscule", "petite")
    assert explained(desk, ADDRESS) == [
        "public/numeros/12-lumiere/la-tache/index.html: made again, because:",
        f"  - {TEXT}",
        CHANGED,
        f"  {LA_TACHE}",
    ]
    home, before = explained(desk, "/")
    assert home == "public/index.html: kept, nothing that it is made of has changed."
    assert before == "The build before had kept it, too."


def test_a_build_that_keeps_a_page_says_why_the_one_before_made_it(desk: Desk) -> None:
    desk.magazine.replace(LA_TACHE, "La tache claire", "La tache brillante")
    desk.settle()
    desk.build()
    issue = explained(desk, "http://localhost:8000/numeros/12-lumiere/")
    path = "public/numeros/12-lumiere/index.html"
    assert issue[0] == f"{path}: kept, nothing that it is made of has changed."
    assert issue[1] == "The build before had made it:"
    assert issue[2] == f"{path}: made again, because:"
    assert SHOWN in issue[3]
    assert issue[4:] == [CHANGED, f"  {LA_TACHE}"]


def test_a_setting_is_the_reason_for_every_page(desk: Desk) -> None:
    desk.settings(SITENAME="Le Bicorne")
    first, *reasons = explained(desk, "output/public/index.html")
    assert first == "public/index.html: made again, because:"
    assert reasons == [
        "  - the settings, the sections, the interface's words or the program have changed",
        "  - the ad that it carries has changed",  # the magazine's own notice, which is signed
    ]
    desk.settings()


def test_a_new_page_and_a_file_that_is_no_page_are_told_as_such(desk: Desk) -> None:
    desk.magazine.article("articles/2026/neuf.md", title="Tout neuf")
    assert explained(desk, "/articles/neuf/")[0] == (
        "public/articles/neuf/index.html: new, nothing was published at this address."
    )
    desk.magazine.article("articles/2026/encore.md", title="Encore un")
    assert explained(desk, "/sitemap.xml") == [
        "public/sitemap.xml: made again, because:",
        "  - what it is made of has changed",
        CHANGED,
        "  articles/2026/encore.md",
    ]


def test_an_address_that_is_not_published_is_told(desk: Desk) -> None:
    done = desk.build("--explain", "/articles/nulle-part/")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "/articles/nulle-part/: nothing is published at this address"
    )


def test_a_file_of_somebodys_own_plugin_is_told_as_such(desk: Desk) -> None:
    guests = desk.magazine.root / "guests"
    guests.mkdir()
    (guests / "guest.py").write_text(
        "from pathlib import Path\n"
        "from pelican import signals\n"
        "def write(press):\n"
        "    Path(press.output_path, 'public', 'note.txt').write_text('note')\n"
        "def register():\n"
        "    signals.finalized.connect(write)\n"
    )
    desk.settings(PLUGINS=[*PLUGINS, "guest"], PLUGIN_PATHS=["guests"])
    explained(desk, "/")
    assert explained(desk, "/note.txt")[0] == (
        "public/note.txt: written at every build by a plugin."
    )
