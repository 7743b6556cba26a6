"""Whatever becomes of subscriptions: no paid day is lost or given twice, and what was had stays."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from books import Books, instant
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import sqlite_copy

from paywall.accounts.payments import refund
from paywall.accounts.rights import Rights, Stretch, rights_of, stretches_of
from paywall.accounts.subscriptions import cancel, pause, resume
from paywall.errors import RefusedError
from paywall.grants import entitlement_of
from paywall.keys import new_key
from paywall.store.database import Database
from paywall.store.schema import Purchase, Subscription
from paywall.tokens import issue_token

DEEDS = ("buy", "buy monthly", "pause", "resume", "cancel")
_STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(min_value=0, max_value=500)), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(steps=_STEPS)
def test_no_paid_day_is_lost_or_given_twice(
    migrated_sqlite: Path, quick: Path, steps: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory(dir=quick) as folder:
        database = Database(sqlite_copy(migrated_sqlite, Path(folder)))
        books, now, paid = Books(database, Path(folder)), instant("2027-01-31"), []
        for deed, days in steps:
            now += timedelta(days=days)
            _do(books, deed, now, paid)
        with database.begin(now, "test") as unit:
            subscriptions = unit.db.query(Subscription).all()
            for subscription in subscriptions:
                resume(unit, subscription)
            given_time = sum(
                (s.ends_at - s.starts_at for s in _stretches(subscriptions)), timedelta()
            )
        database.close()
    months = timedelta(days=31)
    assert abs(given_time - sum(paid, timedelta())) <= months * 0.15 * max(1, len(paid))


@settings(max_examples=60, deadline=None)
@given(steps=_STEPS)
def test_what_was_published_while_one_read_stays_for_good(
    migrated_sqlite: Path, quick: Path, steps: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory(dir=quick) as folder:
        database = Database(sqlite_copy(migrated_sqlite, Path(folder)))
        books, now, paid = Books(database, Path(folder)), instant("2027-01-31"), []
        had: list[datetime] = []
        for deed, days in steps:
            now += timedelta(days=days)
            _do(books, deed, now, paid)
            rights = _rights(database, now)
            if rights is not None and rights.everything:
                had.append(now)
        later = _rights(database, now + timedelta(days=5000))
        database.close()
    for day in had:
        assert later is not None
        assert any(s.starts_at <= day <= s.ends_at for s in later.stretches), day


def test_all_that_comes_back_leaves_nothing(books: Books) -> None:
    with books.on("2027-01-31") as unit:
        order = books.paid(unit)
    with books.on("2027-03-01") as unit:
        order = unit.db.merge(order)
        refund(unit, order, "back", order.amount_cents)
    assert books.rights("2027-03-02").grants == ()


def test_a_token_of_very_many_purchases_still_fits_a_cookie(books: Books) -> None:
    with books.on("2027-01-31") as unit:
        reader = books.reader(unit)
        for n in range(400):
            issue = f"{n}-un-titre-de-numero-assez-long"
            bought = unit.now + timedelta(minutes=n)
            reader.purchases.append(Purchase(issue=issue, bought_at=bought))
    grants = books.rights("2028-01-01").grants
    token = issue_token(new_key(), "https://revue.example", grants, now=instant("2028-01-01"))
    assert len(f"__Host-bicorne_access={token}; Max-Age=900; Path=/; HttpOnly") < 4096
    assert "399-un-titre-de-numero-assez-long" in entitlement_of(grants).issues
    assert len(grants) > 40


def _do(books: Books, deed: str, now: datetime, paid: list[timedelta]) -> None:
    with books.database.begin(now, "test") as unit:
        held = unit.db.query(Subscription).all()
        if deed.startswith("buy"):
            plan = "monthly" if deed == "buy monthly" else "digital"
            books.paid(unit, plan=plan)
            paid.append(timedelta(days=30.4 if plan == "monthly" else 365.25))
            return
        for subscription in held:
            with suppress(RefusedError):
                {"pause": pause, "resume": resume, "cancel": cancel}[deed](unit, subscription)


def _stretches(subscriptions: list[Subscription]) -> list[Stretch]:
    found = []
    for subscription in subscriptions:
        own = list(stretches_of(subscription))
        assert all(a.ends_at <= b.starts_at for a, b in pairwise(own)), "a day given twice"
        found += own
    return found


def _rights(database: Database, now: datetime) -> Rights | None:
    with database.read() as db:
        held = db.query(Subscription).first()
        return rights_of(held.reader, now) if held else None


def test_what_appears_on_the_day_after_the_last_is_not_kept(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    """Subscriptions end with a month, and issues are of its first day."""
    database = Database(sqlite_copy(migrated_sqlite, tmp_path))
    books = Books(database, tmp_path)
    with books.on("2026-01-01T00:00") as unit:
        books.paid(unit)
    assert books.rights("2027-03-01").grants == ("published:2026-01-01/2026-12-31",)
    database.close()
