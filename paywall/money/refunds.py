"""Sending money back: by the card that it came from, or by the treasurer's bank."""

from collections.abc import Sequence
from dataclasses import dataclass

from paywall.accounts.orders import REFUND_FAILED, paid_cents
from paywall.accounts.payments import is_noted
from paywall.accounts.payments import refund as note_refund
from paywall.accounts.providers import OFFLINE, STRIPE
from paywall.accounts.subscriptions import end_now
from paywall.errors import RefusedError
from paywall.mail.telling import telling
from paywall.money.amounts import spell_cents
from paywall.money.provider import Provider, RefundWish, Returned
from paywall.money.till import Till, find_or_refuse
from paywall.store.schema import Order, Subscription
from paywall.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Refunded:
    """What was sent back, and how the order stands."""

    reference: str
    amount_cents: int
    currency: str
    status: str
    left_cents: int
    """What is still paid of it."""
    by_card: bool
    """Whether the provider sends the money; otherwise the treasurer does."""


def refund(  # noqa: PLR0913 - what is asked of a refund, by name
    till: Till,
    reference: str,
    amount_cents: int | None,
    who: str,
    *,
    ends: bool = False,
    again: bool = False,
) -> Refunded:
    """Send back all that was paid of an order, or a part; what it takes back: `payments.refund`.

    A part that went back already is refused unless it is to go `again`: commands get typed twice.

    A crash between the provider and the books is mended by asking the same again: the provider
    does it once, and its own message says it to the books, too.
    """
    offers = till.offers()
    with till.database.read() as db:
        order = find_or_refuse(db, reference)
        if amount_cents and not again:
            _refuse_twice(order, amount_cents)
        wish = _wish(order, amount_cents, ends=ends)
    provider = till.provider(STRIPE if wish.payments else OFFLINE)
    returned = provider.refund(wish)
    with till.database.begin(till.clock(), who) as unit:
        order = find_or_refuse(unit.db, reference)
        with telling(unit, offers, till.settings.address):
            _write(unit, order, returned, provider, ends=ends)
        told = _refunded(order, wish)
        renewed = _renewed(unit, order)
    if renewed is not None:
        till.provider(STRIPE).stop_renewing(renewed)
    return told


def _refuse_twice(order: Order, cents: int) -> None:
    if any(payment.amount_cents == -cents for payment in order.payments):
        raise RefusedError(
            f"{spell_cents(cents, order.currency)} ont déjà été rendus sur {order.reference} : "
            "--again en rend autant une fois de plus"
        )


def _wish(order: Order, amount_cents: int | None, *, ends: bool) -> RefundWish:
    paid = paid_cents(order)
    cents = paid if amount_cents is None else amount_cents
    if not 0 < cents <= paid:
        raise RefusedError("on ne rembourse pas plus que ce qui a été payé")
    return RefundWish(_by_card(order), cents, ends, f"refund-{order.reference}-{paid}-{cents}")


def _refunded(order: Order, wish: RefundWish) -> Refunded:
    return Refunded(
        order.reference,
        wish.amount_cents,
        order.currency,
        order.status,
        paid_cents(order),
        bool(wish.payments),
    )


def _by_card(order: Order) -> tuple[str, ...]:
    """Stripe's names of what came by card, newest first."""
    prefix = f"{STRIPE}:"
    came = [p for p in order.payments if p.amount_cents > 0 and p.reference.startswith(prefix)]
    names = [p.reference.removeprefix(prefix) for p in reversed(came)]
    return tuple(name for name in names if not name.endswith(REFUND_FAILED))


def _write(
    unit: Unit, order: Order, returned: Sequence[Returned], provider: Provider, *, ends: bool
) -> None:
    for back in returned:
        if is_noted(unit, order, back.reference, provider.name):  # Stripe's message was quicker
            if ends and order.subscription_id is not None:
                end_now(unit, unit.db.get_one(Subscription, order.subscription_id))
        else:
            note_refund(
                unit, order, back.reference, back.amount_cents, ends=ends, provider=provider.name
            )


def _renewed(unit: Unit, order: Order) -> str | None:
    """What Stripe would charge again for a subscription that has just been cancelled here."""
    if order.subscription_id is None:
        return None
    held = unit.db.get_one(Subscription, order.subscription_id)
    return held.provider_ref if held.cancelled_at == unit.now else None
