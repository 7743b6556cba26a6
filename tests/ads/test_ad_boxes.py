"""What is reserved for a box, whatever the plan will show in it."""

import re

import pytest
from magazine_factory import REPOSITORY

from plugins.ads.boxes import HEIGHTS_PX, Banner, Box, Candidate, Screen


def picture(creative: str, screen: Screen) -> Banner:
    width, height = map(int, creative.split("x"))
    return Banner(creative, screen, "/", "Un mot", src="/a.webp", width=width, height=height)


def box(*shown: tuple[Banner, ...]) -> Box:
    candidates = [
        Candidate(f"c-{n}", "Publicité", False, banners) for n, banners in enumerate(shown)
    ]
    return Box("article", 1, tuple(candidates))


def words(characters: int) -> tuple[Banner, ...]:
    return (Banner("text", "", "/", "m" * characters, "Un titre"),)


LARGE = picture("970x250", "wide"), picture("320x100", "narrow")
LOW = picture("728x90", "wide"), picture("300x250", "narrow")


def test_a_box_is_as_tall_as_the_tallest_of_its_candidates() -> None:
    assert box(LOW).reserved_px("wide") == 90
    assert box(LOW, LARGE).reserved_px("wide") == 250
    assert box(LARGE).reserved_px("narrow") == 100
    assert box(LARGE, LOW).reserved_px("narrow") == 250


def test_words_beside_a_picture_have_room_for_all_their_lines() -> None:
    assert box(LARGE, words(40)).reserved_px("narrow") == 120
    assert box(LARGE, words(200)).reserved_px("narrow") == 250
    assert box(LOW, words(40)).reserved_px("wide") == 90


def test_nothing_is_reserved_for_words_that_stand_there_from_the_first() -> None:
    assert box(words(200)).reserved_px("narrow") == 0


@pytest.mark.parametrize(("letter", "heights"), [("w", HEIGHTS_PX), ("n", HEIGHTS_PX)])
def test_the_theme_knows_every_height(letter: str, heights: tuple[int, ...]) -> None:
    css = (REPOSITORY / "theme/static/css/components/ad.css").read_text("utf-8")
    assert set(re.findall(rf"\.ad-{letter}(\d+) ", css)) == {"0", *map(str, heights)}
