"""What somebody is about to buy: for whom, at what price, and what it follows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts.limits import Limit, check_limit
from paywall.accounts.orders import (
    AWAITING,
    Price,
    Wish,
    paid_cents,
    place_order,
    price_of,
    renew_waiting,
)
from paywall.accounts.payments import fulfil_free
from paywall.accounts.providers import OFFLINE
from paywall.accounts.rights import State, end_of, rights_of, state_of
from paywall.errors import RefusedError
from paywall.mail.letters import tell_paid, tell_placed
from paywall.offers.grid import Offers, Plan, PriceClass
from paywall.offers.members import class_of
from paywall.service import Service
from paywall.site.issues import Issue
from paywall.store.schema import Order, Reader, Subscription
from paywall.store.unit import Unit

ORDERS = Limit("orders", 20, timedelta(days=1))
"""Of one reader: each is a row that stays for ten years, and a letter."""


@dataclass(frozen=True, slots=True)
class Deal:
    """Everything that is said before the button."""

    wish: Wish
    price: Price
    price_class: PriceClass
    plan: Plan | None
    issue: Issue | None
    follows: datetime | None
    """When what its reader has of the same plan ends: a new period begins there."""
    resumes: bool
    """Whether that stands still, and goes on with this payment."""


def own_class(service: Service, reader: Reader | None, now: datetime) -> PriceClass:
    """The price class of whoever is signed in, by the address that they proved; else the last."""
    offers = service.offers.current()
    if reader is None or reader.email is None:
        return offers.public_class
    return class_of(offers, service.members.find(reader.email), now.astimezone(UTC).date())


def deal_of(service: Service, reader: Reader, wish: Wish, now: datetime) -> Deal:
    """What a wish comes to. Raises `RefusedError` for what is not sold, or not to this reader."""
    offers, found = service.offers.current(), own_class(service, reader, now)
    price = price_of(offers, wish, found, now.astimezone(UTC).date())
    plan = offers.plan(wish.plan) if wish.plan else None
    issue = service.issues.find(wish.issue) if wish.issue else None
    if plan is None and (issue is None or issue.is_open(now)):
        raise RefusedError("ce numéro n’est pas à vendre")
    if issue is not None and owns(reader, issue, now):
        raise RefusedError("ce numéro est déjà à vous")
    follows = _end_of_same(reader, wish.plan, now)
    if not price.cents and follows is not None:
        raise RefusedError("cet abonnement est déjà le vôtre")
    same = [held for held in reader.subscriptions if held.plan == wish.plan]
    resumes = any(state_of(held, now) is State.PAUSED for held in same)
    return Deal(wish, price, found, plan, issue, follows, resumes)


def owns(reader: Reader, issue: Issue, now: datetime) -> bool:
    """Whether an issue is a reader's for good: bought, or published while they subscribed."""
    rights = rights_of(reader, now)
    kept = any(
        s.first_day <= issue.published <= s.last_day and issue.published <= now.date()
        for s in rights.stretches
    )
    return kept or issue.slug in rights.issues


def _end_of_same(reader: Reader, plan: str | None, now: datetime) -> datetime | None:
    ends = (_end_if_resumed(held, now) for held in reader.subscriptions if held.plan == plan)
    return max((end for end in ends if end is not None and end > now), default=None)


def _end_if_resumed(held: Subscription, now: datetime) -> datetime | None:
    end = end_of(held)
    if end is not None and state_of(held, now) is State.PAUSED:
        end += now - held.pauses[-1].starts_at
    return end


def buy(unit: Unit, reader: Reader, deal: Deal, offers: Offers, address: str) -> Order:
    """Place the order, or find the same one that waits: two tabs, or two clicks, are one order."""
    waiting = _same_order(unit.db, reader, deal)
    if waiting is not None:
        waiting.return_to = deal.wish.return_to
        if renew_waiting(unit, waiting) and deal.wish.provider == OFFLINE:
            tell_placed(unit, waiting, offers, address)
        return waiting
    check_limit(unit, ORDERS, str(reader.id))
    order = place_order(unit, reader, deal.wish, deal.price, offers)
    if not deal.price.cents:
        fulfil_free(unit, order, offers)
        tell_paid(unit, order, offers, address)
    elif deal.wish.provider == OFFLINE:
        tell_placed(unit, order, offers, address)
    return order


def _same_order(db: DatabaseSession, reader: Reader, deal: Deal) -> Order | None:
    wish, price = deal.wish, deal.price
    waiting = db.scalars(
        select(Order)
        .where(
            Order.reader_id == reader.id,
            Order.status == AWAITING,
            Order.provider == wish.provider,
            Order.amount_cents == price.cents,
            Order.price_class == price.price_class,
            Order.grid_from == price.grid_from,
            Order.renews == wish.renews,
            Order.subscription_id.is_(None),
        )
        .order_by(Order.id.desc())
    )
    same = (wish.plan, wish.issue, wish.starts_at)
    return next(
        (o for o in waiting if (o.plan, o.issue, o.starts_at) == same and not paid_cents(o)), None
    )
