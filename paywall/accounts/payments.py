"""Money that comes and goes, and what it gives and takes back, in one transaction."""

from sqlalchemy import select

from paywall.accounts.orders import (
    AWAITING,
    CANCELLED,
    PAID,
    PARTIAL,
    REFUNDED,
    order_state,
    paid_cents,
)
from paywall.accounts.rights import State, periods_of, state_of
from paywall.accounts.subscriptions import cancel, end_now, fulfil_plan
from paywall.errors import RefusedError
from paywall.offers.grid import Offers
from paywall.store.schema import Order, Payment, Period, Purchase, Subscription
from paywall.store.unit import Unit


def receive_payment(
    unit: Unit,
    order: Order,
    reference: str,
    amount_cents: int,
    offers: Offers,
) -> bool:
    """Note money that came, once for each reference; give what was ordered once all of it is there.

    Tells whether it was new. More than was due stays with the order: `differences` lists it.
    """
    if amount_cents <= 0:
        raise RefusedError("un paiement est d’au moins un centime")
    named = f"{order.provider}:{reference}"
    if _is_known(unit, named):
        return False
    before = order_state(order)
    _note(unit, order, named, amount_cents)
    if order.status in {AWAITING, PARTIAL, CANCELLED}:
        whole = paid_cents(order) >= order.amount_cents
        order.status = PAID if whole else PARTIAL
        if whole:
            order.paid_at = unit.now
            _fulfil(unit, order, offers)
    unit.log("order.payment", order, before=before, after=order_state(order))
    return True


def fulfil_free(unit: Unit, order: Order, offers: Offers) -> None:
    """Give what costs nothing (a class whose price is 0)."""
    if order.amount_cents or order.status != AWAITING:
        raise RefusedError("cette commande est à payer")
    order.status, order.paid_at = PAID, unit.now
    _fulfil(unit, order, offers)
    unit.log("order.fulfilled", order, after=order_state(order))


def _fulfil(unit: Unit, order: Order, offers: Offers) -> None:
    if order.issue is not None:
        bought = Purchase(issue=order.issue, bought_at=unit.now, order_id=order.id)
        order.reader.purchases.append(bought)
        unit.log("purchase.added", bought, after={"issue": order.issue})
        return
    plan = offers.plan(order.plan or "")
    if plan is None:
        raise RefusedError(f"la formule « {order.plan} » n’est plus dans le fichier d’offres")
    fulfil_plan(unit, order, plan)


def refund(
    unit: Unit,
    order: Order,
    reference: str,
    amount_cents: int,
    *,
    ends: bool = False,
) -> bool:
    """Note money that went back, once for each reference.

    All of it takes back all that the order gave. A part of it is a courtesy, unless the
    subscription `ends` with it: then what was published until now stays readable.
    """
    if not 0 < amount_cents <= paid_cents(order):
        raise RefusedError("on ne rembourse pas plus que ce qui a été payé")
    named = f"{order.provider}:{reference}"
    if _is_known(unit, named):
        return False
    before = order_state(order)
    _note(unit, order, named, -amount_cents)
    if paid_cents(order) <= 0:
        order.status = REFUNDED
        withdraw(unit, order)
    elif ends and order.subscription_id is not None:
        end_now(unit, unit.db.get_one(Subscription, order.subscription_id))
    unit.log("order.refunded", order, before=before, after=order_state(order))
    return True


def withdraw(unit: Unit, order: Order) -> None:
    """Take back what an order gave; a subscription that it began is renewed no more."""
    for row in _given(unit, order):
        if row.withdrawn_at is None:
            row.withdrawn_at = unit.now
            unit.log(f"{row.__tablename__}.withdrawn", row, after={"at": unit.now})
    if order.subscription_id is not None:
        subscription = unit.db.get_one(Subscription, order.subscription_id)
        if not periods_of(subscription) or state_of(subscription, unit.now) is State.ENDED:
            subscription.grace_until = None
            cancel(unit, subscription)


def restore(unit: Unit, order: Order) -> None:
    """Give again what a dispute had taken back."""
    for row in _given(unit, order):
        if row.withdrawn_at is not None:
            before = {"withdrawn_at": row.withdrawn_at}
            row.withdrawn_at = None
            unit.log(f"{row.__tablename__}.restored", row, before=before)


def _given(unit: Unit, order: Order) -> list[Period | Purchase]:
    periods = unit.db.scalars(select(Period).where(Period.order_id == order.id))
    return [*periods, *unit.db.scalars(select(Purchase).where(Purchase.order_id == order.id))]


def _is_known(unit: Unit, reference: str) -> bool:
    return unit.db.scalar(select(Payment.id).where(Payment.reference == reference)) is not None


def _note(unit: Unit, order: Order, reference: str, amount_cents: int) -> None:
    order.payments.append(
        Payment(
            provider=order.provider,
            reference=reference,
            amount_cents=amount_cents,
            received_at=unit.now,
        )
    )
