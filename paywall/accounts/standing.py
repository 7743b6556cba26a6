"""How readers stand, one line each: for the office's lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from paywall.accounts.addresses import DEMONSTRATION_EMAIL
from paywall.accounts.days import last_day
from paywall.accounts.rights import end_of, periods_of, rights_of
from paywall.store.schema import Reader, Subscription

_AT_ONCE = 1000
"""Readers that are in memory at a time."""


class Kind(StrEnum):
    """What somebody is to the review, in the office's words."""

    ACTIVE = "abonné"
    LAPSED = "ancien abonné"
    REGISTERED = "inscrit"


@dataclass(frozen=True, slots=True)
class Standing:
    """A reader, and the subscription that counts: the one that ends last."""

    reader: Reader
    kind: Kind
    subscription: Subscription | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which readers are asked for."""

    kind: Kind | None = None
    plan: str | None = None
    price_class: str | None = None

    def has(self, standing: Standing) -> bool:
        """Whether somebody is."""
        held = standing.subscription
        return (
            (self.kind is None or standing.kind is self.kind)
            and (self.plan is None or (held is not None and held.plan == self.plan))
            and (
                self.price_class is None
                or (held is not None and held.price_class == self.price_class)
            )
        )


def standings(db: Session, now: datetime, wanted: Wanted) -> Iterator[Standing]:
    """Readers who are not erased, by address; not the one who shows the service."""
    held = selectinload(Reader.subscriptions)
    readers = (
        select(Reader)
        .where(Reader.email.is_not(None), Reader.email != DEMONSTRATION_EMAIL)
        .options(
            held.selectinload(Subscription.periods),
            held.selectinload(Subscription.pauses),
            selectinload(Reader.purchases),
        )
        .order_by(Reader.email)
        .execution_options(yield_per=_AT_ONCE)
    )
    for reader in db.scalars(readers):
        if wanted.has(found := standing_of(reader, now)):
            yield found


def standing_of(reader: Reader, now: datetime) -> Standing:
    """How somebody stands."""
    held = max(
        (s for s in reader.subscriptions if periods_of(s)),
        key=lambda s: (end_of(s) or now, s.id),
        default=None,
    )
    if held is None:
        return Standing(reader, Kind.REGISTERED, None, None, None)
    kind = Kind.ACTIVE if rights_of(reader, now).everything else Kind.LAPSED
    days = days_of(held)
    return Standing(reader, kind, held, days[0][0], days[-1][1])


def days_of(subscription: Subscription) -> list[tuple[date, date]]:
    """First and last days of what it gave or will give, what follows without a gap being one."""
    days: list[tuple[date, date]] = []
    for period in sorted(periods_of(subscription), key=lambda period: period.starts_at):
        first, last = period.starts_at.astimezone(UTC).date(), last_day(period.ends_at)
        if days and first <= days[-1][1] + timedelta(days=1):
            days[-1] = days[-1][0], max(days[-1][1], last)
        else:
            days.append((first, last))
    return days
