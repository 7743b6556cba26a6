"""What a resident build publishes after an edit is what a cold build of the same files does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bookings import book
from gated_magazine import gated_magazine
from magazine_factory import BODY, MagazineFactory
from published import snapshot
from resident_process import Resident

from plugins.press.ledger import read_ledger

ARTICLE = "issues/12-lumiere/la-tache.md"
SEALED = "issues/13-ombres/scellee.md"
PAINFUL = (
    "L'accident tua douze ouvriers. Les corps des victimes furent retrouvés sous les décombres ; "
    "on enterra les morts, et leurs veuves suivirent les cercueils."
)
FEW = "page(s) in"
"""What the builder says when it has not read everything again."""
UP_TO_DATE = "No problem any more; the site is up to date.\n"


@pytest.fixture(scope="module")
def resident(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resident]:
    magazine = gated_magazine(tmp_path_factory.mktemp("resident"))
    for n in range(6):
        magazine.article(f"articles/2026/article-{n}.md", themes=["hasard", "optique"])
    book(magazine, "Lunettes", themes=["optique"])
    book(magazine, "Loto", themes=["hasard"])
    resident = Resident(magazine)
    try:
        resident.wait(lambda: resident.number() == 1)
        yield resident
    finally:
        resident.stop()


def _cold(magazine: MagazineFactory, root: Path) -> dict[str, str]:
    other = MagazineFactory(root)
    for file in magazine.content.rglob("*.*"):
        other.write(str(file.relative_to(magazine.content)), file.read_bytes())
    result = other.build()
    assert result.exit_code == 0, result.stderr
    return _files(other.output)


def _files(output: Path) -> dict[str, str]:
    return {name: seen for name, seen in snapshot(output).items() if name != ".ledger"}


def _edit_body(magazine: MagazineFactory) -> None:
    magazine.replace(ARTICLE, "Prenez un disque", "Prenez donc un disque")


def _edit_gated_body(magazine: MagazineFactory) -> None:
    magazine.replace(SEALED, "Le gardien du phare rangeait", "Le vieux gardien du phare rangeait")


def _edit_title(magazine: MagazineFactory) -> None:
    magazine.replace(ARTICLE, "La tache claire", "La tache très claire")


def _edit_person(magazine: MagazineFactory) -> None:
    magazine.replace("people/emilie-aubrac.md", "Géomètre des ombres", "Géomètre des lumières")


def _edit_several(magazine: MagazineFactory) -> None:
    for n in range(6):
        magazine.article(
            f"articles/2026/article-{n}.md", body=f"{BODY}\n\n{n}", themes=["hasard", "optique"]
        )


def _link_elsewhere(magazine: MagazineFactory) -> None:
    magazine.replace(ARTICLE, "Le point demeure", "[Le point](people:emilie-aubrac) demeure")


def _tell_of_a_death(magazine: MagazineFactory) -> None:
    """No advertiser wants to stand beside it any more."""
    magazine.replace(ARTICLE, "Prenez", f"{PAINFUL}\n\nPrenez")


SMALL = [
    _edit_body,
    _tell_of_a_death,
    _edit_gated_body,
    _edit_title,
    _edit_person,
    _edit_several,
    _link_elsewhere,
]


def _add(magazine: MagazineFactory) -> None:
    magazine.article("articles/2026/nouveau.md", title="Un nouveau", body=BODY)


def _edit_date(magazine: MagazineFactory) -> None:
    magazine.replace("articles/2026/article-3.md", "2026-11-01", "2026-10-02")


def _rename(magazine: MagazineFactory) -> None:
    folder = magazine.content / "articles/2026"
    (folder / "article-1.md").rename(folder / "article-neuf.md")


def _edit_taxonomy(magazine: MagazineFactory) -> None:
    magazine.replace("taxonomy.yaml", "Hasard et chaos", "Le hasard")


def _replace_image(magazine: MagazineFactory) -> None:
    magazine.image("issues/12-lumiere/cover.png", (400, 560), seed=9)


def _name_the_same_thing(magazine: MagazineFactory) -> None:
    """Two titles that have rare words in common: one page now leads on to the other."""
    for n in (0, 5):
        fields = {"title": "Périscope et alidade", "themes": ["hasard", "optique"]}
        magazine.article(f"articles/2026/article-{n}.md", **fields)


GREAT = [_add, _edit_date, _rename, _edit_taxonomy, _replace_image, _name_the_same_thing]


@pytest.mark.parametrize("edit", [*SMALL, *GREAT])
def test_an_edit_gives_what_a_cold_build_gives(
    resident: Resident, edit: Callable[[MagazineFactory], None], tmp_path: Path
) -> None:
    before, said = resident.number(), len(resident.says())
    edit(resident.magazine)
    resident.wait(lambda: resident.number() > before)
    expected = _cold(resident.magazine, tmp_path)
    resident.wait(lambda: _files(resident.magazine.output) == expected)
    assert (FEW in resident.says()[said:]) == (edit in SMALL)


def test_a_text_that_turns_painful_loses_its_ads_at_once(resident: Resident) -> None:
    page = resident.magazine.output / "public/articles/article-2/index.html"
    target, before = "articles/2026/article-2.md", resident.number()
    assert "data-creative" in page.read_text("utf-8")
    resident.magazine.replace(target, "Prenez", f"{PAINFUL}\n\nPrenez")
    resident.wait(lambda: resident.number() > before)
    assert "douze ouvriers" in page.read_text("utf-8")
    assert "data-creative" not in page.read_text("utf-8")


def test_the_tree_aside_becomes_the_same(resident: Resident) -> None:
    output = resident.magazine.output
    aside = output.with_name(".output.next")
    resident.wait(lambda: snapshot(aside).keys() == snapshot(output).keys())
    resident.wait(lambda: _files(aside) == _files(output))
    assert read_ledger(aside) == read_ledger(output)


def test_a_mistake_leaves_the_site_and_its_repair_is_published(resident: Resident) -> None:
    magazine, before = resident.magazine, resident.number()
    magazine.replace(ARTICLE, "title:", "titel:")
    resident.wait(resident.error)
    assert f"{ARTICLE}:2: titel: " in resident.error()
    assert f"{ARTICLE}:2: titel: " in resident.says()
    assert resident.number() == before
    said = len(resident.says())
    magazine.replace(ARTICLE, "titel:", "title:")
    resident.wait(lambda: not resident.error())
    resident.wait(lambda: UP_TO_DATE in resident.says()[said:])
    assert resident.says().endswith(UP_TO_DATE)


def test_several_mistakes_of_one_text_are_told_at_once(resident: Resident) -> None:
    magazine, before = resident.magazine, (resident.magazine.content / ARTICLE).read_bytes()
    text = before.decode().replace("title:", "titel:", 1).replace("emilie-aubrac", "nobody", 1)
    magazine.write(ARTICLE, text.replace("personne ne", "[personne](people:nul) ne"))
    resident.wait(resident.error)
    assert "titel: unknown field" in resident.error()
    assert "authors: “nobody” does not exist" in resident.error()
    assert "people:nul" in resident.error()
    magazine.write(ARTICLE, before)
    resident.wait(lambda: not resident.error())


def test_a_broken_reference_leaves_the_site_and_its_repair_is_published(resident: Resident) -> None:
    magazine, before = resident.magazine, resident.number()
    magazine.replace(ARTICLE, '"emilie-aubrac"', '"emilie-aubrak"')
    resident.wait(resident.error)
    assert "authors: " in resident.error()
    assert resident.number() == before
    magazine.replace(ARTICLE, '"emilie-aubrak"', '"emilie-aubrac"')
    resident.wait(lambda: resident.number() > before)
    assert not resident.error()


def test_a_link_to_a_passage_that_comes_later_is_published_with_it(resident: Resident) -> None:
    magazine, before = resident.magazine, resident.number()
    target = "articles/2026/article-2.md"
    magazine.replace(ARTICLE, "personne ne", "[personne](article:article-2#une-suite) ne")
    resident.wait(resident.error)
    assert "une-suite" in resident.error()
    magazine.replace(target, BODY, f"{BODY}\n## Une suite\n\nVoilà.\n")
    resident.wait(lambda: resident.number() > before)
    assert not resident.error()


def test_a_passage_and_a_link_to_it_may_be_saved_together(resident: Resident) -> None:
    magazine, before = resident.magazine, resident.number()
    title = "articles/2026/article-3.md"
    more = "\n## Une fin\n\nVoir [ici](article:article-3#une-fin).\n"
    magazine.replace(title, BODY, f"{BODY}{more}")
    resident.wait(lambda: resident.number() > before)
    assert not resident.error()


def test_another_build_says_that_one_is_running(resident: Resident) -> None:
    result = resident.magazine.build()
    assert result.exit_code == 1
    assert "another build is running" in result.stderr


def test_the_next_build_has_nothing_left_to_do(resident: Resident, tmp_path: Path) -> None:
    """Last: it ends the resident build."""
    output, expected = resident.magazine.output, _cold(resident.magazine, tmp_path)
    resident.wait(lambda: _files(output) == expected)
    assert resident.stop() == 0
    before = _files(output)
    assert resident.magazine.build().exit_code == 0
    assert _files(output) == before
