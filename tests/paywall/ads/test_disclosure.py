"""No number from 1 to 9 is shown, and none can be worked out by whoever knows how it was hidden."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paywall.ads.reports.disclosure import Figure, Hidden, disclose, disclose_total

UNDER, KEPT = Hidden.UNDER, Hidden.KEPT
COUNTS = st.lists(st.integers(0, 40) | st.integers(0, 100_000), max_size=40)


def test_nothing_is_hidden_of_large_numbers_and_of_none() -> None:
    assert disclose([0, 10, 250]) == (0, 10, 250)


def test_several_small_numbers_are_said_to_be_small() -> None:
    assert disclose([3, 0, 250, 7]) == (UNDER, 0, 250, UNDER)


def test_a_lone_small_number_is_covered_by_the_smallest_other() -> None:
    assert disclose([250, 3, 0, 40]) == (250, KEPT, 0, KEPT)


@pytest.mark.parametrize("values", [(1, 1, 80, 90), (9, 9, 80, 90)])
def test_small_numbers_that_their_sum_tells_are_covered_too(values: tuple[int, ...]) -> None:
    assert disclose(values) == (KEPT, KEPT, KEPT, 90)


def test_a_table_where_nothing_can_cover_is_kept_whole() -> None:
    assert disclose([1] * 12) == (KEPT,) * 12
    assert disclose([4, 0]) == (KEPT, KEPT)


@pytest.mark.parametrize(("total", "shown"), [(0, 0), (1, UNDER), (9, UNDER), (10, 10)])
def test_a_total_is_a_number_like_others(total: int, shown: Figure) -> None:
    assert disclose_total(total) == shown


@given(COUNTS)
def test_what_is_shown_is_true_and_never_from_1_to_9(values: list[int]) -> None:
    for value, shown in zip(values, disclose(values), strict=True):
        assert shown in {value, UNDER, KEPT}
        assert value not in range(1, 10) or isinstance(shown, Hidden)
        assert shown is not UNDER or value in range(1, 10)


@given(COUNTS)
def test_one_cell_is_never_hidden_alone(values: list[int]) -> None:
    hidden = [shown for shown in disclose(values) if isinstance(shown, Hidden)]
    assert len(hidden) != 1 or len(values) == 1


TOTALS = {1: 40, 2: 40, 3: 30, 4: 25, 5: 16, 6: 13, 7: 12}
"""Up to which total all tables of so many cells are gone through."""


def tables(cells: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every table of so many cells that adds up to a total."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(cells - 1, total - first):
            yield (first, *rest)


@pytest.mark.parametrize("least", [4, 5])
def test_whoever_knows_the_rules_finds_two_values_at_least_for_each_hidden_cell(
    least: int,
) -> None:
    """All tables that are shown alike: what is hidden differs among them, cell by cell."""
    alike: defaultdict[tuple[Figure, tuple[Figure, ...]], list[tuple[int, ...]]] = defaultdict(list)
    for cells, largest in TOTALS.items():
        for total in range(largest + 1):
            for values in tables(cells, total):
                alike[disclose_total(total, least), disclose(values, least)].append(values)
    told = [
        (total, shown, n)
        for (total, shown), found in alike.items()
        for n, figure in enumerate(shown)
        if isinstance(figure, Hidden) and len({values[n] for values in found}) == 1
    ]
    assert told == []
    assert {UNDER, KEPT} <= {figure for _, shown in alike for figure in shown}
