"""An association that sells by card in tests: its books, its till, its Stripe, and the time."""

import json
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from books import ADDRESS, Books, the_order
from local_stripe import GOOD_CARD, KEY, SECRET, LocalStripe, Signed
from paywall_client import Client
from sqlalchemy import select
from stripe import WebhookSignature

from paywall.accounts.orders import paid_cents
from paywall.money.till import Till
from paywall.money.webhook import STRIPE_PATH, StripeWebhook
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.schema import Order, Subscription
from paywall.store.unit import Unit

PARIS = "https://revue.example"


@dataclass(frozen=True)
class Standing:
    """How an order stands in the books."""

    status: str
    paid_cents: int


class Shop:
    def __init__(self, database: Database, stripe: LocalStripe, folder: Path) -> None:
        self.stripe, self.database = stripe, database
        self.books = Books(database, folder)
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.settings = Settings(
            address=PARIS,
            database=database.url,
            offers=self.books.offers_file,
            stripe_key=KEY,
            stripe_webhook_secret=SECRET,
            stripe_api=stripe.address,
        )
        self.till = self.till_of(self.settings)

    def till_of(self, settings: Settings) -> Till:
        return Till(settings, self.database, lambda: self.books.offers, lambda: self.now)

    def on(self, database: Database) -> "Shop":
        """The same shop with other books."""
        other = object.__new__(Shop)
        other.__dict__.update(self.__dict__)
        other.database = other.books_database(database)
        return other

    def books_database(self, database: Database) -> Database:
        self.books.database = database
        self.till = replace(self.till, database=database)
        return database

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    def unit(self) -> AbstractContextManager[Unit]:
        return self.database.begin(self.now, "test")

    def order(self, email: str = ADDRESS, **wish: object) -> str:
        """Order something by card; the order's reference."""
        with self.unit() as unit:
            reader = self.books.reader(unit, email)
            return self.books.order(unit, reader, **{"provider": "stripe", **wish}).reference

    def buy(self, card: str = GOOD_CARD, email: str = ADDRESS, **wish: object) -> str:
        """Order and pay on Stripe's page; the browser has not come back yet."""
        reference = self.order(email, **wish)
        self.stripe.pay(self.till.start_checkout(reference), card)
        return reference

    def subscribe(self) -> tuple[str, str]:
        """A renewing subscription that was paid and told: our reference, and Stripe's."""
        reference = self.buy(renews=True)
        assert self.hear() == {200}
        return reference, self.stripe_subscription()

    def hear(self) -> set[int]:
        """Deliver all that Stripe has told meanwhile, in order; the answers."""
        return {self.deliver(message) for message in self.stripe.heard()}

    def deliver(self, message: Signed, till: Till | None = None) -> int:
        return post(till or self.till, message.body, message.signature)

    def standing(self, reference: str) -> Standing:
        with self.database.read() as db:
            order = db.scalars(select(Order).where(Order.reference == reference)).one()
            return Standing(order.status, paid_cents(order))

    def orders(self) -> list[Standing]:
        with self.database.read() as db:
            every = db.scalars(select(Order).order_by(Order.id))
            return [Standing(order.status, paid_cents(order)) for order in every]

    def payment(self, reference: str, which: int = 0) -> str:
        """Stripe's name of what was paid of an order."""
        with self.database.read() as db:
            order = db.scalars(select(Order).where(Order.reference == reference)).one()
            came = [p.reference for p in order.payments if p.amount_cents > 0]
            return came[which].removeprefix("stripe:")

    def refund_at_stripe(self, payment: str, cents: int, *, ends: bool = False) -> None:
        """As the treasurer does in Stripe's dashboard."""
        self.stripe.client.v1.refunds.create(
            {"payment_intent": payment, "amount": cents, "metadata": {"ends": "1" if ends else "0"}}
        )

    def stripe_subscription(self) -> str:
        return self.stripe.client.v1.subscriptions.list({"status": "all"}).data[-1].id

    def subscription(self) -> Subscription:
        with self.database.read() as db:
            return db.scalars(select(Subscription)).one()

    def reads(self) -> bool:
        return self.books.reads(self.now.isoformat()[:19])

    def grants(self) -> tuple[str, ...]:
        return self.books.rights(self.now.isoformat()[:19]).grants

    def periods(self) -> list[tuple[str, str]]:
        return self.books.stretches()

    def erase_reader(self, reference: str) -> None:
        with self.unit() as unit:
            reader = the_order(unit, reference).reader
            reader.erased_at, reader.email, reader.name = unit.now, None, ""


def post(till: Till, body: bytes, signature: str | None) -> int:
    headers = {"stripe-signature": signature} if signature is not None else {}
    client = Client(StripeWebhook(till), PARIS)
    return client.post(STRIPE_PATH, content=body, headers=headers).status_code


def signed(event: object, *, secret: str = SECRET, age_seconds: int = 0) -> Signed:
    """A message with a signature of our own making."""
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    at = int(time.time()) - age_seconds
    mac = WebhookSignature._compute_signature(f"{at}.{body.decode('utf-8', 'replace')}", secret)
    return Signed(body, f"t={at},v1={mac}")


def only(messages: Iterable[Signed], *kinds: str) -> list[Signed]:
    return [message for message in messages if message.kind in kinds]
