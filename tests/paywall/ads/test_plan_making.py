"""The plan: what a browser would be told, for every state that a flight can be in."""

import json
import stat
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
import pytest
from ad_market import (
    NOON,
    TODAY,
    ad_seen,
    counted,
    flight,
    inventory,
    page,
    seen,
    weeks_of_log,
    write_log,
)

from paywall.ads.inventory import Flight, Inventory, InventoryError, read_inventory
from paywall.ads.plan_file import Plan
from paywall.ads.planning.forecast import Lessons
from paywall.ads.planning.history import History, no_history
from paywall.ads.planning.making import DAILY, HOURLY, make_plan, plan_now
from paywall.ads.planning.supply import viewability
from paywall.settings import Settings

A, B = "/articles/a/", "/articles/b/"


def rates(inventory: Inventory, history: History, every: timedelta = HOURLY) -> dict[str, float]:
    return dict(made(inventory, history, every).flights or ())


def made(inventory: Inventory, history: History, every: timedelta = HOURLY) -> Plan:
    return make_plan(inventory, history, Lessons.learnt(history, inventory), every=every).plan


def on_a(history: History, **given: object) -> float | None:
    """The rate of one flight on one page; none if the plan does not name it."""
    return rates(inventory([page(A, "acme")], acme=flight(**given)), history).get("acme")


def test_an_even_pace_with_a_little_advance() -> None:
    history = counted({A: 400})  # 21.5 days of 200 viewable
    even = 1000 / (21.5 * 200)
    rate = on_a(history, goal=1000)
    assert rate is not None
    assert even < rate < 1.4 * even


def test_a_flight_that_is_behind_gets_more_and_one_ahead_less() -> None:
    behind = on_a(counted({A: 400}, delivered={"acme": 100}))
    ahead = on_a(counted({A: 400}, delivered={"acme": 900}))
    assert behind is not None and ahead is not None
    assert behind == pytest.approx(9 * ahead, rel=0.01)


def test_a_flight_that_had_its_goal_is_not_named() -> None:
    assert on_a(counted({A: 400}, delivered={"acme": 1000})) is None


@pytest.mark.parametrize("status", ["proposed", "suspended"])
def test_what_is_not_approved_is_not_named(status: str) -> None:
    assert on_a(counted({A: 400}), status=status) is None


def test_a_flight_that_ended_yesterday_is_not_named() -> None:
    assert on_a(counted({A: 400}), end=TODAY - timedelta(days=1)) is None


def test_a_flight_that_ends_today_has_what_remains_of_today() -> None:
    rate = on_a(counted({A: 400}), end=TODAY, goal=50)  # 100 viewable until midnight
    assert rate is not None
    assert 0.5 < rate < 0.75


def test_a_flight_that_ends_today_and_lacks_too_much_has_all() -> None:
    assert on_a(counted({A: 400}), end=TODAY, goal=5000) == 1.0


def test_a_flight_that_begins_while_the_plan_is_valid_is_named_with_its_rate() -> None:
    tomorrow = on_a(counted({A: 400}), start=TODAY + timedelta(days=1))
    later = on_a(counted({A: 400}), start=TODAY + timedelta(days=2))
    assert tomorrow is not None and tomorrow > 0
    assert later is None


def test_a_page_is_kept_for_a_flight_that_is_to_come() -> None:
    days = {"start": date(2026, 12, 21), "end": date(2026, 12, 31)}
    both = inventory(
        [page(A, "now", coming=("later",)), page(B, "now")],
        now=flight(goal=3000), later=flight(goal=1900, **days),
    )  # fmt: skip
    alone = inventory([page(A, "now"), page(B, "now")], now=flight(goal=3000))
    history = counted({A: 400, B: 100})
    assert rates(both, history)["now"] > 1.3 * rates(alone, history)["now"]


def test_the_members_tree_is_not_promised_to_a_flight_without_subscribers() -> None:
    pages = [page(A, "acme", tier="members")]
    given = rates(
        inventory(pages, acme=flight(subscribers=False)), counted({A: 400}, tier="members")
    )
    assert given == {}


def test_a_daily_cap_slows_today_and_stops_once_it_is_reached() -> None:
    slow = on_a(counted({A: 400}), daily_cap=20, goal=400)
    stopped = on_a(counted({A: 400}, delivered_today={"acme": 20}), daily_cap=20, goal=400)
    free = on_a(counted({A: 400}), goal=400)
    assert slow is not None and free is not None
    assert 0 < slow <= 0.25  # 20 of the 100 that are left of today, a little early
    assert stopped == 0.0


def test_a_plan_for_a_day_never_passes_a_goal_or_cap_by_the_days_chance() -> None:
    market = inventory([page(A, "acme")], acme=flight(goal=100, end=TODAY + timedelta(days=1)))
    history = counted({A: 400})
    rate = rates(market, history, DAILY)["acme"]
    on_a_day_of_fifty = 200 * np.exp(2.0537 * Lessons.learnt(history, market).spread)
    assert rate * on_a_day_of_fifty == pytest.approx(100, rel=0.01)


def test_exclusive_flights_come_first_and_have_their_pages() -> None:
    market = inventory(
        [page(A, "goal", "only"), page(B, "goal")],
        goal=flight(), only=flight(goal=None, exclusive=True),
    )  # fmt: skip
    plan = made(market, counted({A: 400, B: 400}))
    assert plan.flights is not None
    assert plan.flights[0] == ("only", 1.0)
    assert plan.flights[1][0] == "goal"


def test_while_nothing_is_counted_flights_share_evenly_and_exclusive_ones_do_not() -> None:
    market = inventory(
        [page(A, "x", "y"), page(B, "only", "x")],
        x=flight(), y=flight(), only=flight(goal=None, exclusive=True),
    )  # fmt: skip
    given = rates(market, no_history(NOON, counted({A: 1}).zone))
    assert given == {"only": 1.0, "x": 0.5, "y": 0.5}


def test_on_the_first_day_a_goal_that_was_reached_is_not_passed() -> None:
    first_day = counted({A: 10}, days=0, delivered={"acme": 1000})
    assert first_day.whole_days == 0
    assert on_a(first_day) is None


def test_pages_without_candidates_leave_an_empty_plan_and_not_none() -> None:
    market = inventory([page(A), page("/contact/", placement=None, flights=())])
    plan = made(market, counted({A: 400}))
    assert plan.flights == ()
    assert json.loads(msgspec.json.encode(plan))["flights"] == []


def test_a_flight_that_no_page_carries_is_not_named() -> None:
    assert rates(inventory([page(A)], acme=flight()), counted({A: 400})) == {}


def test_house_ads_and_letters_are_no_part_of_the_plan() -> None:
    letter = flight(kind="newsletter-sponsor", placements=("newsletter",), goal=None)
    market = inventory([page(A, "letter")], letter=letter)
    assert rates(market, counted({A: 400})) == {}


def test_ads_that_are_seen_half_as_often_need_twice_the_rate() -> None:
    often = on_a(counted({A: 4000}, viewable=0.8))
    rarely = on_a(counted({A: 4000}, viewable=0.4))
    assert often is not None and rarely is not None
    assert rarely == pytest.approx(2 * often, rel=0.02)


def test_viewability_is_counted_where_a_house_ad_fills_what_is_not_sold() -> None:
    empty = page(B, "acme", flights=("acme",))
    market = inventory([page(A, "acme"), empty], acme=flight())
    history = counted({A: 4000, B: 4000}, viewable=0.6)
    history.shown[history.rows[B, "public"]] = 0
    assert viewability(market, history)["article"] == pytest.approx(0.6, rel=0.01)


def settings_of(folder: Path, **flights: Flight) -> Settings:
    output = folder / "output"
    output.mkdir()
    market = inventory([page(A, *flights)], **flights)
    (output / "ads.json").write_bytes(msgspec.json.encode(market))
    return Settings(output=output, var=folder / "var")


def test_the_plan_is_written_whole_for_the_service_alone_to_read(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, acme=flight())
    counts = weeks_of_log({A: 40}) + Counter({ad_seen("2026-12-10T08", A, "acme"): 30})
    write_log(settings.var / "events", counts)
    _, _, planned = plan_now(settings, NOON)
    path = settings.var / "ads" / "plan.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {each.name for each in path.parent.iterdir()} == {"plan.json", "yields.json"}
    read = msgspec.json.decode(path.read_bytes(), type=Plan)
    assert read == planned.plan
    assert read.made_at == NOON
    assert read.until == NOON + timedelta(hours=26)
    ((slug, rate),) = read.flights or ()
    assert slug == "acme"
    assert rate == 1.0  # 970 are wanted, some 430 are to come


def test_an_ad_that_half_of_the_readers_do_not_see_is_given_more(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, acme=flight(goal=600))
    counts = weeks_of_log({A: 200})
    write_log(settings.var / "events", counts)
    _, _, first = plan_now(settings, NOON)
    ((_, rate),) = first.plan.flights or ()
    later = NOON + timedelta(hours=1)
    counts[seen("2026-12-10T12", A)] = 1000
    counts[ad_seen("2026-12-10T12", A, "acme")] = round(1000 * 0.5 * rate / 2)
    write_log(settings.var / "events", counts)
    _, history, second = plan_now(settings, later)
    assert second.yields.due["acme"] == pytest.approx(1000 * 0.5 * rate, rel=0.05)
    assert 0.5 < second.yields.of("acme") < 0.8
    unaware = make_plan(*_without_yields(settings, history)).plan
    assert dict(second.plan.flights or ())["acme"] > 1.2 * dict(unaware.flights or ())["acme"]


def _without_yields(settings: Settings, history: History) -> tuple[Inventory, History, Lessons]:
    market = read_inventory(settings.output)
    return market, history, Lessons.learnt(history, market)


def test_a_file_of_yields_that_is_broken_is_begun_again(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, acme=flight())
    write_log(settings.var / "events", weeks_of_log({A: 200}))
    plan_now(settings, NOON)
    path = settings.var / "ads" / "yields.json"
    path.write_bytes(b"{")
    _, _, again = plan_now(settings, NOON)
    assert again.yields.of("acme") == 1
    assert json.loads(path.read_bytes())["made_at"] == "2026-12-10T11:00:00Z"


def test_without_a_build_there_is_nothing_to_plan(tmp_path: Path) -> None:
    with pytest.raises(InventoryError):
        plan_now(Settings(output=tmp_path, var=tmp_path), NOON)
    assert not (tmp_path / "ads").exists()


def test_a_plan_is_made_at_any_second_of_a_day_on_which_clocks_change() -> None:
    for minutes in range(0, 26 * 60, 13):
        now = datetime(2026, 10, 24, 22, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        dates = {"start": date(2026, 10, 1), "end": date(2026, 10, 31)}
        rate = on_a(counted({A: 400}, now=now), **dates)
        assert rate is not None
        assert 0 < rate < 1.0 + 1e-9
