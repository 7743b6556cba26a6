"""``desk build --explain`` says why a file was made, or that it was kept."""

from collections.abc import Iterator

import pytest
from building import PLUGINS, UNCHANGED, Desk

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
    told = ("Published: ", UNCHANGED)
    published = next(n for n, line in enumerate(lines) if line.startswith(told))
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


def test_a_build_that_changes_nothing_does_not_say_that_it_published(desk: Desk) -> None:
    desk.settle()
    desk.build()
    desk.settle()
    desk.build()
    first, *explained = desk.build("--explain", ADDRESS).stderr.splitlines()
    assert first == f"{UNCHANGED} (output)."
    assert explained[0] == (
        "public/numeros/12-lumiere/la-tache/index.html: kept, "
        "nothing that it is made of has changed."
    )


@pytest.mark.parametrize(
    "asked", [f"{ADDRESS}#ce-que-l-on-voit", f"https://example.org{ADDRESS}?a=b#c"]
)
def test_a_fragment_and_a_query_are_no_part_of_an_address(asked: str, desk: Desk) -> None:
    assert explained(desk, asked)[0].startswith("public/numeros/12-lumiere/la-tache/index.html: ")


@pytest.mark.parametrize("folder", ["content/", "", "{root}/content/"])
def test_a_text_is_explained_by_its_pages(folder: str, desk: Desk) -> None:
    asked = folder.format(root=desk.magazine.root) + LA_TACHE
    told = explained(desk, asked)
    assert told[0].startswith("public/numeros/12-lumiere/la-tache/index.html: ")
    assert not any(line.startswith("public/index.html") for line in told)


def test_every_page_made_of_a_text_is_explained(desk: Desk) -> None:
    gated = "articles/2026/ferme.md"
    body = f"{'Un début que tout le monde lit. ' * 40}\n\n<!-- more -->\n\nUne fin réservée.\n"
    desk.magazine.article(gated, body=body, access="subscriber")
    fields = {"kind": "honour", "person": "emilie-aubrac", "position": "Membre", "date": "1889"}
    others = {"organisation": "Académie", "sources": [{"title": "Comptes rendus"}]}
    desk.magazine.entry("nominations/x.md", fields | others)
    pages = [line.partition(": ")[0] for line in explained(desk, f"content/{gated}")]
    assert {"public/articles/ferme/index.html", "members/articles/ferme/index.html"} <= set(pages)
    pages = [line.partition(": ")[0] for line in explained(desk, "content/nominations/x.md")]
    assert {"public/carnet/1889/index.html", "public/personnes/emilie-aubrac/index.html"} <= set(
        pages
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
