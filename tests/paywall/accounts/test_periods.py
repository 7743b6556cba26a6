"""Where periods begin and end: ends of months, renewals, what follows what."""

import pytest
from books import Books, instant, one_subscription

from paywall.accounts.orders import renewal_order
from paywall.accounts.payments import receive_payment
from paywall.accounts.subscriptions import give, note_failed_payment


def renew(books: Books, day: str, number: int = 1) -> None:
    with books.on(day) as unit:
        order = renewal_order(unit, one_subscription(unit), books.offers)
        receive_payment(unit, order, f"renewal-{number}", order.amount_cents, books.offers)


def test_what_began_on_a_31st_comes_back_to_the_31st_after_shorter_months(books: Books) -> None:
    with books.on("2027-01-31") as unit:
        books.paid(unit, plan="monthly", renews=True)
    for number, day in enumerate(("2027-02-28", "2027-03-30", "2027-04-29")):
        renew(books, day, number)
    assert [end for _, end in books.stretches()] == [
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
        "2027-05-31",
    ]


def test_a_year_from_a_29th_of_february_ends_on_the_28th_and_is_back_in_a_leap_year(
    books: Books,
) -> None:
    with books.on("2028-02-29") as unit:
        books.paid(unit)
    for day in ("2029-02-01", "2030-02-01", "2031-02-01"):
        with books.on(day) as unit:
            books.paid(unit)
    ends = [end for _, end in books.stretches()]
    assert ends == ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


def test_what_began_on_the_28th_stays_on_the_28th(books: Books) -> None:
    with books.on("2027-02-28") as unit:
        books.paid(unit, plan="monthly")
    with books.on("2027-03-20") as unit:
        books.paid(unit, plan="monthly")
    assert [end for _, end in books.stretches()] == ["2027-03-28", "2027-04-28"]


def test_months_have_the_same_ends_whatever_the_zone_of_the_database(books: Books) -> None:
    with books.on("2027-01-31T23:30") as unit:  # the 1st of February in Paris
        books.paid(unit, plan="monthly", renews=True)
    renew(books, "2027-02-20")
    with books.on("2027-02-21") as unit:
        ends = [period.ends_at for period in one_subscription(unit).periods]
    assert ends == [instant("2027-02-28T23:30"), instant("2027-03-31T23:30")]


def test_a_renewal_paid_early_begins_where_the_last_period_ends(books: Books) -> None:
    with books.on("2027-01-10") as unit:
        books.paid(unit, renews=True)
    renew(books, "2027-12-01")
    assert books.stretches() == [("2027-01-10", "2028-01-10"), ("2028-01-10", "2029-01-10")]
    assert not books.reads("2029-01-10")


def test_a_renewal_paid_in_grace_leaves_no_gap_and_gives_nothing_twice(books: Books) -> None:
    with books.on("2027-01-10") as unit:
        books.paid(unit, renews=True)
    with books.on("2028-01-10") as unit:
        note_failed_payment(unit, one_subscription(unit), 14)
    assert books.reads("2028-01-23")
    renew(books, "2028-01-20")
    assert books.stretches()[-1] == ("2028-01-10", "2029-01-10")
    assert books.reads("2028-02-10")
    assert not books.reads("2029-01-11")


def test_a_renewal_paid_after_grace_begins_when_it_is_paid(books: Books) -> None:
    with books.on("2027-01-10") as unit:
        books.paid(unit, renews=True)
    with books.on("2028-01-10") as unit:
        note_failed_payment(unit, one_subscription(unit), 14)
    assert not books.reads("2028-01-25")
    renew(books, "2028-02-15")
    assert books.stretches()[-1] == ("2028-02-15", "2029-02-15")


def test_grace_is_given_once_for_a_renewal_however_often_it_fails(books: Books) -> None:
    with books.on("2027-01-10") as unit:
        books.paid(unit, renews=True)
    for day in ("2028-01-10", "2028-01-15", "2028-01-30"):
        with books.on(day) as unit:
            note_failed_payment(unit, one_subscription(unit), 14)
    assert not books.reads("2028-01-24T12:00")
    assert books.log().count("subscription.grace") == 1


def test_issues_of_a_grace_that_was_never_paid_are_not_kept(books: Books) -> None:
    with books.on("2027-01-10") as unit:
        books.paid(unit, renews=True)
    with books.on("2028-01-10") as unit:
        note_failed_payment(unit, one_subscription(unit), 14)
    assert books.rights("2028-06-01").grants == ("published:2027-01-10/2028-01-10",)


def test_no_grace_where_nothing_was_to_be_renewed(books: Books) -> None:
    with books.on("2027-01-10") as unit:
        books.paid(unit)
    with books.on("2028-01-11") as unit:
        note_failed_payment(unit, one_subscription(unit), 14)
    assert not books.reads("2028-01-12")


def test_a_subscription_starts_on_the_day_that_was_asked_for(books: Books) -> None:
    with books.on("2026-12-01") as unit:
        books.paid(unit, starts_at=instant("2027-01-01"))
    assert not books.reads("2026-12-31")
    assert books.stretches() == [("2027-01-01", "2028-01-01")]


@pytest.mark.parametrize("earlier", [False, True], ids=["first", "after an old one"])
def test_what_is_paid_after_the_day_asked_for_begins_when_it_is_paid(
    books: Books, earlier: bool
) -> None:
    if earlier:
        with books.on("2024-05-05") as unit:
            books.paid(unit)
    with books.on("2026-12-01") as unit:
        order = books.order(unit, starts_at=instant("2027-01-01"))
    with books.on("2027-03-01") as unit:
        unit.db.add(order)
        receive_payment(unit, order, "late", 4800, books.offers)
    assert books.stretches()[-1] == ("2027-03-01", "2028-03-01")


def test_what_is_bought_twice_follows_itself(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit)
    with books.on("2027-06-01") as unit:
        books.paid(unit)
    assert books.stretches() == [("2027-01-01", "2028-01-01"), ("2028-01-01", "2029-01-01")]


def test_another_plan_begins_at_once(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit)
    with books.on("2027-06-01") as unit:
        books.paid(unit, plan="print")
    assert ("2027-06-01", "2028-06-01") in books.stretches()


def test_what_is_paid_follows_what_was_given(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        plan = books.offers.plan("digital")
        assert plan is not None
        give(unit, books.reader(unit), plan, books.offers, instant("2027-04-01"))
        books.paid(unit)
    assert books.stretches() == [("2027-01-01", "2027-04-01"), ("2027-04-01", "2028-04-01")]
