"""Money that comes in parts, twice, late, for somebody who left; goes back; is disputed."""

import pytest
from books import Books, one_subscription, the_order

from paywall.accounts.disputes import lose_dispute, open_dispute, win_dispute
from paywall.accounts.orders import (
    CANCELLED,
    DISPUTED,
    PAID,
    PARTIAL,
    REFUNDED,
    Wish,
    find_order,
    give_up,
    paid_cents,
    price_of,
    renewal_order,
)
from paywall.accounts.payments import (
    fulfil_free,
    receive_payment,
    refund,
    refund_failed,
    settle,
)
from paywall.accounts.subscriptions import note_failed_payment
from paywall.errors import RefusedError


def test_nothing_is_given_for_a_part_and_everything_when_the_rest_comes(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        assert receive_payment(unit, order, "a", 4799, books.offers)
        assert order.status == PARTIAL
    assert not books.reads("2027-01-02")
    with books.on("2027-01-05") as unit:
        receive_payment(unit, the_order(unit), "b", 1, books.offers)
        assert the_order(unit).status == PAID
    assert books.stretches() == [("2027-01-05", "2028-01-05")]


def test_the_same_payment_told_again_counts_once(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        assert [receive_payment(unit, order, "a", 2400, books.offers) for _ in range(3)] == [
            True,
            False,
            False,
        ]
        assert paid_cents(order) == 2400
    assert not books.reads("2027-01-02")


def test_a_double_payment_gives_one_period_and_stays_in_the_books(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        receive_payment(unit, order, "again", 4800, books.offers)
        assert (order.status, paid_cents(order)) == (PAID, 9600)
    assert books.stretches() == [("2027-01-01", "2028-01-01")]


def test_the_excess_goes_back_without_taking_anything(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        receive_payment(unit, order, "again", 4800, books.offers)
        refund(unit, order, "back", 4800)
        assert (order.status, paid_cents(order)) == (PAID, 4800)
    assert books.reads("2027-06-01")


def test_one_payment_cannot_count_for_two_orders(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        first, second = books.order(unit), books.order(unit)
        receive_payment(unit, first, "a", 4800, books.offers)
        with pytest.raises(RefusedError, match="autre commande"):
            receive_payment(unit, second, "a", 4800, books.offers)


def test_money_for_an_order_that_was_given_up_is_accepted(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        assert give_up(unit, order)
        assert order.status == CANCELLED
    with books.on("2027-04-01") as unit:
        receive_payment(unit, the_order(unit), "late", 4800, books.offers)
    assert books.stretches() == [("2027-04-01", "2028-04-01")]


def test_what_something_was_paid_of_is_not_given_up(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        receive_payment(unit, order, "a", 100, books.offers)
        assert not give_up(unit, order)


def test_money_for_a_reader_who_was_erased_is_noted_and_gives_nothing(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        order.reader.erased_at, order.reader.email = unit.now, None
    with books.on("2027-01-03") as unit:
        order = the_order(unit)
        assert receive_payment(unit, order, "a", 4800, books.offers)
        assert (order.status, order.paid_at, paid_cents(order)) == (PARTIAL, None, 4800)
    assert books.stretches() == []


def test_money_for_a_plan_that_is_sold_no_more_is_noted_and_given_once_it_is_back(
    books: Books,
) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        assert receive_payment(unit, order, "a", 4800, books.without_plan("digital"))
        assert paid_cents(order) == 4800
        assert not settle(unit, order, books.without_plan("digital"))
    assert not books.reads("2027-01-02")
    with books.on("2027-01-03") as unit:
        assert settle(unit, the_order(unit), books.offers)
        assert not settle(unit, the_order(unit), books.offers)
    assert books.stretches() == [("2027-01-03", "2028-01-03")]


@pytest.mark.parametrize("cents", [0, -4800])
def test_a_payment_of_nothing_or_less_is_refused(books: Books, cents: int) -> None:
    with books.on("2027-01-01") as unit, pytest.raises(RefusedError):
        receive_payment(unit, books.order(unit), "a", cents, books.offers)


def test_refunded_in_parts_everything_is_taken_back_with_the_last(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        refund(unit, order, "r1", 2000)
        assert order.status == PAID
    assert books.reads("2027-02-01")
    with books.on("2027-02-02") as unit:
        refund(unit, the_order(unit), "r2", 2800)
        assert the_order(unit).status == REFUNDED
    assert books.rights("2027-02-03").grants == ()


def test_the_same_refund_told_again_counts_once_even_when_nothing_is_left(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        assert refund(unit, order, "r1", 4800)
        assert not refund(unit, order, "r1", 4800)


def test_no_more_goes_back_than_came(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        refund(unit, order, "r1", 4000)
        with pytest.raises(RefusedError, match="plus que"):
            refund(unit, order, "r2", 801)


def test_a_refund_that_ends_keeps_what_was_published_until_then(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit, renews=True)
    with books.on("2027-07-01") as unit:
        refund(unit, the_order(unit), "r1", 2400, ends=True)
    assert books.rights("2027-07-02").grants == ("published:2027-01-01/2027-07-01",)


def test_a_part_that_went_back_before_the_rest_came_is_due_again(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        receive_payment(unit, order, "a", 2000, books.offers)
        refund(unit, order, "r1", 2000)
        receive_payment(unit, order, "b", 4800, books.offers)
        assert order.status == PAID
    assert books.reads("2027-01-02")


def test_a_refunded_renewal_is_the_last_and_leaves_the_year_before(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit, renews=True)
    with books.on("2028-01-01") as unit:
        order = renewal_order(unit, one_subscription(unit), books.offers)
        receive_payment(unit, order, "r", 4800, books.offers)
    with books.on("2028-01-15") as unit:
        refund(unit, the_order(unit, order.reference), "back", 4800)
        assert one_subscription(unit).cancelled_at is not None
        note_failed_payment(unit, one_subscription(unit), 14)
    assert books.rights("2028-01-16").grants == ("published:2027-01-01/2028-01-01",)


def test_a_refund_of_an_old_year_cancels_nothing_of_the_present_one(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        first = books.paid(unit, renews=True).reference
    with books.on("2028-01-01") as unit:
        order = renewal_order(unit, one_subscription(unit), books.offers)
        receive_payment(unit, order, "r", 4800, books.offers)
        refund(unit, the_order(unit, first), "courtesy", 4800)
        assert one_subscription(unit).cancelled_at is None
    assert books.reads("2028-06-01")


def test_an_issue_is_bought_for_good_and_goes_with_its_money(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit, issue="812-lumiere")
    assert books.rights("2047-01-01").grants == ("issue:812-lumiere",)
    with books.on("2027-01-02") as unit:
        refund(unit, the_order(unit), f"r{order.id}", 1000)
    assert books.rights("2027-01-03").grants == ()


def test_a_refund_that_fails_leaves_its_money_in_the_books_and_opens_nothing(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        assert not refund_failed(unit, order, "r1", 4800)  # never told: nothing came back
        refund(unit, order, "r1", 4800)
        assert refund_failed(unit, order, "r1", 4800)
        assert not refund_failed(unit, order, "r1", 4800)
        assert (order.status, paid_cents(order)) == (REFUNDED, 4800)
    assert not books.reads("2027-01-02")


def test_a_dispute_closes_and_winning_it_opens_again(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        books.paid(unit, renews=True)
    with books.on("2027-02-01") as unit:
        assert open_dispute(unit, the_order(unit))
        assert not open_dispute(unit, the_order(unit))
        assert the_order(unit).status == DISPUTED
        assert one_subscription(unit).cancelled_at is not None
    assert books.rights("2027-02-02").grants == ()
    with books.on("2027-03-01") as unit:
        assert win_dispute(unit, the_order(unit))
        assert not win_dispute(unit, the_order(unit))
    assert books.stretches() == [("2027-01-01", "2028-01-01")]
    assert books.reads("2027-12-31")


def test_a_dispute_that_is_lost_takes_the_money_once_and_restores_nothing(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        open_dispute(unit, order)
        assert lose_dispute(unit, order, "dp1", 4800)
        assert not lose_dispute(unit, order, "dp1", 4800)
        assert not win_dispute(unit, order)
        assert (order.status, paid_cents(order)) == (REFUNDED, 0)
    assert not books.reads("2027-01-02")


def test_what_was_refunded_is_not_given_again_by_a_dispute(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        refund(unit, order, "r1", 4800)
        assert not open_dispute(unit, order)
        assert not win_dispute(unit, order)
    assert not books.reads("2027-01-02")


def test_what_costs_nothing_is_given_without_a_payment_once(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        with pytest.raises(RefusedError, match="payer"):
            fulfil_free(unit, order, books.offers)
        order.amount_cents = 0
        fulfil_free(unit, order, books.offers)
        with pytest.raises(RefusedError):
            fulfil_free(unit, order, books.offers)
    assert books.stretches() == [("2027-01-01", "2028-01-01")]


@pytest.mark.parametrize("wish", [Wish(), Wish(plan="digital", issue="812-lumiere")])
def test_an_order_is_one_plan_or_one_issue(books: Books, wish: Wish) -> None:
    with books.on("2027-01-01") as unit, pytest.raises(RefusedError, match="ou un numéro"):
        price_of(books.offers, wish, books.offers.public_class, unit.now.date())


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "plain", "spaced"])
def test_a_reference_is_found_however_it_is_typed(books: Books, typed: str) -> None:
    with books.on("2027-01-01") as unit:
        reference = books.order(unit).reference
        letters = reference.removeprefix("BIC-")
        spelt = {
            "lower": reference.lower(),
            "plain": letters.replace("-", ""),
            "spaced": reference.replace("-", " "),
        }.get(typed, typed.format(reference))
        assert find_order(unit.db, spelt) is not None
        assert find_order(unit.db, f"{spelt}X") is None


def test_every_change_of_an_amount_is_in_the_log_with_before_and_after(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.paid(unit)
        refund(unit, order, "r1", 4800)
    assert books.log() == [
        "order.placed",
        "period.added",
        "order.payment",
        "period.withdrawn",
        "subscription.cancelled",
        "order.refunded",
    ]
