"""What an order gives, and how it is taken back and given again."""

from sqlalchemy import select

from paywall.accounts.rights import end_of
from paywall.accounts.subscriptions import cancel, fulfil_plan
from paywall.errors import RefusedError
from paywall.offers.grid import Offers
from paywall.store.schema import Order, Period, Purchase, Subscription
from paywall.store.unit import Unit


def obstacle(order: Order, offers: Offers) -> str | None:
    """Why an order cannot be given, whatever was paid for it."""
    if order.reader.erased_at is not None:
        return "le compte est effacé : il n’y a personne à qui donner"
    if order.plan is not None and offers.plan(order.plan) is None:
        return f"la formule « {order.plan} » n’est plus dans le fichier d’offres"
    return None


def fulfil(unit: Unit, order: Order, offers: Offers) -> None:
    """Give what was ordered: an issue for good, or a period. `obstacle` was asked before."""
    if order.issue is not None:
        bought = Purchase(issue=order.issue, bought_at=unit.now, order_id=order.id)
        order.reader.purchases.append(bought)
        unit.log("purchase.added", bought, after={"issue": order.issue})
        return
    plan = offers.plan(order.plan or "")
    if plan is None:
        raise RefusedError(f"la formule « {order.plan} » n’est plus dans le fichier d’offres")
    fulfil_plan(unit, order, plan)


def withdraw(unit: Unit, order: Order) -> None:
    """Take back what an order gave; a subscription whose end it was is renewed no more."""
    taken = [row for row in _given(unit, order) if row.withdrawn_at is None]
    for row in taken:
        row.withdrawn_at = unit.now
        unit.log(f"{row.__tablename__}.withdrawn", row, after={"at": unit.now})
    ends = [row.ends_at for row in taken if isinstance(row, Period)]
    if order.subscription_id is None or not ends:
        return
    subscription = unit.db.get_one(Subscription, order.subscription_id)
    left = end_of(subscription)
    if left is None or left <= max(ends):
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
