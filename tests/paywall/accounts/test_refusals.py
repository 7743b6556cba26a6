"""What is refused whoever asks, and what changes nothing when it is asked again."""

from datetime import timedelta
from pathlib import Path

import pytest
from books import Books, instant, one_subscription
from sqlalchemy import select

from paywall.accounts.feeds import create_feed
from paywall.accounts.orders import renewal_order
from paywall.accounts.payments import fulfil_free, receive_payment
from paywall.accounts.sessions import end_session, find_session
from paywall.accounts.subscriptions import pause, resume
from paywall.errors import OffersError, RefusedError
from paywall.offers.members import read_members
from paywall.store.schema import EndedSession, Period, Session


def test_nothing_is_sold_before_the_first_grid(books: Books) -> None:
    with (
        books.on("2019-12-31") as unit,
        pytest.raises(RefusedError, match="aucun prix n’est encore en vigueur"),
    ):
        books.order(unit)


def test_what_has_a_price_is_never_given_as_if_it_had_none(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        order = books.order(unit)
        with pytest.raises(RefusedError, match="est à payer"):
            fulfil_free(unit, order, books.offers)
    assert books.stretches() == []


def test_a_reader_has_one_private_feed(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        reader = books.reader(unit)
        create_feed(unit, reader)
        unit.db.flush()
        with pytest.raises(RefusedError, match="vous avez déjà un flux"):
            create_feed(unit, reader)


def test_a_session_ends_once(books: Books) -> None:
    with books.on("2027-01-01") as unit:
        session = Session(
            reader_id=books.reader(unit).id,
            digest=b"d" * 32,
            subject="s",
            device="",
            created_at=unit.now,
            seen_at=unit.now,
            ends_at=unit.now + timedelta(days=1),
        )
        unit.db.add(session)
        unit.db.flush()
        end_session(unit, session)
    with books.on("2027-01-02") as unit:
        end_session(unit, unit.db.query(Session).one())
        assert unit.db.query(EndedSession).count() == 1
        assert find_session(unit.db, "no secret of ours", unit.now) is None


def test_a_year_that_was_over_before_a_pause_stays_where_it_was(books: Books) -> None:
    with books.on("2026-01-01") as unit:
        books.paid(unit, renews=True)
    with books.on("2026-12-01") as unit:
        order = renewal_order(unit, one_subscription(unit), books.offers)
        receive_payment(unit, order, "renewal", order.amount_cents, books.offers)
    with books.on("2027-03-01") as unit:
        pause(unit, one_subscription(unit))
    with books.on("2027-04-01") as unit:
        resume(unit, one_subscription(unit))
    with books.database.read() as db:
        first, second = db.scalars(select(Period).order_by(Period.starts_at))
    assert (first.starts_at, first.ends_at) == (instant("2026-01-01"), instant("2027-01-01"))
    assert second.ends_at == instant("2028-02-01")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ana@example.org,king,,", r":2: status : .*pas « king »"),
        ("ana@example.org,alumnus,,31/13/2027", r":2: .*31/13/2027"),
        ("ana@example.org,alumnus,12 juin,", r":2: graduated : « 12 juin » n’est pas une année"),
        ("ana,alumnus,,", r":2: « ana » n’est pas une adresse"),
    ],
)
def test_a_wrong_line_of_the_list_of_members_is_named(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "members.csv"
    file.write_text(f"email,status,graduated,dues_until\n{line}\n", "utf-8")
    with pytest.raises(OffersError, match=told):
        list(read_members(file))
