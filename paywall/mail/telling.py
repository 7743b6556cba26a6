"""Letters that follow from the books, whoever wrote in them: a page, a provider, a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from paywall.accounts.orders import PAID, PARTIAL, paid_cents
from paywall.mail.letters import (
    tell_card,
    tell_excess,
    tell_failed,
    tell_paid,
    tell_partial,
    tell_refunded,
)
from paywall.offers.grid import Offers
from paywall.store.schema import Change, Order, Subscription
from paywall.store.unit import Unit

_GRACE = "subscription.grace"
_CARD = "subscription.card"
_PAYMENT = "order.payment"
_GIVEN = (_PAYMENT, "order.fulfilled")
_SENT_BACK = "order.sent-back"
_RETURNED = ("order.refunded", _SENT_BACK)


@contextmanager
def telling(unit: Unit, offers: Offers, address: str) -> Iterator[None]:
    """Tell readers what becomes, inside, of their orders and subscriptions: what is paid, what
    could not be charged, what goes back, which card is charged. Once each, in the same transaction,
    by the lines of the audit log."""
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
    elif line.what in _GIVEN:
        _tell_given(unit, line, unit.db.get_one(Order, number), offers, address)
    elif line.what in _RETURNED:
        order = unit.db.get_one(Order, number)
        tell_refunded(unit, order, offers, address, _returned_cents(line, order))


def _tell_given(unit: Unit, line: Change, order: Order, offers: Offers, address: str) -> None:
    before, after = _status(line.before), _status(line.after)
    if after == PAID != before:
        tell_paid(unit, order, offers, address)
    elif line.what == _PAYMENT and after == PAID:
        tell_excess(unit, order, offers, address)
    elif after == PARTIAL and paid_cents(order) < order.amount_cents:
        tell_partial(unit, order, offers, address)  # else somebody looks why it is not given


def _returned_cents(line: Change, order: Order) -> int:
    if line.what == _SENT_BACK:  # it came and went in one line
        return -order.payments[-1].amount_cents
    return _paid(line.before) - _paid(line.after)


def _paid(told: dict[str, object] | None) -> int:
    return int(str(told["paid_cents"])) if told else 0


def _status(told: dict[str, object] | None) -> object:
    return told.get("status") if told else None
