"""Compares what Stripe has with the books, and the books with themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from paywall.accounts.orders import DISPUTED, REFUNDED, find_order
from paywall.accounts.providers import STRIPE
from paywall.accounts.rights import State, end_of, is_paused, state_of
from paywall.money.amounts import spell_cents
from paywall.money.books import Difference, check_books
from paywall.money.provider import KnownSubscription, Statement
from paywall.money.till import Till
from paywall.store.schema import Order, Payment, Subscription

_DRIFT = timedelta(days=1, hours=1)
_PREFIX = f"{STRIPE}:"
_FAILED = ":failed"


def differences(till: Till) -> list[Difference]:
    """Every one, the books' own first. Raises `ProviderDownError`.

    What Stripe has told within the last moments may be listed: asked again, it is not.
    """
    began = till.clock()
    statement = till.cards.statement() if till.cards is not None else None
    with till.database.read() as db:
        found = list(check_books(db, till.offers()))
        if statement is not None:
            found += _Comparison(db, statement, began).all()
    return found


class _Comparison:
    """Stripe's statement beside the books."""

    def __init__(self, db: Session, statement: Statement, now: datetime) -> None:
        self._db, self._stripe, self._now = db, statement, now
        ours = db.scalars(select(Payment).where(Payment.reference.startswith(_PREFIX)))
        self._ours = {p.reference.removeprefix(_PREFIX): p for p in ours}

    def all(self) -> list[Difference]:
        """In the order of what matters most: money, what went back, disputes, what is to come."""
        return [
            *self._missing_payments(),
            *self._missing_returns(),
            *self._unknown_rows(),
            *self._disputes(),
            *self._subscriptions(),
            *self._unknown_subscriptions(),
        ]

    def _missing_payments(self) -> Iterator[Difference]:
        for reference, told in self._stripe.payments.items():
            amount = spell_cents(told.amount_cents, told.currency)
            row = self._ours.get(reference)
            if row is not None:
                if row.amount_cents != told.amount_cents:
                    wrong = spell_cents(row.amount_cents, row.order.currency)
                    yield Difference(reference, f"{amount} chez Stripe, {wrong} dans les livres")
                continue
            order = find_order(self._db, told.order) if told.order else None
            if told.order and order is None:
                why = f"pour la commande {told.order}, qui n’existe pas"
            elif order is not None:
                due = spell_cents(order.amount_cents, order.currency)
                why = f"pour la commande {order.reference}, de {due}"
            else:
                why = f"pour renouveler {told.subscription}"
            yield Difference(reference, f"{amount} reçus par Stripe {why}, pas dans les livres")

    def _missing_returns(self) -> Iterator[Difference]:
        for reference, (payment, cents) in self._stripe.returned.items():
            row = self._ours.get(reference)
            if row is None:
                currency = self._stripe.payments[payment].currency
                amount = spell_cents(cents, currency)
                yield Difference(
                    reference, f"{amount} rendus par Stripe ({payment}), pas dans les livres"
                )
            elif row.amount_cents != -cents:
                yield Difference(reference, "un autre montant rendu chez Stripe")

    def _unknown_rows(self) -> Iterator[Difference]:
        known = {*self._stripe.payments, *self._stripe.returned, *self._stripe.disputes}
        for reference, row in self._ours.items():
            failed = reference.endswith(_FAILED) or f"{reference}{_FAILED}" in self._ours
            if reference not in known and not failed and row.received_at < self._now:
                amount = spell_cents(row.amount_cents, row.order.currency)
                yield Difference(
                    row.order.reference, f"{amount} dans les livres ({reference}), pas chez Stripe"
                )

    def _disputes(self) -> Iterator[Difference]:
        disputed: set[int] = set()
        for reference, told in self._stripe.disputes.items():
            row = self._ours.get(told.payment)
            if row is None:
                continue
            if told.is_open:
                disputed.add(row.order_id)
            if told.is_open and row.order.status not in {DISPUTED, REFUNDED}:
                yield Difference(row.order.reference, f"contestée chez Stripe ({reference})")
            if told.is_lost and reference not in self._ours:
                yield Difference(row.order.reference, f"contestation perdue ({reference})")
        for order in self._db.scalars(select(Order).where(Order.status == DISPUTED)):
            if order.id not in disputed:
                yield Difference(order.reference, "contestée ici, plus chez Stripe")

    def _subscriptions(self) -> Iterator[Difference]:
        for reference, told in self._stripe.subscriptions.items():
            asked = select(Subscription).where(Subscription.provider_ref == reference)
            held = self._db.scalars(asked).one_or_none()
            if held is not None:
                yield from (Difference(reference, text) for text in self._compare(told, held))
            elif not told.stops:
                text = f"renouvelé par Stripe (commande {told.order}), pas dans les livres"
                yield Difference(reference, text)

    def _compare(self, told: KnownSubscription, held: Subscription) -> Iterator[str]:
        over = held.cancelled_at is not None or held.reader.erased_at is not None
        if over and not told.stops:
            yield "renouvelé par Stripe, mais résilié ici"
        if told.stops and not over:
            yield "résilié chez Stripe, mais pas ici"
        if told.stops or over:
            return
        if told.paused != is_paused(held):
            where = "chez Stripe" if told.paused else "ici"
            yield f"suspendu {where} seulement"
        end = end_of(held)
        if state_of(held, self._now) is not State.ACTIVE or end is None or told.renews_at is None:
            return
        if abs(end - told.renews_at) > _DRIFT:
            days = (told.renews_at.date().isoformat(), end.date().isoformat())
            yield f"Stripe prélève le {days[0]}, la période finit le {days[1]}"

    def _unknown_subscriptions(self) -> Iterator[Difference]:
        asked = select(Subscription).where(
            Subscription.provider == STRIPE,
            Subscription.renews,
            Subscription.cancelled_at.is_(None),
        )
        for held in self._db.scalars(asked):
            if held.provider_ref not in self._stripe.subscriptions and end_of(held) is not None:
                text = "à renouveler ici, inconnu chez Stripe"
                yield Difference(held.provider_ref or f"abonnement {held.id}", text)
