"""What can happen to a subscription: begun, given, paused, resumed, ended, left to end."""

from datetime import datetime, timedelta

from paywall.accounts.providers import NOBODY_PAYS
from paywall.accounts.rights import State, end_of, is_paused, periods_of, state_of
from paywall.errors import RefusedError
from paywall.offers.grid import Offers, Plan
from paywall.store.schema import Order, Pause, Period, Reader, Subscription
from paywall.store.unit import Unit

SHORT = timedelta(hours=1)
"""A pause that is taken back sooner moves nothing: what ends with a day still does."""


def fulfil_plan(unit: Unit, order: Order, plan: Plan) -> None:
    """Begin, or go on with, the subscription that an order pays.

    What somebody already has of the same plan is not lost: a new period begins where it ends.
    """
    if order.subscription_id is None:  # whoever buys it anew wants to read now
        for held in _same_plan(order.reader, plan.name):
            resume(unit, held)
    subscription = _subscription_of(unit, order)
    start = _start(unit, subscription, order.starts_at)
    add_period(unit, subscription, start, plan.end_of(start, _began(subscription, start)), order)
    order.subscription_id = subscription.id
    subscription.grace_until = None


def _start(unit: Unit, subscription: Subscription, wanted: datetime | None) -> datetime:
    """Where a new period begins: never in time that is paid already, nor in time that is lost."""
    held = _same_plan(subscription.reader, subscription.plan)
    free = max((end for end in map(end_of, held) if end is not None), default=None)
    state = state_of(subscription, unit.now)
    if free is not None and state in {State.GRACE, State.PAUSED}:
        return free  # what grace gave is part of what is paid; what a pause holds is moved with it
    return max(at for at in (unit.now, wanted, free) if at is not None)


def _began(subscription: Subscription, start: datetime) -> datetime:
    """When the run of periods that `start` continues began."""
    held = _same_plan(subscription.reader, subscription.plan)
    starts = {
        p.ends_at: p.starts_at for s in held for p in periods_of(s) if p.starts_at < p.ends_at
    }
    began = start
    while began in starts:
        began = starts[began]
    return began


def _same_plan(reader: Reader, plan: str) -> list[Subscription]:
    return [held for held in reader.subscriptions if held.plan == plan]


def _subscription_of(unit: Unit, order: Order) -> Subscription:
    if order.subscription_id is not None:
        found = unit.db.get(Subscription, order.subscription_id)
        if found is not None:
            return found
    subscription = Subscription(
        reader=order.reader,
        plan=order.plan,
        price_class=order.price_class,
        grid_from=order.grid_from,
        amount_cents=order.amount_cents,
        renews=order.renews,
        provider=order.provider,
        created_at=unit.now,
    )
    unit.db.add(subscription)
    unit.db.flush()
    return subscription


def add_period(
    unit: Unit,
    subscription: Subscription,
    starts_at: datetime,
    ends_at: datetime,
    order: Order | None = None,
) -> Period:
    """Give a stretch of time."""
    period = Period(starts_at=starts_at, ends_at=ends_at, order_id=order.id if order else None)
    subscription.periods.append(period)
    after = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "order": order.reference if order else None,
    }
    unit.log("period.added", subscription, after=after)
    return period


def give(
    unit: Unit,
    reader: Reader,
    plan: Plan,
    offers: Offers,
    until: datetime,
) -> Subscription:
    """A complimentary subscription, until an instant."""
    if until <= unit.now:
        raise RefusedError("la fin d’un abonnement offert est dans l’avenir")
    grid = offers.grid_on(unit.now.date()) or offers.grids[0]
    subscription = Subscription(
        reader=reader,
        plan=plan.name,
        price_class=offers.public_class.name,
        grid_from=grid.starts_on,
        amount_cents=0,
        renews=False,
        complimentary=True,
        provider=NOBODY_PAYS,
        created_at=unit.now,
    )
    unit.db.add(subscription)
    add_period(unit, subscription, unit.now, until)
    return subscription


def cancel(unit: Unit, subscription: Subscription) -> None:
    """Renew it no more: it runs to the end of what is paid. Doing it twice does nothing more."""
    if subscription.cancelled_at is None:
        subscription.cancelled_at = unit.now
        unit.log("subscription.cancelled", subscription, after={"at": unit.now})


def keep_renewing(unit: Unit, subscription: Subscription) -> None:
    """Take a cancellation back, while it runs."""
    if subscription.cancelled_at is None:
        return
    if state_of(subscription, unit.now) is State.ENDED:
        raise RefusedError("cet abonnement est terminé : il faut en prendre un nouveau")
    before = {"cancelled_at": subscription.cancelled_at}
    subscription.cancelled_at = None
    unit.log("subscription.kept", subscription, before=before)


def end_now(unit: Unit, subscription: Subscription) -> None:
    """End it at once; what was published until unit.now stays readable. Money is another matter."""
    before = {"ends_at": end_of(subscription)}
    for period in periods_of(subscription):
        if period.starts_at >= unit.now:
            period.withdrawn_at = unit.now
        elif period.ends_at > unit.now:
            period.ends_at = unit.now
    subscription.cancelled_at = subscription.cancelled_at or unit.now
    subscription.grace_until = None
    if is_paused(subscription):
        subscription.pauses[-1].ends_at = unit.now
    unit.log("subscription.ended", subscription, before=before, after={"at": unit.now})


def pause(unit: Unit, subscription: Subscription) -> None:
    """Let it stand still from unit.now on, and what would follow it with it."""
    if is_paused(subscription):
        return
    if state_of(subscription, unit.now) not in {State.ACTIVE, State.ENDING}:
        raise RefusedError("seul un abonnement en cours peut être suspendu")
    for held in _same_plan(subscription.reader, subscription.plan):
        if state_of(held, unit.now) in {State.ACTIVE, State.ENDING, State.SCHEDULED}:
            held.pauses.append(Pause(starts_at=unit.now, ends_at=None))
            unit.log("subscription.paused", held, after={"at": unit.now})


def resume(unit: Unit, subscription: Subscription) -> None:
    """Let it go on: what was left is left still, later by as long as it stood still."""
    for held in _same_plan(subscription.reader, subscription.plan):
        if is_paused(held):
            _resume(unit, held)


def _resume(unit: Unit, subscription: Subscription) -> None:
    paused = subscription.pauses[-1]
    before = {"ends_at": end_of(subscription)}
    moved_by = unit.now - paused.starts_at
    if moved_by < SHORT:
        moved_by = timedelta(0)
    for period in periods_of(subscription):
        if period.ends_at > paused.starts_at:
            period.starts_at += moved_by if period.starts_at > paused.starts_at else timedelta(0)
            period.ends_at += moved_by
    paused.ends_at = unit.now
    after = {"ends_at": end_of(subscription)}
    unit.log("subscription.resumed", subscription, before=before, after=after)


def note_failed_payment(unit: Unit, subscription: Subscription, grace_days: int) -> bool:
    """Leave everything open for some days, once for each renewal that failed; tells whether now.

    Nothing that has ended for another reason is opened by it.
    """
    end = end_of(subscription)
    if end is None or subscription.cancelled_at or not subscription.renews:
        return False
    if subscription.grace_until is not None:
        return False
    subscription.grace_until = max(end, unit.now) + timedelta(days=grace_days)
    after = {"grace_until": subscription.grace_until}
    unit.log("subscription.grace", subscription, after=after)
    return True
