"""Orders that nobody pays: dropped by themselves, and their readers told."""

import logging

import anyio
import anyio.to_thread
from sqlalchemy import func, select

from paywall.accounts.orders import AWAITING, WAITED, give_up
from paywall.accounts.providers import OFFLINE
from paywall.errors import DatabaseDownError, OffersError
from paywall.mail.letters import tell_dropped
from paywall.money.dropped import UNPAID
from paywall.money.till import Till
from paywall.store.schema import Order
from paywall.store.unit import Unit

log = logging.getLogger(__name__)

_AT_ONCE = 200
_EVERY_SECONDS = 3600.0


def drop_unpaid(unit: Unit, till: Till) -> int:
    """Drop those that have waited too long, and write to who was to pay by bank; how many."""
    asked_at = func.coalesce(Order.asked_again_at, Order.created_at)
    asked = (
        select(Order)
        .where(Order.status == AWAITING, asked_at < unit.now - WAITED)
        .order_by(Order.id)
        .limit(_AT_ONCE)
    )
    offers, found = till.offers(), unit.db.scalars(asked).all()
    for order in found:
        give_up(unit, order)
        if order.provider == OFFLINE:  # others left Stripe's page: they know that nothing is paid
            tell_dropped(unit, order, offers, till.settings.address, by_reader=False)
    return len(found)


async def drop_for_ever(till: Till) -> None:
    """Drop at the start, and every hour."""
    while True:
        try:
            await anyio.to_thread.run_sync(_drop, till)
        except (DatabaseDownError, OffersError) as error:
            log.warning("commandes impayées non annulées : %s", type(error).__name__)
        await anyio.sleep(_EVERY_SECONDS)


def _drop(till: Till) -> None:
    with till.database.begin(till.clock(), UNPAID) as unit:
        drop_unpaid(unit, till)
