"""What a receipt says of an order: pure, over its rows."""

from dataclasses import dataclass
from datetime import datetime

from paywall.accounts.orders import excess_cents, paid_cents, received_cents
from paywall.offers.grid import Offers
from paywall.store.schema import Order


@dataclass(frozen=True, slots=True)
class Receipt:
    """One line, and the tax that is in it."""

    reference: str
    line: str
    price_class: str
    amount_cents: int
    vat_permille: int
    vat_cents: int
    currency: str
    received_cents: int
    returned_cents: int
    """What came, and what of it went back."""
    excess_cents: int
    """What of it was not due, and is to go back."""
    placed_at: datetime
    paid_at: datetime | None

    @property
    def net_cents(self) -> int:
        """Without the tax: both add up to the amount, always."""
        return self.amount_cents - self.vat_cents

    @property
    def paid_cents(self) -> int:
        """What came, less what went back."""
        return self.received_cents - self.returned_cents

    @property
    def due_cents(self) -> int:
        """What is still to be paid."""
        return max(0, self.amount_cents - self.paid_cents)


def receipt_of(order: Order, offers: Offers, language: str, title: str = "") -> Receipt:
    """The receipt of an order. `title`: that of the issue which it buys, if it is known."""
    plan = offers.plan(order.plan) if order.plan else None
    named = offers.price_class(order.price_class)
    came = received_cents(order)
    return Receipt(
        reference=order.reference,
        line=plan.label[language] if plan else title or order.issue or order.plan or "",
        price_class=named.label[language] if named else order.price_class,
        amount_cents=order.amount_cents,
        vat_permille=order.vat_permille,
        vat_cents=vat_cents(order.amount_cents, order.vat_permille),
        currency=order.currency,
        received_cents=came,
        returned_cents=came - paid_cents(order),
        excess_cents=excess_cents(order),
        placed_at=order.created_at,
        paid_at=order.paid_at,
    )


def vat_cents(amount_cents: int, vat_permille: int) -> int:
    """The tax in an amount that includes it, to the nearest cent; a half cent counts as one.

    In whole numbers all through: amount x rate / (1 + rate), per thousand.
    """
    whole = 1000 + vat_permille
    return (2 * amount_cents * vat_permille + whole) // (2 * whole)
