"""Text set in lines: nothing lost, nothing over the measure, at any length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.cards.lines import fit, fit_cut
from plugins.cards.typesetting import Type, width

FACE = Type("display-regular", 96)
SIZES_PX = (96, 72, 48, 34)
SMALL = Type("serif-italic", 34, leading=1.32)
SMALL_SIZES_PX = (34, 31, 28, 25)
MEASURE_PX = 1056
WORDS = [
    "La",
    "tache",
    "claire,",
    "Tour",
    "V",
    "«\u202fOui\u202f!\u202f»",
    "de",
    "–",
    "Arago",
    "1823",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=120).map(" ".join))
def test_lines_hold_every_word_in_order_within_the_measure(text: str) -> None:
    setting = fit(text, FACE, SIZES_PX, MEASURE_PX, 300)
    assert " ".join(setting.lines) == text
    assert all(width(line, setting.type) < MEASURE_PX + 1 for line in setting.lines)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=120).map(" ".join))
def test_text_that_runs_over_is_cut_at_a_word_and_says_so(text: str) -> None:
    setting = fit_cut(text, SMALL, SMALL_SIZES_PX, MEASURE_PX, 2)
    assert len(setting.lines) <= 2
    shown = " ".join(setting.lines)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_a_cut_keeps_as_many_words_as_hold() -> None:
    text = " ".join(f"mot{n}" for n in range(5000))
    setting = fit_cut(text, SMALL, SMALL_SIZES_PX, MEASURE_PX, 2)
    shown = " ".join(setting.lines).removesuffix("…")
    following = text[len(shown) + 1 :].split(" ", 1)[0]
    assert len(fit(f"{shown} {following}…", SMALL, SMALL_SIZES_PX[-1:], MEASURE_PX, 0).lines) > 2


@pytest.mark.parametrize("text", ["", "a" * 200, "a  b", " a "])
def test_odd_text_is_set_too(text: str) -> None:
    assert " ".join(fit(text, FACE, SIZES_PX, MEASURE_PX, 300).lines) == text
