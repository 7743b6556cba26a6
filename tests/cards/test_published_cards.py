"""Cards of a site: one for each page that is shared, drawn once, telling nothing gated."""

from pathlib import Path

import pytest
from magazine_factory import MagazineFactory, Result
from PIL import Image

GATED = "Un début pour tous.\n\n<!-- more -->\n\nUne suite pour les abonnés.\n"
PATH = "articles/2026/a.md"


@pytest.fixture
def built(magazine: MagazineFactory) -> MagazineFactory:
    magazine.article(PATH, GATED, access="subscriber", title="Un titre")
    assert magazine.build().exit_code == 0
    return magazine


def card(result: Result, url: str) -> bytes:
    return (result.output / "public" / "cartes" / f"{url}.png").read_bytes()


def drawn(magazine: MagazineFactory) -> dict[str, int]:
    folder = magazine.root / "cache" / "cards"
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_articles_people_issues_and_the_site_have_cards(built: MagazineFactory) -> None:
    public = built.output / "public" / "cartes"
    names = {str(path.relative_to(public)) for path in public.rglob("*.png")}
    assert names == {
        "magazine.png",
        "articles/a.png",
        "numeros/12-lumiere.png",
        "numeros/12-lumiere/la-tache.png",
        "personnes/emilie-aubrac.png",
    }
    for path in public.rglob("*.png"):
        with Image.open(path) as image:
            assert image.size == (1200, 630)
            assert image.info == {}  # no words but those that are drawn


def test_a_card_of_a_gated_article_owes_nothing_to_its_text(built: MagazineFactory) -> None:
    before = card(built.build(), "articles/a")
    built.replace(PATH, "Une suite pour les abonnés", "Une tout autre fin")
    built.replace(PATH, "Un début pour tous", "Un autre début")
    assert card(built.build(), "articles/a") == before


def test_a_changed_title_is_drawn_and_nothing_else(built: MagazineFactory) -> None:
    before, first = drawn(built), card(built.build(), "articles/a")
    built.replace(PATH, "Un titre", "Un autre titre")
    assert card(built.build(), "articles/a") != first
    after = drawn(built)
    assert len(after.items() - before.items()) == 1


def test_a_card_is_drawn_again_for_a_cover_of_other_content(built: MagazineFactory) -> None:
    before = card(built.build(), "numeros/12-lumiere")
    built.image("issues/12-lumiere/cover.png", (400, 560), seed=9)
    assert card(built.build(), "numeros/12-lumiere") != before


def test_members_have_no_cards_of_their_own(built: MagazineFactory) -> None:
    assert not (built.output / "members" / "cartes").exists()
    assert not list(Path(built.output / "members").rglob("*.png"))


def test_a_cover_named_from_the_content_folder_is_drawn_on_the_card(
    magazine: MagazineFactory,
) -> None:
    magazine.image("images/couverture.png", (400, 560), seed=9)
    magazine.replace("issues/12-lumiere/issue.md", '"cover.png"', '"/images/couverture.png"')
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    assert (result.output / "public/cartes/numeros/12-lumiere.png").exists()
