"""What pages and commands do with money: start a checkout, catch up, stop and go on, refund."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from paywall.accounts.orders import AWAITING, CANCELLED, DISPUTED, PAID, REFUNDED, find_order
from paywall.accounts.payments import fulfil_free
from paywall.accounts.providers import OFFLINE, STRIPE
from paywall.accounts.rights import end_of, is_paused
from paywall.errors import PaywallError, RefusedError
from paywall.mail.telling import telling
from paywall.money.offline import Offline
from paywall.money.provider import Provider, ProviderDownError, Sale
from paywall.money.stripe_cards import StripeCards
from paywall.money.stripe_entries import enter
from paywall.money.stripe_facts import Facts
from paywall.offers.grid import Offers
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.schema import Order, ProviderEvent, Subscription

log = logging.getLogger(__name__)

THANKS_PATH = "/commande/{reference}/merci/"
_DRIFT = timedelta(days=1)
"""Stripe counts from the payment, we from when we are told of it: that much is no difference."""

_TRIES = 5


class StaleError(PaywallError):
    """What was asked of Stripe may have changed meanwhile: ask again."""


_NEWEST = select(ProviderEvent.id).order_by(ProviderEvent.id.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Message:
    """A provider's message, acted upon once."""

    name: str
    happened_at: datetime


@dataclass(frozen=True)
class Till:
    """The books, what is sold, and whoever takes money."""

    settings: Settings
    database: Database
    offers: Callable[[], Offers]
    clock: Callable[[], datetime]

    @cached_property
    def cards(self) -> StripeCards | None:
        """Stripe, where the association has an account there."""
        return StripeCards(self.settings) if self.settings.stripe_key else None

    @property
    def providers(self) -> tuple[str, ...]:
        """Names of the providers that an order may be placed with."""
        return (STRIPE, OFFLINE) if self.settings.stripe_key else (OFFLINE,)

    def provider(self, name: str) -> Provider:
        """A provider by its name. Raises `RefusedError` where there is none."""
        if name == OFFLINE:
            return Offline()
        if name == STRIPE and self.cards is not None:
            return self.cards
        raise RefusedError("ce moyen de paiement n’est pas proposé")

    def start_checkout(self, reference: str) -> str:
        """Where the reader of an order pays it; its thanks, where nothing is left to pay.

        Raises `ProviderDownError`: the same may be asked again.
        """
        thanks = THANKS_PATH.format(reference=reference)
        with self.database.read() as db:
            order = find_or_refuse(db, reference)
            if order.status == PAID:
                return thanks
            if order.status in {REFUNDED, DISPUTED}:
                raise RefusedError("cette commande est close : il faut en passer une nouvelle")
            sale, provider = self._sale(order), self.provider(order.provider)
        if not sale.amount_cents:
            self._give_free(reference)
            return thanks
        checkout = provider.start(sale)
        if checkout.is_done:
            self.catch_up(reference)
        elif checkout.provider_ref is not None:
            with self.database.begin(self.clock(), provider.name) as unit:
                order = find_or_refuse(unit.db, reference)
                order.provider_ref = checkout.provider_ref
                if order.status == CANCELLED:
                    order.status = AWAITING
        return checkout.address

    def catch_up(self, reference: str) -> bool:
        """Ask Stripe what became of an order, so that nobody waits for its message.

        Tells whether the order is paid. Does nothing twice; asks nothing where it is known.
        """
        with self.database.read() as db:
            order = find_or_refuse(db, reference)
            session = order.provider_ref if order.provider == STRIPE else None
            if order.status == PAID or session is None or self.cards is None:
                return order.status == PAID
        if session.startswith("cs_"):
            cards = self.cards
            self.enter(lambda: cards.inquiry.session(session))
        with self.database.read() as db:
            return find_or_refuse(db, reference).status == PAID

    def enter(self, inquire: Callable[[], Facts], message: Message | None = None) -> bool:
        """Ask, and write the answer down with the message that it answers; False: known already.

        Two messages may be answered at once: whoever finds that another came first asks again,
        so that an old answer is never written over a newer one.
        """
        for _ in range(_TRIES):
            try:
                return self._enter(inquire, message)
            except StaleError:
                continue
        raise ProviderDownError("trop de messages à la fois")

    def _enter(self, inquire: Callable[[], Facts], message: Message | None) -> bool:
        with self.database.read() as db:
            if _is_known(db, message):
                return False
            before = db.scalar(_NEWEST)
        offers, facts = self.offers(), inquire()
        with self.database.begin(self.clock(), STRIPE) as unit:
            if _is_known(unit.db, message):
                return False
            if unit.db.scalar(_NEWEST) != before:
                raise StaleError("un autre message est passé")
            with telling(unit, offers, self.settings.address):
                held = enter(unit, facts, offers)
            if message is not None:
                unit.db.add(ProviderEvent(**asdict(message), received_at=unit.now))
            unit.db.flush()
            held_id = held.id if held is not None else None
        if held_id is not None:
            self._align(held_id, facts)
        return True

    def _align(self, subscription_id: int, facts: Facts) -> None:
        """Have Stripe charge when we would: never once it is cancelled here, nor too early."""
        told, cards = facts.subscription, self.cards
        if told is None or told.stops or cards is None:
            return
        with self.database.read() as db:
            held = db.get_one(Subscription, subscription_id)
            cancelled, paused, end = held.cancelled_at, is_paused(held), end_of(held)
        try:
            if cancelled is not None:
                cards.stop_renewing(told.reference)
            elif told.renews_at and end and end - told.renews_at > _DRIFT and not paused:
                cards.renew_at(told.reference, end)
        except PaywallError as error:  # what was paid is written; `reconcile` lists the rest
            log.error("échéance chez Stripe : %s", error)

    def _give_free(self, reference: str) -> None:
        with self.database.begin(self.clock(), OFFLINE) as unit:
            order = find_or_refuse(unit.db, reference)
            if order.status != PAID:
                fulfil_free(unit, order, self.offers())

    def _sale(self, order: Order) -> Sale:
        plan = self.offers().plan(order.plan or "")
        language = order.reader.language
        title = order.issue or (plan.label.get(language, plan.name) if plan else order.plan or "")
        return Sale(
            reference=order.reference,
            title=title,
            amount_cents=order.amount_cents,
            currency=order.currency,
            language=language,
            email=order.reader.email,
            months=plan.months if plan and order.renews else None,
            provider_ref=order.provider_ref,
        )


def _is_known(db: Session, message: Message | None) -> bool:
    if message is None:
        return False
    asked = select(ProviderEvent.id).where(ProviderEvent.name == message.name)
    return db.scalar(asked) is not None


def find_or_refuse(db: Session, reference: str) -> Order:
    """The order of a reference. Raises `RefusedError` where there is none."""
    order = find_order(db, reference)
    if order is None:
        raise RefusedError(f"il n’y a pas de commande « {reference} »")
    return order
