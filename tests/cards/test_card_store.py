"""Drawn cards are kept by content: found again, and let go when no page wants them."""

import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, UnidentifiedImageError

from plugins.cards.card import Card, Cover
from plugins.cards.store import card_key, drawn
from plugins.press.kept import MONTH_SECONDS, KeptFiles


def card(title: str = "Un titre", **changes: object) -> Card:
    said = {"label": "Sciences", "subtitle": "", "wear": "rouge", "site_name": "La Gazette"}
    return Card("article", title=title, **(said | changes))


def held(cache: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in cache.iterdir()}


def test_missing_cards_are_drawn_and_held_ones_left_alone(tmp_path: Path) -> None:
    cards, kept = [card(f"Titre {n}") for n in range(3)], KeptFiles(tmp_path)
    pictures = [drawn(c, kept) for c in cards]
    before = held(tmp_path)
    assert before.keys() == {f"{card_key(c)}.png" for c in cards}
    assert [drawn(c, kept) for c in cards] == pictures
    assert held(tmp_path) == before


def test_equal_cards_are_drawn_once(tmp_path: Path) -> None:
    assert drawn(card(), KeptFiles(tmp_path)) == drawn(card(), KeptFiles(tmp_path))
    assert len(held(tmp_path)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "B"},
        {"label": "B"},
        {"subtitle": "B"},
        {"wear": None},
        {"site_name": "B"},
        {"initials": "B"},
        {"cover": Cover(Path("a.png"), "1")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_key_changes_with_what_the_card_shows(change: dict[str, object]) -> None:
    assert card_key(card(**change)) != card_key(card())


def test_a_moved_cover_keeps_its_key_and_is_not_read_for_it() -> None:
    here, there, other = (Cover(Path(p), d) for p, d in (("a", "1"), ("b", "1"), ("a", "2")))
    assert card_key(card(cover=here)) == card_key(card(cover=there))
    assert card_key(card(cover=here)) != card_key(card(cover=other))


@pytest.mark.parametrize("damage", [b"", b"\x89PNG\r\n\x1a\n something else"])
def test_a_damaged_card_is_drawn_again(tmp_path: Path, damage: bytes) -> None:
    kept = KeptFiles(tmp_path)
    whole = drawn(card(), kept)
    (tmp_path / f"{card_key(card())}.png").write_bytes(damage)
    assert drawn(card(), kept) == whole
    with Image.open(BytesIO(whole)) as image:
        assert image.format == "PNG"


def test_a_cover_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "cover.png"
    broken.write_bytes(b"no image")
    with pytest.raises(UnidentifiedImageError):
        drawn(card(cover=Cover(broken, "1")), KeptFiles(tmp_path))
    assert list(tmp_path.iterdir()) == [broken]


def test_cards_that_no_build_asks_for_go_with_what_killed_builds_left(tmp_path: Path) -> None:
    kept = KeptFiles(tmp_path)
    for title in ("Demandé", "Oublié", "Demandé encore"):
        drawn(card(title), kept)
    long_ago = time.time() - MONTH_SECONDS - 60
    for file in tmp_path.iterdir():
        os.utime(file, (long_ago, long_ago))
    drawn(card("Demandé"), kept)
    drawn(card("Demandé encore"), kept)
    (tmp_path / ".a.1.part").touch()
    kept.forget_unused()
    wanted = (card("Demandé"), card("Demandé encore"))
    assert held(tmp_path).keys() == {f"{card_key(c)}.png" for c in wanted}
