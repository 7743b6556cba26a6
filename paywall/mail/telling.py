"""Letters that follow from the books, whoever wrote in them: a page, a provider, a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from paywall.accounts.orders import PAID, PARTIAL, paid_cents
from paywall.mail.letters import tell_card, tell_failed, tell_paid, tell_partial
from paywall.offers.grid import Offers
from paywall.store.schema import Change, Order, Subscription
from paywall.store.unit import Unit

_GRACE = "subscription.grace"
_CARD = "subscription.card"
_PAYMENT = "order.payment"
_MONEY = (_PAYMENT, "order.fulfilled")


@contextmanager
def telling(unit: Unit, offers: Offers, address: str) -> Iterator[None]:
    """Tell readers what becomes, inside, of their orders and subscriptions: what is paid, what
    could not be charged, which card is charged. Once each, in the same transaction, by the lines
    of the audit log."""
    before = unit.db.scalar(select(func.max(Change.id))) or 0
    yield
    unit.db.flush()
    written = unit.db.scalars(select(Change).where(Change.id > before).order_by(Change.id))
    for line in written.all():
        _tell(unit, line, offers, address)


def _tell(unit: Unit, line: Change, offers: Offers, address: str) -> None:
    number = int(line.subject.rpartition(":")[2])
    if line.what == _GRACE:
        tell_failed(unit, unit.db.get_one(Subscription, number), offers, address)
    elif line.what == _CARD:
        tell_card(unit, unit.db.get_one(Subscription, number), offers, address)
    elif line.what == _PAYMENT and _status(line.after) == PARTIAL:
        order = unit.db.get_one(Order, number)
        if paid_cents(order) < order.amount_cents:  # else somebody has to look why it is not given
            tell_partial(unit, order, offers, address)
    elif line.what in _MONEY and _status(line.after) == PAID != _status(line.before):
        tell_paid(unit, unit.db.get_one(Order, number), offers, address)


def _status(told: dict[str, object] | None) -> object:
    return told.get("status") if told else None
