"""Drawn cards are kept by content: found again, placed, and let go when no page wants them."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image, UnidentifiedImageError

from plugins.cards.card import Card, Cover
from plugins.cards.store import BATCH, card_key, draw_missing, drawn_path, prune
from plugins.press.kept import place

SHARED_MEMORY = Path("/dev/shm")


def card(title: str = "Un titre", **changes: object) -> Card:
    said = {"label": "Sciences", "subtitle": "", "wear": "rouge", "site_name": "La Gazette"}
    return Card("article", title=title, **(said | changes))


def keyed(*cards: Card) -> list[tuple[str, Card]]:
    return [(card_key(c), c) for c in cards]


def held(cache: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in cache.iterdir()}


@pytest.mark.parametrize("count", [1, 2 * BATCH + 1])
def test_missing_cards_are_drawn_and_held_ones_left_alone(tmp_path: Path, count: int) -> None:
    cards, told = keyed(*(card(f"Titre {n}") for n in range(count))), []
    draw_missing(cards, tmp_path)
    before = held(tmp_path)
    assert before.keys() == {f"{key}.png" for key, _ in cards}
    draw_missing([*cards, *keyed(card("Neuf"))], tmp_path, told.append)
    assert sum(told) == 1
    assert before.items() <= held(tmp_path).items()


def test_equal_cards_are_drawn_once(tmp_path: Path) -> None:
    told: list[int] = []
    draw_missing(keyed(card(), card()), tmp_path, told.append)
    assert told == [1]


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
    cards = keyed(card())
    draw_missing(cards, tmp_path)
    drawn = drawn_path(tmp_path, cards[0][0])
    whole = drawn.read_bytes()
    drawn.write_bytes(b"")
    draw_missing(cards, tmp_path)
    assert drawn.read_bytes() == whole


def test_a_cover_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "cover.png"
    broken.write_bytes(b"no image")
    with pytest.raises(UnidentifiedImageError):
        draw_missing(keyed(card(cover=Cover(broken, "1"))), tmp_path / "cache")


def test_cards_that_no_page_wants_go_with_what_killed_builds_left(tmp_path: Path) -> None:
    (wanted, _), _ = cards = keyed(card(), card("Autre"))
    draw_missing(cards, tmp_path)
    left, writing = tmp_path / "a.1.part", tmp_path / "b.2.part"
    left.touch()
    os.utime(left, (0, 0))
    writing.touch()
    assert prune(tmp_path, {wanted}) == 2
    assert held(tmp_path).keys() == {f"{wanted}.png", writing.name}


def test_a_placed_card_takes_no_room_of_its_own_and_replaces_an_older_one(tmp_path: Path) -> None:
    cache, target = tmp_path / "cache", tmp_path / "card.png"
    cards = keyed(card(), card("Autre"))
    draw_missing(cards, cache)
    first, second = (drawn_path(cache, key) for key, _ in cards)
    before = first.read_bytes()
    for drawn in (first, second, second):
        place(drawn, target)
        assert target.samefile(drawn)
    assert first.read_bytes() == before
    with Image.open(target) as image:
        assert image.format == "PNG"


def test_a_placed_card_outlives_its_place_in_the_cache(tmp_path: Path) -> None:
    cache, target = tmp_path / "cache", tmp_path / "card.png"
    ((key, _),) = cards = keyed(card())
    draw_missing(cards, cache)
    place(drawn_path(cache, key), target)
    prune(cache, ())
    assert list(cache.iterdir()) == []
    assert target.stat().st_size


@pytest.mark.skipif(not SHARED_MEMORY.is_dir(), reason="needs a second file system")
def test_a_card_is_copied_where_no_link_can_lead(tmp_path: Path) -> None:
    ((key, _),) = cards = keyed(card())
    draw_missing(cards, tmp_path)
    with TemporaryDirectory(dir=SHARED_MEMORY) as elsewhere:
        target = Path(elsewhere) / "card.png"
        place(drawn_path(tmp_path, key), target)
        assert target.read_bytes() == drawn_path(tmp_path, key).read_bytes()
