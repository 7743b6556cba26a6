"""What was really seen, reckoned from frames: the measure of the measure."""

import pytest

from bench.viewability.truth import Frame, views

SMALL, LARGE = 300 * 250, 970 * 250


def frame(at_ms: float, share: float, pixels: int = SMALL) -> Frame:
    return at_ms, [[share, pixels]]


@pytest.mark.parametrize(
    ("share", "pixels", "until_ms", "seen"),
    [
        (0.5, SMALL, 1010, True),
        (0.49, SMALL, 5000, False),
        (0.3, LARGE, 1010, True),
        (0.29, LARGE, 5000, False),
        (1.0, SMALL, 1009, False),
    ],
)
def test_enough_of_an_ad_for_a_second(
    share: float, pixels: int, until_ms: float, seen: bool
) -> None:
    frames = [(0, "begins"), frame(10, share, pixels), frame(until_ms, 0, pixels)]
    assert list(views(frames)) == [seen]


def test_interruptions_begin_the_second_again() -> None:
    frames = [(0, "begins"), frame(0, 1), (600, "hidden"), (700, "shown"), frame(700, 1)]
    assert list(views([*frames, frame(1600, 0)])) == [False]
    assert list(views([*frames, frame(1700, 0)])) == [True]


def test_each_view_of_a_page_is_reckoned_for_itself() -> None:
    frames = [(0, "begins"), frame(0, 1), (900, "hidden"), (2000, "begins"), frame(2000, 1)]
    assert list(views([*frames, (2900, "hidden")])) == [False, False]
    assert list(views([*frames, (3000, "hidden")])) == [False, True]


def test_another_creative_does_not_finish_the_seconds_of_the_first() -> None:
    frames = [(0, "begins"), (0, [[1, LARGE], [0, 0]]), (600, [[0, 0], [1, SMALL]])]
    assert list(views([*frames, (1500, "hidden")])) == [False]
    assert list(views([*frames, (1600, "hidden")])) == [True]
