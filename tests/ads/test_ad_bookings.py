"""A booking appears once it is approved, and no longer once it has been changed."""

from pathlib import Path

import pytest
from approving import approve
from bookings import book
from magazine_factory import MagazineFactory, Result

ARTICLE = "/numeros/12-lumiere/la-tache/"


def shows(result: Result, advertiser: str) -> bool:
    assert result.exit_code == 0, result.stderr
    return advertiser in result.public(ARTICLE)


def test_a_booking_that_nobody_approved_is_told_and_not_shown(magazine: MagazineFactory) -> None:
    path = book(magazine, "Lunettes", approval=None)
    magazine.replace(path, "approval: null\n", "")
    result = magazine.build()
    assert not shows(result, "Lunettes")
    told = "nobody has approved it, it is not shown (desk ads approve lunettes)"
    assert result.lines[-1] == f"content/{path}: {told}"


@pytest.mark.parametrize(
    ("old", "new"),
    [("example.org", "example.com"), ("en 300x250", "à moitié prix"), ("Une note", "Des jeux")],
)
def test_a_booking_that_was_changed_after_its_approval_is_told_and_not_shown(
    magazine: MagazineFactory, old: str, new: str
) -> None:
    path = book(magazine, "Lunettes")
    assert shows(magazine.build(), "Lunettes")
    magazine.replace(path, old, new)
    result = magazine.build()
    assert not shows(result, "Lunettes")
    assert result.lines[-1].startswith(f"content/{path}: changed since its approval")
    approve(magazine, path)
    result = magazine.build()
    assert shows(result, "Lunettes")
    assert "approval" not in result.stderr


def test_another_image_puts_a_booking_back_to_proposed(magazine: MagazineFactory) -> None:
    book(magazine, "Lunettes")
    magazine.image("ads/lunettes/lunettes-300x250.png", (300, 250), seed=99)
    result = magazine.build()
    assert not shows(result, "Lunettes")
    assert "changed since its approval" in result.lines[-1]


def test_of_a_booking_that_has_ended_nothing_is_told(magazine: MagazineFactory) -> None:
    path = book(magazine, "Lunettes", end="2026-11-20")
    magazine.replace(path, "Automne", "Hiver")
    assert "approval" not in magazine.build().stderr


def test_the_editor_is_told_in_french_too(tmp_path: Path) -> None:
    magazine = MagazineFactory(tmp_path)
    magazine.replace(book(magazine, "Lunettes"), "Automne", "Hiver")
    result = magazine.build(LANG="fr_FR.UTF-8")
    assert "de nouveau proposée et ne paraît pas" in result.lines[-1]
