"""Drawn cards are kept by content: found again, placed, and let go when no page wants them."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image, UnidentifiedImageError

from plugins.cards.card import Card, Cover
from plugins.cards.store import card_key, drawn
from plugins.press.kept import forget_unused, place

SHARED_MEMORY = Path("/dev/shm")


def card(title: str = "Un titre", **changes: object) -> Card:
    said = {"label": "Sciences", "subtitle": "", "wear": "rouge", "site_name": "La Gazette"}
    return Card("article", title=title, **(said | changes))


def held(cache: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in cache.iterdir()}


def test_missing_cards_are_drawn_and_held_ones_left_alone(tmp_path: Path) -> None:
    cards = [card(f"Titre {n}") for n in range(3)]
    files = [drawn(c, tmp_path) for c in cards]
    before = held(tmp_path)
    assert before.keys() == {f"{card_key(c)}.png" for c in cards} == {f.name for f in files}
    assert [drawn(c, tmp_path) for c in cards] == files
    assert held(tmp_path) == before


def test_equal_cards_are_drawn_once(tmp_path: Path) -> None:
    assert drawn(card(), tmp_path) == drawn(card(), tmp_path)
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


def test_a_file_without_bytes_is_drawn_again(tmp_path: Path) -> None:
    kept = drawn(card(), tmp_path)
    whole = kept.read_bytes()
    kept.write_bytes(b"")
    assert drawn(card(), tmp_path).read_bytes() == whole


def test_a_cover_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "cover.png"
    broken.write_bytes(b"no image")
    with pytest.raises(UnidentifiedImageError):
        drawn(card(cover=Cover(broken, "1")), tmp_path)
    assert list(tmp_path.iterdir()) == [broken]


def test_cards_that_no_site_shows_go_with_what_killed_builds_left(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    shown, _ = drawn(card(), cache), drawn(card("Autre"), cache)
    place(shown, tmp_path / "card.png")
    (cache / "a.1.part").touch()
    forget_unused(cache)
    assert list(cache.iterdir()) == [shown]


def test_a_placed_card_takes_no_room_of_its_own_and_replaces_an_older_one(tmp_path: Path) -> None:
    cache, target = tmp_path / "cache", tmp_path / "card.png"
    cache.mkdir()
    first, second = drawn(card(), cache), drawn(card("Autre"), cache)
    before = first.read_bytes()
    for kept in (first, second, second):
        place(kept, target)
        assert target.samefile(kept)
    assert first.read_bytes() == before
    with Image.open(target) as image:
        assert image.format == "PNG"


def test_a_placed_card_outlives_its_place_in_the_cache(tmp_path: Path) -> None:
    cache, target = tmp_path / "cache", tmp_path / "card.png"
    cache.mkdir()
    kept = drawn(card(), cache)
    place(kept, target)
    kept.unlink()
    assert target.stat().st_size


@pytest.mark.skipif(not SHARED_MEMORY.is_dir(), reason="needs a second file system")
def test_a_card_is_copied_where_no_link_can_lead(tmp_path: Path) -> None:
    kept = drawn(card(), tmp_path)
    with TemporaryDirectory(dir=SHARED_MEMORY) as elsewhere:
        target = Path(elsewhere) / "card.png"
        place(kept, target)
        assert target.read_bytes() == kept.read_bytes()
