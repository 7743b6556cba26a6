"""Orders: a price that the service worked out, money that came or went, and what follows."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from paywall.accounts.providers import OFFLINE
from paywall.errors import RefusedError
from paywall.offers.grid import Offers, PriceClass
from paywall.store.schema import Order, Reader, Subscription
from paywall.store.unit import Unit

AWAITING, PARTIAL, PAID = "awaiting", "partial", "paid"
REFUNDED, DISPUTED, CANCELLED = "refunded", "disputed", "cancelled"

WAITED = timedelta(days=60)
"""For an order of which nothing was paid; then it is dropped by itself (`money.unpaid`). Shops wait
a week for a transfer: here cheques come by post, to an office that is open on some days."""

REFUND_FAILED = ":failed"
"""What the name of a refund ends with, where its money came back."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None that is taken for another on paper."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to buy: a plan or one issue. It holds no price and no class."""

    plan: str | None = None
    issue: str | None = None
    renews: bool = False
    starts_at: datetime | None = None
    provider: str = OFFLINE
    return_to: str = "/"


@dataclass(frozen=True, slots=True)
class Price:
    """A price and where it is from."""

    cents: int
    price_class: str
    grid_from: date


def price_of(offers: Offers, wish: Wish, price_class: PriceClass, today: date) -> Price:
    """The price of the day. Raises `RefusedError` for what is not sold."""
    if (wish.plan is None) == (wish.issue is None):
        raise RefusedError("une commande est une formule ou un numéro")
    grid = offers.grid_on(today)
    if grid is None:
        raise RefusedError("aucun prix n’est encore en vigueur")
    prices = grid.issue if wish.issue else grid.plans.get(wish.plan or "", {})
    cents = prices.get(price_class.name)
    if cents is None or (wish.plan and offers.plan(wish.plan) is None):
        raise RefusedError("cette formule n’est pas proposée")
    return Price(cents, price_class.name, grid.starts_on)


def place_order(
    unit: Unit,
    reader: Reader,
    wish: Wish,
    price: Price,
    offers: Offers,
) -> Order:
    """Write an order down; nothing is due to its reader until it is paid."""
    order = Order(
        reference=new_reference(),
        reader=reader,
        plan=wish.plan,
        issue=wish.issue,
        price_class=price.price_class,
        grid_from=price.grid_from,
        amount_cents=price.cents,
        vat_permille=offers.vat_permille,
        currency=offers.currency,
        renews=wish.renews and wish.plan is not None,
        starts_at=wish.starts_at,
        provider=wish.provider,
        return_to=wish.return_to,
        status=AWAITING,
        created_at=unit.now,
    )
    unit.db.add(order)
    unit.log("order.placed", order, after=order_state(order))
    return order


def renewal_order(
    unit: Unit, subscription: Subscription, offers: Offers, provider_ref: str | None = None
) -> Order:
    """An order for one more period, at the price that the subscription holds.

    `provider_ref`: the invoice that asks for it. Two orders cannot have the same.
    """
    order = Order(
        reference=new_reference(),
        reader=subscription.reader,
        subscription_id=subscription.id,
        plan=subscription.plan,
        price_class=subscription.price_class,
        grid_from=subscription.grid_from,
        amount_cents=subscription.amount_cents,
        vat_permille=offers.vat_permille,
        currency=offers.currency,
        renews=True,
        provider=subscription.provider,
        provider_ref=provider_ref,
        status=AWAITING,
        created_at=unit.now,
    )
    unit.db.add(order)
    unit.log("order.placed", order, after=order_state(order))
    return order


def pay_by(order: Order) -> datetime:
    """Until when an order is waited for."""
    return (order.asked_again_at or order.created_at) + WAITED


def renew_waiting(unit: Unit, order: Order) -> bool:
    """Wait for an order as long as for a new one, where it is asked for again on another day.

    It keeps its reference: a transfer may be on its way. Tells whether it is waited for longer.
    """
    asked = order.asked_again_at or order.created_at
    if asked.date() >= unit.now.date():
        return False
    order.asked_again_at = unit.now
    unit.log("order.asked-again", order, before={"asked_at": asked}, after={"asked_at": unit.now})
    return True


def give_up(unit: Unit, order: Order) -> bool:
    """Wait no more for an order that nothing was paid of; tells whether it was waited for.

    Money that comes for it all the same is accepted.
    """
    if order.status != AWAITING:
        return False
    before = order_state(order)
    order.status = CANCELLED
    unit.log("order.cancelled", order, before=before, after=order_state(order))
    return True


def give_up_own(unit: Unit, order: Order) -> bool:
    """Its reader wants it no more; tells whether it was waited for. Raises `RefusedError`."""
    if order.status not in {AWAITING, CANCELLED}:
        raise RefusedError("un paiement est arrivé : écrivez-nous pour y renoncer")
    return give_up(unit, order)


def new_reference() -> str:
    """A reference for an order, short enough for a transfer: 40 random bits."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"BIC-{letters[:4]}-{letters[4:]}"


def find_order(db: Session, reference: str) -> Order | None:
    """The order of a reference, however it was typed."""
    letters = "".join(c for c in reference.upper() if c.isalnum()).removeprefix("BIC")
    wanted = f"BIC-{letters[:4]}-{letters[4:]}"
    return db.scalars(select(Order).where(Order.reference == wanted)).one_or_none()


def paid_cents(order: Order) -> int:
    """What came, less what went back."""
    return sum(payment.amount_cents for payment in order.payments)


def excess_cents(order: Order) -> int:
    """What came that was not due, and is to go back; once it is paid."""
    return max(0, paid_cents(order) - order.amount_cents) if order.paid_at else 0


def received_cents(order: Order) -> int:
    """What came. A refund whose money came back is none, and nothing that came anew."""
    return sum(
        payment.amount_cents
        for payment in order.payments
        if payment.amount_cents > 0 and not payment.reference.endswith(REFUND_FAILED)
    )


def order_state(order: Order) -> dict[str, object]:
    """What the audit log says of an order."""
    paid = paid_cents(order)
    return {"status": order.status, "amount_cents": order.amount_cents, "paid_cents": paid}
