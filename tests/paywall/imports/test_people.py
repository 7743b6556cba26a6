"""Days that overlap, follow each other, or are had already."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from paywall.imports.lines import Days
from paywall.imports.people import joined, without

START = date(2026, 1, 1)
STRETCHES = st.builds(
    lambda first, length: Days(
        "digital", START + timedelta(first), START + timedelta(first + length)
    ),
    st.integers(0, 40),
    st.integers(0, 12),
)


def days_of(stretches: list[Days]) -> set[date]:
    return {
        one.first + timedelta(n)
        for one in stretches
        for n in range((one.last - one.first).days + 1)
    }


@given(st.lists(STRETCHES))
def test_joining_loses_no_day_and_adds_none(stretches: list[Days]) -> None:
    result = joined(stretches)
    assert days_of(result) == days_of(stretches)
    assert all(b.first > a.last + timedelta(1) for a, b in pairwise(result))


@given(STRETCHES, st.lists(STRETCHES))
def test_what_is_had_is_not_given_again_and_all_else_is(wanted: Days, held: list[Days]) -> None:
    left = without(wanted, held)
    assert days_of(left) == days_of([wanted]) - days_of(held)
    assert sum((one.last - one.first).days + 1 for one in left) == len(days_of(left))


def test_another_plan_is_another_matter() -> None:
    paper = Days("print", START, START)
    assert without(paper, [Days("digital", START, START)]) == [paper]
    assert len(joined([paper, Days("digital", START, START)])) == 2
