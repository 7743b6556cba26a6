"""What a reader may read, from what was paid or given: pure, over the rows of one reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from paywall.accounts.days import last_day
from paywall.grants import ALL_ISSUES, issue_grant, period_grant
from paywall.store.schema import Period, Reader, Subscription

MAX_GRANT_CHARACTERS = 2400
"""What a token may say, so that its cookie stays below the 4,096 bytes that browsers keep: some
hundred issues bought one by one. Beyond, the oldest are left out: a cookie that is not kept would
open nothing at all."""


class State(StrEnum):
    """How a subscription stands at an instant."""

    SCHEDULED = "scheduled"
    ACTIVE = "active"
    ENDING = "ending"  # active, and will not be renewed
    GRACE = "grace"  # a payment failed; everything stays open for a while
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which somebody was a subscriber."""

    starts_at: datetime
    ends_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether an instant lies in it."""
        return self.starts_at <= now < self.ends_at

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return self.starts_at.astimezone(UTC).date()

    @property
    def last_day(self) -> date:
        """The last day of which it holds a part: one that ends at midnight ends the day before."""
        return last_day(self.ends_at)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a reader has at an instant, and until when nothing of it changes by itself."""

    everything: bool
    stretches: tuple[Stretch, ...]
    """Past and present: what was published in them stays readable."""
    issues: tuple[str, ...]
    """Bought, the first first."""
    changes_at: datetime | None

    @property
    def grants(self) -> tuple[str, ...]:
        """What access tokens say of them: periods, then issues, the newest first."""
        if self.everything:
            return (ALL_ISSUES,)
        periods = [period_grant(s.first_day, s.last_day) for s in self.stretches]
        return tuple(_fitting([*reversed(periods), *map(issue_grant, reversed(self.issues))]))


def rights_of(reader: Reader, now: datetime) -> Rights:
    """Work out a reader's rights."""
    stretches = sorted(
        (stretch for s in reader.subscriptions for stretch in stretches_of(s)),
        key=lambda stretch: stretch.starts_at,
    )
    graces = [s.grace_until for s in reader.subscriptions if _is_in_grace(s, now)]
    bounds = [at for s in stretches for at in (s.starts_at, s.ends_at)] + [g for g in graces if g]
    return Rights(
        everything=bool(graces) or any(stretch.holds(now) for stretch in stretches),
        stretches=_joined([stretch for stretch in stretches if stretch.starts_at <= now]),
        issues=tuple(
            p.issue
            for p in sorted(reader.purchases, key=lambda p: p.bought_at)
            if p.withdrawn_at is None
        ),
        changes_at=min((at for at in bounds if at > now), default=None),
    )


def gives_all(subscription: Subscription, now: datetime) -> bool:
    """Whether a subscription opens everything at an instant."""
    return _is_in_grace(subscription, now) or any(
        stretch.holds(now) for stretch in stretches_of(subscription)
    )


def stretches_of(subscription: Subscription) -> Iterator[Stretch]:
    """The times in which a subscription gives something: its periods without its pauses."""
    for period in periods_of(subscription):
        start = period.starts_at
        for pause in subscription.pauses:
            if pause.starts_at < period.ends_at and (
                pause.ends_at is None or pause.ends_at > start
            ):
                if start < pause.starts_at:
                    yield Stretch(start, pause.starts_at)
                start = period.ends_at if pause.ends_at is None else pause.ends_at
        if start < period.ends_at:
            yield Stretch(start, period.ends_at)


def periods_of(subscription: Subscription) -> list[Period]:
    """What was paid or given and not taken back, oldest first."""
    return [p for p in subscription.periods if p.withdrawn_at is None]


def state_of(subscription: Subscription, now: datetime) -> State:
    """How a subscription stands."""
    periods = periods_of(subscription)
    if (
        is_paused(subscription)
        and periods
        and periods[-1].ends_at > subscription.pauses[-1].starts_at
    ):
        return State.PAUSED
    if any(period.starts_at <= now < period.ends_at for period in periods):
        return (
            State.ACTIVE if subscription.renews and not subscription.cancelled_at else State.ENDING
        )
    if _is_in_grace(subscription, now):
        return State.GRACE
    return State.SCHEDULED if any(p.starts_at > now for p in periods) else State.ENDED


def is_paused(subscription: Subscription) -> bool:
    """Whether its last pause lasts."""
    return bool(subscription.pauses) and subscription.pauses[-1].ends_at is None


def end_of(subscription: Subscription) -> datetime | None:
    """When what was paid or given ends; None where all was taken back."""
    return max((period.ends_at for period in periods_of(subscription)), default=None)


def _is_in_grace(subscription: Subscription, now: datetime) -> bool:
    return subscription.grace_until is not None and now < subscription.grace_until


def _joined(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Stretches that touch become one: renewals do not lengthen tokens."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and stretch.starts_at <= joined[-1].ends_at:
            last = joined.pop()
            stretch = Stretch(last.starts_at, max(last.ends_at, stretch.ends_at))
        joined.append(stretch)
    return tuple(joined)


def _fitting(grants: list[str]) -> Iterator[str]:
    left = MAX_GRANT_CHARACTERS
    for grant in grants:
        left -= len(grant) + len('"",')
        if left < 0:
            return
        yield grant
