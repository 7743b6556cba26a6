"""Payments that their card's holder disputes: the bank holds the money until it has decided."""

from paywall.accounts.fulfilment import restore, withdraw
from paywall.accounts.orders import DISPUTED, PAID, REFUNDED, order_state
from paywall.accounts.payments import is_noted, note
from paywall.store.schema import Order
from paywall.store.unit import Unit


def open_dispute(unit: Unit, order: Order) -> bool:
    """Take back what a disputed payment gave; tells whether anything changed."""
    if order.status != PAID:
        return False
    before = order_state(order)
    order.status = DISPUTED
    withdraw(unit, order)
    unit.log("order.disputed", order, before=before, after=order_state(order))
    return True


def win_dispute(unit: Unit, order: Order) -> bool:
    """Give again what the dispute had taken back. Renewal stays off: its reader did not want it."""
    if order.status != DISPUTED:
        return False
    before = order_state(order)
    order.status = PAID
    restore(unit, order)
    unit.log("order.dispute-won", order, before=before, after=order_state(order))
    return True


def lose_dispute(
    unit: Unit, order: Order, reference: str, amount_cents: int, *, provider: str | None = None
) -> bool:
    """Note the money that went back with a dispute, once for each reference."""
    if is_noted(unit, order, reference, provider) or amount_cents <= 0:
        return False
    before = order_state(order)
    note(unit, order, reference, -amount_cents, provider=provider)
    order.status = REFUNDED
    withdraw(unit, order)
    unit.log("order.dispute-lost", order, before=before, after=order_state(order))
    return True
