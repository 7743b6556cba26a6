"""High-water-mark allocation, and the rule by which browsers follow it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paywall.ads.planning.allocate import Demand, Share, allocate, rate_for
from paywall.ads.planning.choice import choose

INF = float("inf")


def demand(
    slug: str, cells: list[int], goal: float | None, last: int = 1, **given: float
) -> Demand:
    return Demand(slug, np.array(cells, dtype=np.intp), 0, last, goal, **given)  # type: ignore[arg-type]


def shares(amounts: list[list[float]], *demands: Demand) -> dict[str, Share]:
    return {share.slug: share for share in allocate(np.array(amounts), demands)}


def test_a_flight_alone_has_the_rate_that_gives_its_goal() -> None:
    found = shares([[600.0], [400.0]], demand("a", [0, 1], 250))["a"]
    assert found.rate == pytest.approx(0.25)
    assert (found.expected, found.missing) == (pytest.approx(250), 0)


def test_scarce_inventory_comes_first_and_others_have_more_elsewhere() -> None:
    found = allocate(
        np.array([[100.0], [100.0]]), [demand("wide", [0, 1], 100), demand("narrow", [0], 80)]
    )
    assert [share.slug for share in found] == ["narrow", "wide"]
    narrow, wide = found
    assert narrow.rate == pytest.approx(0.8)
    assert wide.rate == pytest.approx(0.8)  # 20 beside the narrow one, 80 where it is alone
    assert wide.missing == 0


def test_what_cannot_be_had_is_said() -> None:
    found = shares([[100.0]], demand("a", [0], 70), demand("b", [0], 60))
    assert found["a"].missing == 0
    assert found["b"].missing == pytest.approx(30)


def test_exclusive_flights_have_all_of_their_pages() -> None:
    found = allocate(
        np.array([[100.0], [100.0]]),
        [demand("goal", [0, 1], 90), replace(demand("only", [0], None), exclusive=True)],
    )
    assert found[0] == Share("only", 1.0, 100.0, 0.0)
    assert found[1].expected == pytest.approx(90)


def test_two_exclusive_flights_on_a_page_have_half_each() -> None:
    each = replace(demand("a", [0], None), exclusive=True)
    found = shares([[100.0]], each, replace(each, slug="b"))
    assert [found[slug].expected for slug in "ab"] == [pytest.approx(50), pytest.approx(50)]


def test_exclusive_flights_share_the_days_that_they_have_in_common_alone() -> None:
    amounts = [[100.0] * 4]
    first = replace(demand("a", [0], None, last=3), exclusive=True)
    then = replace(demand("b", [0], None, last=4), exclusive=True, first=2)
    found = shares(amounts, first, then)
    assert found["a"].rate == pytest.approx(1.0)  # today it is alone
    assert found["a"].expected == pytest.approx(250)
    assert found["b"].rate == pytest.approx(0.5)  # on its first day, the other one's last
    assert found["b"].expected == pytest.approx(150)


def test_exclusive_flights_that_share_some_pages_are_told_what_their_rates_give() -> None:
    each = replace(demand("x", [0, 1], None), exclusive=True)
    other = replace(each, slug="y", cells=np.array([0, 2], dtype=np.intp))
    found = shares([[100.0], [100.0], [100.0]], each, other)
    assert (found["x"].rate, found["x"].expected) == (0.75, pytest.approx(150))
    assert (found["y"].rate, found["y"].expected) == (1.0, pytest.approx(125))


@pytest.mark.parametrize("others", [0, 1])
def test_an_exclusive_flight_has_its_pages_before_anybody_has_read_them(others: int) -> None:
    each = replace(demand("a", [0], None), exclusive=True)
    found = shares([[0.0]], each, *[replace(each, slug=f"b{n}") for n in range(others)])
    assert found["a"].rate == pytest.approx(1 / (1 + others))


def test_flights_without_a_goal_share_what_is_left() -> None:
    found = shares(
        [[100.0]], demand("x", [0], None), demand("goal", [0], 40), demand("y", [0], None)
    )
    assert found["goal"].expected == pytest.approx(40)
    assert found["x"].expected == found["y"].expected == pytest.approx(30)


def test_a_daily_cap_holds_and_other_days_make_up_for_it() -> None:
    capped = demand("a", [0], 200, last=4, cap_today=10, cap=80)
    found = shares([[100.0, 100.0, 100.0, 100.0]], capped)["a"]
    assert found.rate == pytest.approx(0.1)
    assert (found.expected, found.missing) == (pytest.approx(200), 0)


def test_a_cap_that_makes_a_goal_impossible_is_said() -> None:
    found = shares([[100.0, 100.0]], demand("a", [0], 100, last=2, cap_today=20, cap=30))["a"]
    assert found.missing == pytest.approx(50)
    assert found.rate == pytest.approx(0.2)


def test_a_flight_that_begins_later_takes_nothing_of_today() -> None:
    later = replace(demand("later", [0], 50, last=2), first=1)
    found = shares([[100.0, 100.0]], later, demand("now", [0], 150, last=2))
    assert found["later"].rate == pytest.approx(0.5)
    assert found["now"].missing == 0


def test_an_order_is_found_in_which_nobody_is_late() -> None:
    # The flight with less to choose from would leave the other too little where they meet.
    amounts = np.array([[100.0], [50.0], [60.0]])
    one, other = demand("one", [0, 1], 72), demand("other", [0, 2], 117)
    found = allocate(amounts, [one, other])
    assert [share.slug for share in found] == ["other", "one"]
    assert [share.missing for share in found] == [0, 0]


def test_a_flight_without_readers_is_late_and_breaks_nothing() -> None:
    found = shares([[0.0]], demand("a", [0], 10))["a"]
    assert found.rate == 1.0
    assert (found.expected, found.missing) == (pytest.approx(0, abs=1e-6), pytest.approx(10))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_cell_is_given_twice_and_goals_are_met_or_all_is_taken(data: st.DataObject) -> None:
    cells, days = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 4))
    numbers = st.floats(0, 1000)
    amounts = np.array(
        data.draw(
            st.lists(
                st.lists(numbers, min_size=days, max_size=days), min_size=cells, max_size=cells
            )
        )
    )
    some = st.lists(st.integers(0, cells - 1), min_size=1, unique=True)
    demands = [
        demand(f"f{n}", data.draw(some), data.draw(st.one_of(st.none(), st.floats(1, 2000))), days)
        for n in range(data.draw(st.integers(1, 5)))
    ]
    found = allocate(amounts, demands)
    assert {share.slug for share in found} == {each.slug for each in demands}
    assert sum(share.expected for share in found) <= amounts.sum() * (1 + 1e-6) + 1e-6
    for share in found:
        wanted = next(each for each in demands if each.slug == share.slug)
        assert 0 <= share.rate <= 1
        assert share.expected <= amounts[wanted.window].sum() * (1 + 1e-6) + 1e-6
        if wanted.goal is not None:
            assert share.expected + share.missing == pytest.approx(wanted.goal, rel=1e-4)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.floats(1, 100), st.floats(0, 1)), min_size=1, max_size=8),
    st.floats(0.01, 0.99),
)
def test_the_rate_gives_what_was_wanted(cells: list[tuple[float, float]], part: float) -> None:
    supply = np.array([[amount] for amount, _ in cells])
    free = np.array([[amount * rest] for amount, rest in cells])
    goal = float(free.sum() * part)
    rate = rate_for(goal, supply, free, np.array([INF]))
    assert np.minimum(free, supply * rate).sum() == pytest.approx(goal, rel=1e-4, abs=1e-9)


def test_a_browser_walks_its_candidates_in_the_plans_order() -> None:
    rates = [("a", 0.5), ("b", 0.9), ("c", 0.4)]
    names, chosen = choose(rates, ["c", "a", "maison"], np.array([0.0, 0.49, 0.5, 0.89, 0.9, 0.99]))
    assert names == ("a", "c")
    assert chosen.tolist() == [0, 0, 1, 1, 2, 2]


def test_rates_beyond_the_whole_are_cut_as_the_plan_reckoned() -> None:
    _, chosen = choose([("a", 0.7), ("b", 0.6)], ["a", "b"], np.array([0.69, 0.7, 0.999]))
    assert chosen.tolist() == [0, 1, 1]


def test_a_page_none_of_whose_candidates_is_named_shows_a_house_ad() -> None:
    names, chosen = choose([("a", 1.0)], ["b"], np.array([0.0, 0.5]))
    assert (names, chosen.tolist()) == ((), [0, 0])
