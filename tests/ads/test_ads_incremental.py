"""After an edit only what must be made again is: pages keep their ads, and files their places."""

from collections.abc import Callable
from pathlib import Path

import pytest
from approving import approve
from bookings import book
from magazine_factory import BODY, MagazineFactory
from published import read_page


@pytest.fixture
def built(magazine: MagazineFactory) -> MagazineFactory:
    book(magazine, "Longues-vues", themes=["optique"])
    book(magazine, "Loto", themes=["hasard"])
    magazine.article("articles/2026/loin.md", title="Le hasard au loin", themes=["hasard"])
    magazine.article("articles/2026/pres.md", title="Un autre jour", themes=["hasard"])
    assert magazine.build().exit_code == 0
    return magazine


def remade(magazine: MagazineFactory, edit: Callable[[], object]) -> set[str]:
    """The files below the output that an edit has made again, or anew."""
    before = identities(magazine.output)
    edit()
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    after = identities(magazine.output)
    return {path for path in after if after[path] != before.get(path)} - {".ledger"}


def identities(output: Path) -> dict[str, int]:
    """What is taken over is linked: the same file under the same name."""
    files = (file for file in output.rglob("*") if file.is_file())
    return {file.relative_to(output).as_posix(): file.stat().st_ino for file in files}


def flight(magazine: MagazineFactory, url: str) -> str:
    page = read_page(
        (magazine.output / "public" / url.strip("/") / "index.html").read_text("utf-8")
    )
    return str(page.find_class("ad-shown")[0].get("data-flight", ""))


def test_an_edited_article_leaves_other_pages_and_all_creatives_alone(
    built: MagazineFactory,
) -> None:
    made = remade(
        built,
        lambda: built.article(
            "articles/2026/loin.md",
            BODY + "\nUne phrase.\n",
            title="Le hasard au loin",
            themes=["hasard"],
        ),
    )
    pages = {path for path in made if path.endswith(".html")}
    assert pages == {"public/articles/loin/index.html"}
    assert not any(path.startswith("public/images/") for path in made)
    assert "ads.json" not in made  # it says nothing of texts


def test_a_booking_that_is_suspended_leaves_pages_without_it_alone(built: MagazineFactory) -> None:
    assert flight(built, "/articles/loin/") == "loto"
    made = remade(built, lambda: built.replace("ads/loto/booking.md", "approved", "suspended"))
    pages = {path for path in made if path.endswith(".html")}
    assert {"public/articles/loin/index.html", "public/articles/pres/index.html"} <= pages
    assert "public/numeros/12-lumiere/la-tache/index.html" not in pages
    assert "ads.json" in made
    assert flight(built, "/articles/loin/") == ""
    assert not any((built.output / "public" / "images").rglob("loto-*"))


def test_another_picture_is_another_address_on_the_pages_that_show_it(
    built: MagazineFactory,
) -> None:
    def redraw() -> None:
        built.image("ads/loto/loto-300x250.png", (300, 250), seed=77)
        approve(built, "ads/loto/booking.md")

    made = remade(built, redraw)
    assert len([path for path in made if path.startswith("public/images/")]) == 1
    assert "public/articles/loin/index.html" in made
    assert "public/numeros/12-lumiere/la-tache/index.html" not in made


def test_another_key_marks_every_page_anew(built: MagazineFactory) -> None:
    key = built.root / "var" / "ads.key"
    made = remade(built, lambda: key.write_text("6b" * 32 + "\n", "ascii"))
    assert {"public/index.html", "public/articles/loin/index.html"} <= made


def test_a_key_that_was_lost_is_made_again_and_pages_with_it(built: MagazineFactory) -> None:
    (built.root / "var" / "ads.key").unlink()
    settings = {"ADS": {"key": "var/other.key"}}
    assert built.build(settings=settings).exit_code == 0
    first = (built.output / "public/index.html").read_bytes()
    (built.root / "var" / "other.key").unlink()
    assert built.build(settings=settings).exit_code == 0
    assert (built.output / "public/index.html").read_bytes() != first
