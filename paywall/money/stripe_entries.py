"""What Stripe told, into the books: each thing once, in whatever order it is told."""

import logging

from sqlalchemy import select

from paywall.accounts.disputes import lose_dispute, open_dispute, win_dispute
from paywall.accounts.orders import find_order, give_up, renewal_order
from paywall.accounts.payments import receive_payment, refund, refund_failed
from paywall.accounts.providers import STRIPE
from paywall.accounts.subscriptions import cancel, note_failed_payment
from paywall.errors import RefusedError
from paywall.money.stripe_facts import CardPayment, CardSubscription, Facts
from paywall.offers.grid import Offers
from paywall.store.schema import Change, Order, Payment, Subscription
from paywall.store.unit import Unit

log = logging.getLogger(__name__)

CARD_CHANGED = "subscription.card"
"""In the audit log."""


def enter(unit: Unit, facts: Facts, offers: Offers) -> Subscription | None:
    """Write facts down; the subscription that they are about, where there is one of ours."""
    subscription = None
    if facts.expired is not None and (order := find_order(unit.db, facts.expired)) is not None:
        give_up(unit, order)
    if facts.subscription is not None:
        subscription = _enter_subscription(unit, facts.subscription, offers)
        if subscription is not None and facts.card is not None:
            _note_card(unit, subscription, facts.card)
    if facts.payment is not None:
        if facts.payment.order is not None:
            _accept(unit, find_order(unit.db, facts.payment.order), facts.payment, offers)
        _enter_returns(unit, facts.payment)
    return subscription


def _enter_subscription(unit: Unit, told: CardSubscription, offers: Offers) -> Subscription | None:
    """What was paid of it, oldest first; then how it stands."""
    first = find_order(unit.db, told.order)
    if first is None:
        log.warning("Stripe renouvelle un abonnement dont la commande est inconnue")
        return None
    for payment in told.payments:
        if payment.order is not None:
            _accept(unit, first, payment, offers)
        elif (order := _renewal(unit, first, payment, offers)) is not None:
            _accept(unit, order, payment, offers)
    held = _held(unit, first)
    if held is None:
        return None
    if held.provider_ref is None and held.provider == STRIPE:
        held.provider_ref = told.reference
    if told.stops:
        cancel(unit, held)
    elif told.owes:
        note_failed_payment(unit, held, offers.grace_days)
    return held


def _note_card(unit: Unit, held: Subscription, card: str) -> None:
    """Say once, in the log, that a subscription is charged to another card."""
    unit.db.flush()
    asked = (
        select(Change.after)
        .where(Change.what == CARD_CHANGED, Change.subject == f"subscription:{held.id}")
        .order_by(Change.id.desc())
    )
    if unit.db.scalars(asked).first() != (told := {"card": card}):
        unit.log(CARD_CHANGED, held, after=told)


def _held(unit: Unit, first: Order) -> Subscription | None:
    if first.subscription_id is None:
        return None
    return unit.db.get(Subscription, first.subscription_id)


def _renewal(unit: Unit, first: Order, payment: CardPayment, offers: Offers) -> Order | None:
    """The order of a renewal, known by its invoice; made when its payment is first told."""
    asked = select(Order).where(Order.provider_ref == payment.invoice)
    if (known := unit.db.scalars(asked).one_or_none()) is not None:
        return known
    held = _held(unit, first)
    return renewal_order(unit, held, offers, payment.invoice) if held else None


def _accept(unit: Unit, order: Order | None, payment: CardPayment, offers: Offers) -> None:
    """Take a payment that is exactly what its order asked for. Any other gives nothing."""
    if order is None:
        log.warning("Stripe a reçu un paiement pour une commande inconnue")
        return
    if _of_payment(unit, payment.reference) is not None:
        return
    if (payment.amount_cents, payment.currency) != (order.amount_cents, order.currency):
        _doubt(unit, order, payment)
        return
    cents = payment.amount_cents
    receive_payment(unit, order, payment.reference, cents, offers, provider=STRIPE)


def _doubt(unit: Unit, order: Order, payment: CardPayment) -> None:
    """Say once, in the log, that a payment is not what was asked for."""
    unit.db.flush()
    asked = select(Change.after).where(
        Change.what == "order.mismatch", Change.subject == f"order:{order.id}"
    )
    told = {
        "payment": payment.reference,
        "amount_cents": payment.amount_cents,
        "currency": payment.currency,
    }
    if told not in unit.db.scalars(asked).all():
        unit.log("order.mismatch", order, after=told)


def _enter_returns(unit: Unit, payment: CardPayment) -> None:
    """What went back of a payment that is in the books, and what is disputed of it."""
    order = _of_payment(unit, payment.reference)
    if order is None:
        return
    try:
        for back in payment.refunds:
            if back.failed:
                refund_failed(unit, order, back.reference, back.amount_cents, provider=STRIPE)
            else:
                cents = back.amount_cents
                refund(unit, order, back.reference, cents, ends=back.ends, provider=STRIPE)
    except RefusedError as error:  # more went back than came: `reconcile` lists it
        log.error("remboursement chez Stripe : %s", error)
    for dispute in payment.disputes:
        if dispute.is_lost:
            cents = dispute.amount_cents
            lose_dispute(unit, order, dispute.reference, cents, provider=STRIPE)
        elif dispute.is_open:
            open_dispute(unit, order)
    if not any(d.is_open or d.is_lost for d in payment.disputes):
        win_dispute(unit, order)


def _of_payment(unit: Unit, reference: str) -> Order | None:
    asked = select(Order).join(Payment).where(Payment.reference == f"{STRIPE}:{reference}")
    return unit.db.scalars(asked).one_or_none()
