"""Money that comes and goes, and what it gives and takes back, in one transaction."""

from datetime import datetime

from sqlalchemy import select

from paywall.accounts.fulfilment import fulfil, obstacle, withdraw
from paywall.accounts.orders import (
    AWAITING,
    PAID,
    PARTIAL,
    REFUND_FAILED,
    REFUNDED,
    order_state,
    paid_cents,
)
from paywall.accounts.subscriptions import end_now
from paywall.errors import RefusedError
from paywall.offers.grid import Offers
from paywall.store.schema import Order, Payment, Subscription
from paywall.store.unit import Unit


def receive_payment(  # noqa: PLR0913 - what is known of a payment, by name
    unit: Unit,
    order: Order,
    reference: str,
    amount_cents: int,
    offers: Offers,
    *,
    provider: str | None = None,
    received_at: datetime | None = None,
) -> bool:
    """Note money that came, once for each reference; give what was ordered once all of it is there.

    Tells whether it was new. It is noted whatever happens: more than was due, or money for
    something that cannot be given, stays with the order, and `money.reconcile` lists it.
    """
    if amount_cents <= 0:
        raise RefusedError("un paiement est d’au moins un centime")
    if is_noted(unit, order, reference, provider):
        return False
    before = order_state(order)
    note(unit, order, reference, amount_cents, provider=provider, at=received_at)
    if order.paid_at is None:
        order.status = PARTIAL
        _give(unit, order, offers)
    unit.log("order.payment", order, before=before, after=order_state(order))
    return True


def settle(unit: Unit, order: Order, offers: Offers) -> bool:
    """Give what was paid in whole and could not be given then; tells whether it is given now."""
    before = order_state(order)
    if order.paid_at is not None or not _give(unit, order, offers):
        return False
    unit.log("order.fulfilled", order, before=before, after=order_state(order))
    return True


def fulfil_free(unit: Unit, order: Order, offers: Offers) -> None:
    """Give what costs nothing (a class whose price is 0)."""
    if order.amount_cents or order.status != AWAITING:
        raise RefusedError("cette commande est à payer")
    if (why := obstacle(order, offers)) is not None:
        raise RefusedError(why)
    order.status, order.paid_at = PAID, unit.now
    fulfil(unit, order, offers)
    unit.log("order.fulfilled", order, after=order_state(order))


def refund(  # noqa: PLR0913 - what is known of a refund, by name
    unit: Unit,
    order: Order,
    reference: str,
    amount_cents: int,
    *,
    ends: bool = False,
    provider: str | None = None,
) -> bool:
    """Note money that went back, once for each reference; tells whether it was new.

    All of it takes back all that the order gave. A part of it is a courtesy, unless the
    subscription `ends` with it: then what was published until now stays readable.
    """
    if is_noted(unit, order, reference, provider):
        return False
    if not 0 < amount_cents <= paid_cents(order):
        raise RefusedError("on ne rembourse pas plus que ce qui a été payé")
    before = order_state(order)
    note(unit, order, reference, -amount_cents, provider=provider)
    if paid_cents(order) <= 0:
        order.status = REFUNDED
        withdraw(unit, order)
    elif ends and order.subscription_id is not None:
        end_now(unit, unit.db.get_one(Subscription, order.subscription_id))
    unit.log("order.refunded", order, before=before, after=order_state(order))
    return True


def refund_failed(
    unit: Unit, order: Order, reference: str, amount_cents: int, *, provider: str | None = None
) -> bool:
    """Note that a refund's money came back. It gives nothing again: somebody has to look at it."""
    failed = f"{reference}{REFUND_FAILED}"
    returned = is_noted(unit, order, reference, provider)
    if not returned or is_noted(unit, order, failed, provider):
        return False
    before = order_state(order)
    note(unit, order, failed, amount_cents, provider=provider)
    unit.log("order.refund-failed", order, before=before, after=order_state(order))
    return True


def _give(unit: Unit, order: Order, offers: Offers) -> bool:
    if paid_cents(order) < order.amount_cents or obstacle(order, offers) is not None:
        return False
    order.status, order.paid_at = PAID, unit.now
    fulfil(unit, order, offers)
    return True


def is_noted(unit: Unit, order: Order, reference: str, provider: str | None = None) -> bool:
    """Whether a payment is known. Raises `RefusedError` where it was for another order."""
    named = f"{provider or order.provider}:{reference}"
    found = unit.db.scalar(select(Payment.order_id).where(Payment.reference == named))
    if found is not None and found != order.id:
        raise RefusedError("ce paiement est déjà noté pour une autre commande")
    return found is not None


def note(  # noqa: PLR0913 - the columns of a row
    unit: Unit,
    order: Order,
    reference: str,
    amount_cents: int,
    *,
    provider: str | None = None,
    at: datetime | None = None,
) -> None:
    """Write down money that came or (negative) went."""
    by = provider or order.provider
    order.payments.append(
        Payment(
            provider=by,
            reference=f"{by}:{reference}",
            amount_cents=amount_cents,
            received_at=at or unit.now,
        )
    )
    unit.db.flush()
