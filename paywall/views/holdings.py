"""What a reader has, as the account's pages say it."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from paywall.accounts.rights import State, end_of, periods_of, state_of
from paywall.accounts.sign_in import DEMONSTRATION
from paywall.money.card_change import is_by_card
from paywall.offers.grid import Offers
from paywall.store.schema import Period, Reader, Subscription

_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Holding:
    """A subscription at an instant."""

    id: int
    label: str
    state: State
    starts_at: datetime | None
    ends_at: datetime | None
    """Of one that stands still: when it would end if it went on now."""
    grace_until: datetime | None
    paused_at: datetime | None
    """Since when it stands still, where it does."""
    days_left: int
    """What is left to read of a subscription that stands still, or would stand still now."""
    cents: int
    complimentary: bool
    renews: bool
    """Whether it will, as things stand: what can be cancelled."""
    cancelled: bool
    may_keep: bool
    by_card: bool
    """Whether Stripe charges it, and will again: whose card can be changed."""
    owes: bool
    """Whether a payment for it failed, and none has come since."""


def holding_of(subscription: Subscription, offers: Offers, language: str, now: datetime) -> Holding:
    """How a subscription stands."""
    plan, state = offers.plan(subscription.plan), state_of(subscription, now)
    periods, end = periods_of(subscription), end_of(subscription)
    paused_at = subscription.pauses[-1].starts_at if state is State.PAUSED else None
    if end is not None and paused_at is not None:
        end += now - paused_at
    cancelled = subscription.cancelled_at is not None
    return Holding(
        id=subscription.id,
        label=plan.label[language] if plan else subscription.plan,
        state=state,
        starts_at=periods[0].starts_at if periods else None,
        ends_at=end,
        grace_until=subscription.grace_until,
        paused_at=paused_at,
        days_left=_days_left(periods, paused_at or now),
        cents=subscription.amount_cents,
        complimentary=subscription.complimentary,
        renews=subscription.renews and not cancelled and state is not State.ENDED,
        cancelled=cancelled,
        may_keep=cancelled and subscription.renews and state is not State.ENDED,
        by_card=is_by_card(subscription, now),
        owes=subscription.grace_until is not None and not cancelled and state is not State.ENDED,
    )


def running(
    reader: Reader, offers: Offers, language: str, now: datetime, but: str | None = None
) -> list[Holding]:
    """What a reader has that has not ended, but for those of one plan."""
    held = [s for s in reader.subscriptions if s.plan not in {but, DEMONSTRATION}]
    holdings = (holding_of(subscription, offers, language, now) for subscription in held)
    return [holding for holding in holdings if holding.state is not State.ENDED]


def _days_left(periods: list[Period], since: datetime) -> int:
    """Days to read, a part of one counting whole; not those before a period begins."""
    left = sum(
        (p.ends_at - max(p.starts_at, since)).total_seconds() for p in periods if p.ends_at > since
    )
    return ceil(left / _DAY_SECONDS)
