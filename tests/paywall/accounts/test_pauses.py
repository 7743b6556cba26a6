"""Subscriptions that stand still, end, and are taken up again: no day that was paid is lost."""

import pytest
from books import Books, instant, one_subscription
from sqlalchemy import select

from paywall.accounts.orders import renewal_order
from paywall.accounts.payments import receive_payment
from paywall.accounts.rights import State, end_of, state_of
from paywall.accounts.subscriptions import cancel, end_now, keep_renewing, pause, resume
from paywall.errors import RefusedError
from paywall.store.schema import Subscription


def paused_subscription(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit, renews=True)
    with books.on("2027-03-01") as unit:
        pause(unit, one_subscription(unit))


def test_nothing_opens_while_it_stands_still_and_what_was_published_before_stays(
    books: Books,
) -> None:
    paused_subscription(books)
    assert books.rights("2027-04-01").grants == ("published:2027-01-01/2027-03-01",)


def test_its_end_is_later_by_as_long_as_it_stood_still(books: Books) -> None:
    paused_subscription(books)
    with books.on("2027-05-01") as unit:
        resume(unit, one_subscription(unit))
    assert books.stretches() == [("2027-01-01", "2027-03-01"), ("2027-05-01", "2028-03-02")]


def test_a_year_that_was_paid_in_advance_stands_still_too(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit)
        books.paid(unit)
    with books.on("2027-07-01") as unit:
        pause(unit, next(s for s in unit.db.scalars(select(Subscription)) if s.id))
    assert not books.reads("2028-02-01")
    with books.on("2028-07-01") as unit:  # 366 days later
        resume(unit, next(iter(unit.db.scalars(select(Subscription)))))
    assert books.stretches() == [
        ("2027-01-01", "2027-07-01"),
        ("2028-07-01", "2029-01-01"),
        ("2029-01-01", "2030-01-02"),
    ]


def test_a_renewal_that_is_paid_while_it_stands_still_follows_what_is_left(books: Books) -> None:
    paused_subscription(books)
    with books.on("2028-06-01") as unit:
        order = renewal_order(unit, one_subscription(unit), books.offers)
        receive_payment(unit, order, "r1", order.amount_cents, books.offers)
        assert state_of(one_subscription(unit), unit.now) is State.PAUSED
    with books.on("2028-06-11") as unit:
        resume(unit, one_subscription(unit))
    assert books.stretches()[1:] == [("2028-06-11", "2029-04-13"), ("2029-04-13", "2030-04-14")]


def test_whoever_buys_it_anew_while_it_stands_still_reads_at_once(books: Books) -> None:
    paused_subscription(books)
    with books.on("2027-04-01") as unit:
        books.paid(unit)
    assert books.reads("2027-04-01")
    assert books.stretches()[-1] == ("2028-02-01", "2029-02-01")


def test_buying_an_issue_or_another_plan_wakes_nothing(books: Books) -> None:
    paused_subscription(books)
    with books.on("2027-04-01") as unit:
        books.paid(unit, issue="812-lumiere")
        held = one_subscription(unit)
        assert state_of(held, unit.now) is State.PAUSED
        books.paid(unit, plan="print")
        assert state_of(held, unit.now) is State.PAUSED


@pytest.mark.parametrize("again", [pause, resume, cancel], ids=["pause", "resume", "cancel"])
def test_doing_it_twice_changes_nothing_more(books: Books, again: object) -> None:
    paused_subscription(books)
    with books.on("2027-04-01") as unit:
        again(unit, one_subscription(unit))  # type: ignore[operator]
    lines, before = len(books.log()), books.stretches()
    with books.on("2027-04-01") as unit:
        again(unit, one_subscription(unit))  # type: ignore[operator]
    assert (len(books.log()), books.stretches()) == (lines, before)


def test_what_has_ended_cannot_be_paused(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit)
    with books.on("2028-01-02") as unit, pytest.raises(RefusedError, match="en cours"):
        pause(unit, one_subscription(unit))


def test_a_cancelled_one_runs_to_its_end_and_can_be_kept_even_while_paused(books: Books) -> None:
    paused_subscription(books)
    with books.on("2027-03-02") as unit:
        cancel(unit, one_subscription(unit))
    with books.on("2027-03-03") as unit:
        keep_renewing(unit, one_subscription(unit))
        assert one_subscription(unit).cancelled_at is None


def test_one_that_has_ended_is_not_kept(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit, renews=True)
    with books.on("2027-06-01") as unit:
        cancel(unit, one_subscription(unit))
    assert books.reads("2027-12-31")
    with books.on("2028-01-01") as unit, pytest.raises(RefusedError, match="nouveau"):
        keep_renewing(unit, one_subscription(unit))


def test_ended_at_once_nothing_new_opens_and_what_was_published_stays(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit, renews=True)
        order = renewal_order(unit, one_subscription(unit), books.offers)
        receive_payment(unit, order, "r1", order.amount_cents, books.offers)
    with books.on("2027-03-01") as unit:
        end_now(unit, one_subscription(unit))
        assert end_of(one_subscription(unit)) == instant("2027-03-01")
    assert books.rights("2027-03-02").grants == ("published:2027-01-01/2027-03-01",)


def test_ended_while_it_stands_still_it_does_not_come_back(books: Books) -> None:
    paused_subscription(books)
    with books.on("2027-04-01") as unit:
        end_now(unit, one_subscription(unit))
    with books.on("2027-05-01") as unit:
        resume(unit, one_subscription(unit))
    assert books.stretches() == [("2027-01-01", "2027-03-01")]


def test_a_pause_that_is_taken_back_at_once_moves_no_day(books: Books) -> None:
    with books.on("2027-01-01T00:00") as unit:
        books.paid(unit)
    with books.on("2027-03-01T10:00") as unit:
        pause(unit, one_subscription(unit))
    with books.on("2027-03-01T10:20") as unit:
        resume(unit, one_subscription(unit))
        assert end_of(one_subscription(unit)) == instant("2028-01-01T00:00")
