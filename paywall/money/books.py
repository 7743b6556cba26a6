"""What does not hold in the books themselves: money without right, a right without money."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from paywall.accounts.fulfilment import obstacle
from paywall.accounts.orders import AWAITING, CANCELLED, PAID, PARTIAL, REFUNDED, paid_cents
from paywall.accounts.providers import IMPORTED
from paywall.money.amounts import spell_cents
from paywall.offers.grid import Offers
from paywall.store.schema import Order, Period, Purchase, Subscription


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that somebody has to look at."""

    about: str
    """An order's reference, or a provider's name of something."""
    text: str


def check_books(db: Session, offers: Offers) -> Iterator[Difference]:
    """Every order and every right."""
    given = _given(db)
    for order in db.scalars(select(Order).order_by(Order.id)):
        yield from _check_money(order, offers)
        yield from _check_right(order, given.get(order.id, []))
    bought_here = ~Subscription.complimentary, Subscription.provider != IMPORTED
    for held in db.scalars(select(Subscription).where(*bought_here)):
        for period in held.periods:
            if period.order_id is None and period.withdrawn_at is None:
                text = "une période que personne n’a payée ni offerte"
                yield Difference(f"abonnement {held.id}", text)


def _given(db: Session) -> dict[int, list[Period | Purchase]]:
    """What each order gave."""
    given: dict[int, list[Period | Purchase]] = {}
    rows: list[Period | Purchase] = [*db.scalars(select(Period)), *db.scalars(select(Purchase))]
    for row in rows:
        if row.order_id is not None:
            given.setdefault(row.order_id, []).append(row)
    return given


def _check_money(order: Order, offers: Offers) -> Iterator[Difference]:
    paid = paid_cents(order)
    more = paid - order.amount_cents
    if paid < 0:
        yield _of(order, f"rendu plus que reçu : {_spell(order, paid)}")
    elif order.paid_at is None and paid and more < 0:
        yield _of(order, f"payée en partie : il manque {_spell(order, -more)}")
    elif order.paid_at is None and paid:
        why = obstacle(order, offers) or "à donner : paywall confirm sans montant"
        yield _of(order, f"payée, rien n’est donné : {why}")
    elif order.status == PAID and more > 0:
        yield _of(order, f"payée en trop : {_spell(order, more)} à rendre")
    elif order.status == REFUNDED and paid:
        yield _of(order, f"remboursée, mais il en reste {_spell(order, paid)} : à rendre")


def _check_right(order: Order, rows: list[Period | Purchase]) -> Iterator[Difference]:
    standing = [row for row in rows if row.withdrawn_at is None]
    if order.status == PAID and not standing and paid_cents(order) == order.amount_cents:
        yield _of(order, "payée, et rien n’est donné")
    if len(standing) > 1:
        yield _of(order, f"a donné {len(standing)} fois")
    if standing and order.status in {AWAITING, PARTIAL, CANCELLED, REFUNDED}:
        yield _of(order, "donnée sans être payée")


def _of(order: Order, text: str) -> Difference:
    return Difference(order.reference, text)


def _spell(order: Order, cents: int) -> str:
    return spell_cents(cents, order.currency)
