"""The process dies (SIGKILL) at each of its steps between Stripe's message and the commit."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from local_stripe import LATER_DECLINED_CARD, LocalStripe
from patience import patience
from paywall_process import REPOSITORY
from shop import PARIS, Shop, Signed, Standing, only
from sqlalchemy import func, select
from stores import sqlite_copy

from paywall.money import card_change
from paywall.money.reconcile import differences
from paywall.store.database import Database
from paywall.store.schema import Order, Payment, Period, ProviderEvent

SCRIPT = Path(__file__).parents[1] / "stripe" / "crashing.py"
REHEARSAL = 0
MOST_STEPS = 120


class Crashing:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # whatever it forked ends with it
        )

    def handle(self, shop: Shop, message: Signed, step: int, *, at_requests: bool = False) -> str:
        """Handle a message in a process of its own, which is killed at a step of it."""
        asked = {
            "database": shop.database.url,
            "key": shop.settings.stripe_key,
            "secret": shop.settings.stripe_webhook_secret,
            "api": shop.stripe.address,
            "offers": str(shop.books.offers_file),
            "body": message.body.decode(),
            "signature": message.signature,
            "step": step,
            "at_requests": at_requests,
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        with patience(self.process):
            return self.process.stdout.readline().strip()


@pytest.fixture
def crashing() -> Iterator[Crashing]:
    made = Crashing()
    yield made
    made.process.communicate(timeout=20)


def test_killed_at_any_step_nothing_is_lost_and_nothing_doubled(
    shop: Shop, crashing: Crashing, copy_store: Callable[[], str]
) -> None:
    """One sale, told as often as there are steps; each time to books that do not know it yet."""
    reference = shop.buy(renews=True)
    (told,) = only(shop.stripe.heard(), "checkout.session.completed")
    shop.database.close()
    shop.database = Database(copy_store())
    assert crashing.handle(shop, told, REHEARSAL) == "done"
    step, done = 0, "killed"
    while done == "killed" and step < MOST_STEPS:
        step += 1
        shop.database = shop.books_database(Database(copy_store()))
        done = crashing.handle(shop, told, step)
        after = shop.standing(reference), has_right(shop, reference)
        # All of it or nothing: money is never in the books without its right, nor the reverse.
        assert after in ((Standing("awaiting", 0), 0), (Standing("paid", 4800), 1)), step
        assert shop.deliver(told) == 200  # Stripe tells again what was not answered
        assert (shop.standing(reference), has_right(shop, reference)) == (
            Standing("paid", 4800),
            1,
        ), step
        assert rows(shop.database) == [1, 1, 1], step
        assert [d for d in differences(shop.till) if "prélève" not in d.text] == [], step
        shop.database.close()
    assert done == "done"
    assert step > 20


def rows(database: Database) -> list[int | None]:
    """How many payments, periods and messages are written down."""
    with database.read() as db:
        return [
            db.scalar(select(func.count()).select_from(table))
            for table in (Payment, Period, ProviderEvent)
        ]


def test_killed_at_any_request_to_stripe_a_new_card_is_used_and_charged_once(
    migrated_sqlite: Path, stripe: LocalStripe, tmp_path: Path, crashing: Crashing
) -> None:
    step, done = 0, "killed"
    while done == "killed" and step < MOST_STEPS:
        step += 1
        stripe.forget()
        (folder := tmp_path / str(step)).mkdir()
        shop = Shop(Database(sqlite_copy(migrated_sqlite, folder)), stripe, folder)
        message = card_after_a_failure(shop)
        done = crashing.handle(shop, message, step, at_requests=True)
        assert shop.deliver(message) == 200
        assert shop.hear() == {200}
        assert shop.orders() == [Standing("paid", 4800)] * 2, step
        assert shop.subscription().grace_until is None
        intents = stripe.client.v1.payment_intents.list({}).data
        assert [i.status for i in intents].count("succeeded") == 2, step
        assert shop.books.log().count("subscription.card") == 1
        shop.database.close()
    assert done == "done"
    assert step > 15


def card_after_a_failure(shop: Shop) -> Signed:
    """A year's renewal was declined, and another card has been given: what Stripe tells of it."""
    _, subscription = shop.subscribe()
    shop.stripe.use_card(subscription, LATER_DECLINED_CARD)
    shop.later(days=366)
    shop.stripe.renew(subscription)
    assert shop.hear() == {200}
    page = card_change.ask(shop.till, shop.subscription().id, {"done": PARIS, "back": PARIS})
    shop.stripe.pay(page)
    (message,) = only(shop.stripe.heard(), "checkout.session.completed")
    return message


def has_right(shop: Shop, reference: str) -> int:
    with shop.database.read() as db:
        asked = select(func.count()).select_from(Period).join(Order, Order.id == Period.order_id)
        return db.scalar(asked.where(Order.reference == reference)) or 0
