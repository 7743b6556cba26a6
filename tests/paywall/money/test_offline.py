"""Transfers and cheques, as the treasurer tells them."""

import threading
from pathlib import Path

import pytest
from books import Books, instant, the_order
from patience import PATIENCE_SECONDS

from paywall.accounts.orders import paid_cents
from paywall.errors import RefusedError
from paywall.money.offline import Confirmed, Receipt, confirm
from paywall.money.till import Till
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.schema import Payment


@pytest.fixture
def books(database: Database, tmp_path: Path) -> Books:
    return Books(database, tmp_path)


@pytest.fixture
def reference(books: Books) -> str:
    with books.on("2027-01-01") as unit:
        return books.order(unit).reference


def told(books: Books, reference: str, cents: int, bank: str | None = None) -> Confirmed:
    with books.on("2027-01-05", "command:marie") as unit:
        return confirm(unit, reference, Receipt(cents, bank), books.offers)


def test_the_page_of_an_order_is_where_a_transfer_starts(books: Books, reference: str) -> None:
    till = Till(Settings(), books.database, lambda: books.offers, lambda: instant("2027-01-01"))
    assert till.providers == ("offline",)
    assert till.start_checkout(reference) == f"/commande/{reference}/"
    assert not till.catch_up(reference)


def test_confirmed_in_whole_the_reader_reads(books: Books, reference: str) -> None:
    said = told(books, reference, 4800, "VIR 77")
    assert (said.is_new, said.is_given, said.missing_cents, said.excess_cents) == (True, True, 0, 0)
    assert books.reads("2027-01-06")


def test_a_part_opens_nothing_and_what_is_missing_is_told(books: Books, reference: str) -> None:
    assert told(books, reference, 3000).missing_cents == 1800
    assert not books.reads("2027-01-06")
    assert told(books, reference, 1800).is_given
    assert books.reads("2027-01-06")


def test_the_same_command_typed_twice_counts_once(books: Books, reference: str) -> None:
    assert told(books, reference, 2400).is_new
    again = told(books, reference, 2400)
    assert (again.is_new, again.missing_cents) == (False, 2400)


def test_two_payments_of_a_day_are_told_apart_by_the_banks_references(
    books: Books, reference: str
) -> None:
    told(books, reference, 2400, "CHQ 1")
    assert told(books, reference, 2400, "CHQ 2").is_given


def test_one_transfer_may_pay_two_orders(books: Books, reference: str) -> None:
    with books.on("2027-01-01") as unit:
        other = books.order(unit, issue="812-lumiere").reference
    assert told(books, reference, 4800, "VIR 9").is_given
    assert told(books, other, 1000, "VIR 9").is_given


def test_excess_stays_until_it_goes_back(books: Books, reference: str) -> None:
    told(books, reference, 4800, "VIR 1")
    assert told(books, reference, 4800, "VIR 2").excess_cents == 4800
    assert books.stretches() == [("2027-01-05", "2028-01-05")]


def test_the_day_of_the_statement_is_the_payments(books: Books, reference: str) -> None:
    with books.on("2027-01-20") as unit:
        confirm(unit, reference, Receipt(4800, on=instant("2027-01-15T00:00")), books.offers)
        (payment,) = the_order(unit, reference).payments
        assert payment.received_at == instant("2027-01-15T00:00")
    assert books.stretches() == [("2027-01-20", "2028-01-20")]  # nobody loses the wait


def test_an_order_by_card_that_was_paid_by_transfer_renews_by_itself_no_more(
    books: Books,
) -> None:
    with books.on("2027-01-01") as unit:
        reference = books.order(unit, provider="stripe", renews=True).reference
    assert told(books, reference, 4800).is_given
    with books.on("2027-01-06") as unit:
        order = the_order(unit, reference)
        assert (order.provider, order.renews) == ("offline", False)


def test_without_an_amount_what_could_not_be_given_is_given(books: Books, reference: str) -> None:
    with books.on("2027-01-02") as unit:
        confirm(unit, reference, Receipt(4800), books.without_plan("digital"))
    assert not books.reads("2027-01-03")
    with books.on("2027-01-03") as unit:
        assert confirm(unit, reference, None, books.offers).is_given
    assert books.reads("2027-01-03")


@pytest.mark.parametrize("typed", ["BIC-ZZZZ-ZZZZ", "", "x" * 1000])
def test_an_unknown_reference_is_refused(books: Books, typed: str) -> None:
    with pytest.raises(RefusedError, match="pas de commande"):
        told(books, typed, 4800)


def test_a_banks_reference_is_bounded(books: Books, reference: str) -> None:
    with pytest.raises(RefusedError, match="signes"):
        told(books, reference, 4800, "x" * 101)


def test_two_treasurers_at_once_confirm_once(books: Books, reference: str) -> None:
    start, said = threading.Barrier(2, timeout=PATIENCE_SECONDS), list[Confirmed]()

    def one() -> None:
        start.wait()
        said.append(told(books, reference, 4800, "VIR 1"))

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert sorted(c.is_new for c in said) == [False, True]
    with books.on("2027-01-06") as unit:
        assert paid_cents(the_order(unit, reference)) == 4800
        assert len(unit.db.query(Payment).all()) == 1
    assert len(books.stretches()) == 1
