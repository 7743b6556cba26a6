"""What can still be sold, and what would be late if it were."""

from datetime import date

import pytest
from ad_market import NOON, counted, flight, inventory, page

from paywall.ads.planning.history import no_history
from paywall.ads.planning.selling import Market, overbooked, suits

A, B = "/articles/a/", "/articles/b/"
PAGES = [page(A, "acme", themes=("energie",)), page(B, themes=("espace",))]
HISTORY = counted({A: 400, B: 400})
"""200 viewable impressions a day on each page: 4,300 until the 31st."""
DECEMBER = {"start": date(2026, 12, 1), "end": date(2026, 12, 31)}


def test_what_is_free_is_what_others_do_not_need() -> None:
    market = Market.of(inventory(PAGES, acme=flight(goal=2000)), HISTORY)
    offer = market.offer(flight(goal=None, themes=("energie",), **DECEMBER))
    assert offer.total.p50 == pytest.approx(4300, rel=0.03)
    assert offer.free.p50 == pytest.approx(2300, rel=0.05)
    assert offer.total.p10 < offer.total.p50 < offer.total.p90
    assert offer.free.p10 < offer.free.p50 < offer.free.p90
    assert offer.total.p50 - offer.free.p50 == pytest.approx(2000, rel=0.02)
    (place,) = offer.places
    assert (place.placement, place.page_views) == ("article", pytest.approx(8600, rel=0.03))


def test_what_a_flight_has_had_is_not_kept_for_it_again() -> None:
    served = counted({A: 400, B: 400}, delivered={"acme": 1900})
    asked = flight(goal=None, themes=("energie",), **DECEMBER)
    bookings = inventory(PAGES, acme=flight(goal=2000))
    assert Market.of(bookings, served).offer(asked).free.p50 == pytest.approx(4200, rel=0.05)


def test_another_theme_is_free_whatever_is_sold_on_this_one() -> None:
    market = Market.of(inventory(PAGES, acme=flight(goal=4000)), HISTORY)
    offer = market.offer(flight(goal=None, themes=("espace",), **DECEMBER))
    assert offer.free.p50 == pytest.approx(offer.total.p50, rel=0.01)


def test_a_flight_that_can_go_elsewhere_leaves_a_theme_free() -> None:
    both = [page(A, "wide", themes=("energie",)), page(B, "wide", themes=("espace",))]
    market = Market.of(inventory(both, wide=flight(goal=4000)), HISTORY)
    offer = market.offer(flight(goal=None, themes=("energie",), **DECEMBER))
    assert offer.free.p50 > 0.95 * 4300


def test_an_exclusive_booking_leaves_nothing_free() -> None:
    market = Market.of(inventory(PAGES, acme=flight(goal=None, exclusive=True)), HISTORY)
    assert market.offer(flight(goal=None, themes=("energie",), **DECEMBER)).free.p90 < 1


def test_a_coming_month_is_expected_whole() -> None:
    market = Market.of(inventory(PAGES), HISTORY)
    march = {"start": date(2027, 3, 1), "end": date(2027, 3, 31)}
    offer = market.offer(flight(goal=None, themes=("energie",), **march))
    assert offer.total.p50 == pytest.approx(31 * 200, rel=0.06)
    assert offer.total.p90 / offer.total.p50 > 1.3


def test_a_goal_that_fits_makes_nobody_late() -> None:
    bookings = inventory(PAGES, acme=flight(goal=1500))
    assert overbooked(bookings, HISTORY, ("neuve", flight(goal=1000, themes=("energie",)))) == ()


def test_a_goal_too_high_is_said_of_whom_it_makes_late() -> None:
    bookings = inventory(PAGES, acme=flight(goal=2000))
    late = overbooked(bookings, HISTORY, ("neuve", flight(goal=4000, themes=("energie",))))
    assert {each.slug for each in late} <= {"acme", "neuve"}
    missing = sum(each.missing for each in late)
    low = Market.of(bookings, HISTORY).offer(flight(themes=("energie",), **DECEMBER)).total.p10
    assert missing == pytest.approx(6000 - low, rel=0.02)


def test_what_is_late_already_is_not_blamed_on_a_sale_elsewhere() -> None:
    bookings = inventory(PAGES, acme=flight(goal=9000))
    assert [each.slug for each in overbooked(bookings, HISTORY)] == ["acme"]
    sale = ("neuve", flight(goal=100, themes=("espace",)))
    assert overbooked(bookings, HISTORY, sale) == ()


def test_a_proposed_booking_is_weighed_as_if_it_were_approved() -> None:
    proposed = flight(goal=9000, themes=("espace",), status="proposed")
    bookings = inventory(PAGES, acme=flight(goal=100), neuve=proposed)
    assert overbooked(bookings, HISTORY) == ()
    assert [each.slug for each in overbooked(bookings, HISTORY, ("neuve", proposed))] == ["neuve"]


def test_without_counts_nothing_is_claimed() -> None:
    bookings = inventory(PAGES, acme=flight(goal=9_000_000))
    assert overbooked(bookings, no_history(NOON, HISTORY.zone)) == ()


@pytest.mark.parametrize(
    ("asked", "suiting"),
    [
        ({}, True),
        ({"themes": ("energie", "histoire")}, True),
        ({"themes": ("histoire",)}, False),
        ({"excluded_themes": ("energie",)}, False),
        ({"placements": ("home",)}, False),
        ({"subscribers": False}, False),
    ],
)
def test_a_page_suits_by_placement_tier_and_themes(asked: dict[str, object], suiting: bool) -> None:
    members = page(A, themes=("energie",), tier="members")
    assert suits(flight(**asked), members) is suiting
