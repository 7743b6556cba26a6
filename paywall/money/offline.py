"""Transfers and cheques: the reader pays by bank, the treasurer says what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from paywall.accounts.orders import CANCELLED, PAID, find_order, paid_cents
from paywall.accounts.payments import is_noted, receive_payment, settle
from paywall.accounts.providers import OFFLINE
from paywall.errors import RefusedError
from paywall.money.dropped import Decision, refuse_dropped, send_back
from paywall.money.provider import Checkout, RefundWish, Returned, Sale, Statement
from paywall.offers.grid import Offers
from paywall.store.schema import Order, Period
from paywall.store.unit import Unit

ORDER_PATH = "/commande/{reference}/"
_LONGEST = 100
"""Characters of a bank's reference that are kept."""


class Offline:
    """A provider that does nothing by itself: people do."""

    name = OFFLINE

    def start(self, sale: Sale) -> Checkout:
        """The order's own page says where the money goes."""
        return Checkout(ORDER_PATH.format(reference=sale.reference))

    def stop_renewing(self, subscription_ref: str) -> None:
        """Nothing renews itself."""

    def renew_again(self, subscription_ref: str) -> None:
        """Nothing renews itself."""

    def pause(self, subscription_ref: str) -> None:
        """Nothing is charged by itself."""

    def resume(self, subscription_ref: str, renews_at: datetime | None) -> None:
        """Nothing is charged by itself."""

    def refund(self, wish: RefundWish) -> Sequence[Returned]:
        """The treasurer has sent the money back; this only names it."""
        return (Returned(wish.key, wish.amount_cents),)

    def statement(self) -> Statement:
        """The bank's is on the treasurer's desk."""
        return Statement()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation did."""

    reference: str
    is_new: bool
    status: str
    missing_cents: int
    excess_cents: int
    is_given: bool
    """Whether what was ordered is given, now or before."""
    opens_at: datetime | None
    """When that begins, where it is still to come."""
    is_sent_back: bool
    """Whether the money is noted as going back: the order stays dropped."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A transfer or a cheque, as the treasurer reads it on the bank's statement."""

    amount_cents: int
    bank_reference: str | None = None
    on: datetime | None = None
    """The day of the statement."""
    decision: Decision | None = None
    """What becomes of it where the order was dropped."""


def confirm(unit: Unit, reference: str, receipt: Receipt | None, offers: Offers) -> Confirmed:
    """Note money that came; without a receipt, give what was paid and could not be given then.

    The same receipt counts once: two of the same day and amount need their bank's references.
    Money for an order that was dropped waits for a decision. Raises `RefusedError`.
    """
    order = find_order(unit.db, reference)
    if order is None:
        raise RefusedError(f"il n’y a pas de commande « {reference} »")
    is_new = False
    if receipt is None:
        settle(unit, order, offers)
    else:
        named = _name(unit, order, receipt)
        is_new = not is_noted(unit, order, named, OFFLINE)
        if is_new:
            _take(unit, order, named, receipt, offers)
    return _told(unit, order, is_new=is_new)


def _take(unit: Unit, order: Order, named: str, receipt: Receipt, offers: Offers) -> None:
    cents = receipt.amount_cents
    if receipt.decision is Decision.SEND_BACK:
        send_back(unit, order, named, cents, OFFLINE, receipt.on)
        return
    if order.status == CANCELLED and receipt.decision is None:
        refuse_dropped(unit, order)
    if receipt.on is not None and receipt.on.date() < order.created_at.date():
        placed = order.created_at.date().isoformat()
        raise RefusedError(f"{order.reference} n’a été passée que le {placed} : voyez la date")
    if order.paid_at is None and order.provider != OFFLINE:
        order.provider, order.renews = OFFLINE, False  # nobody charges for it a year from now
    receive_payment(unit, order, named, cents, offers, provider=OFFLINE, received_at=receipt.on)


def _told(unit: Unit, order: Order, *, is_new: bool) -> Confirmed:
    more = paid_cents(order) - order.amount_cents
    return Confirmed(
        reference=order.reference,
        is_new=is_new,
        status=order.status,
        missing_cents=max(0, -more),
        excess_cents=max(0, more),
        is_given=order.status == PAID,
        opens_at=unit.db.scalar(
            select(Period.starts_at).where(Period.order_id == order.id, Period.starts_at > unit.now)
        ),
        is_sent_back=order.status == CANCELLED,
    )


def _name(unit: Unit, order: Order, receipt: Receipt) -> str:
    """One transfer may pay two orders: its name holds the order's, too."""
    told = " ".join((receipt.bank_reference or "").split())
    if len(told) > _LONGEST:
        raise RefusedError(f"référence bancaire : {_LONGEST} signes au plus")
    day = (receipt.on or unit.now).date().isoformat()
    return f"{order.reference}:{told or f'{day}:{receipt.amount_cents}'}"
