"""Orders and their receipts, each for its own reader only."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts.limits import Limit, check_limit
from paywall.accounts.orders import (
    AWAITING,
    CANCELLED,
    PAID,
    PARTIAL,
    find_order,
    pay_by,
)
from paywall.accounts.providers import OFFLINE
from paywall.accounts.receipts import Receipt, receipt_of
from paywall.money.provider import ProviderDownError, ProviderRefusedError
from paywall.service import Service
from paywall.site.answers import Answer, Header, redirect
from paywall.store.schema import Order, Reader
from paywall.views.access import access_cookie
from paywall.views.asked import Asked
from paywall.views.paying import form_policy
from paywall.views.render import PRIVATE
from paywall.views.table import Desk, View

log = logging.getLogger(__name__)

QUESTIONS = Limit("questions to the provider", 60, timedelta(hours=1))
"""That one reader may cause."""

REFERENCE = r"(?P<reference>BIC-[A-Z0-9]{4}-[A-Z0-9]{4})"
ORDER_PATH = "/commande/"


@dataclass(frozen=True, slots=True)
class Line:
    """An order in a list."""

    order: Order
    receipt: Receipt


def order_page(desk: Desk, asked: Asked) -> Answer:
    """How an order stands, how to pay it, and its receipt."""
    service = desk.service
    with service.database.read() as db:
        order = own_order(db, asked)
        if order is None:
            return desk.not_found(asked)
        receipt = receipt_for(desk, asked, order)
        page = desk.page(
            asked,
            "order.html",
            order=order,
            receipt=receipt,
            buyer=order.reader,
            offers=service.offers.current(),
            by_card=order.provider != OFFLINE and order.provider in service.till.providers,
            waits=order.status in {AWAITING, PARTIAL},
            pay_by=pay_by(order),
            may_drop=may_drop(order),
        )
        fresh = _opened(service, asked, order)
    return page.with_headers(*form_policy(service, order.provider), *fresh)


def pay_order(desk: Desk, asked: Asked) -> Answer:
    """Go back to where an order is paid."""
    with desk.service.database.read() as db:
        order = own_order(db, asked)
    return desk.not_found(asked) if order is None else pay(desk, asked, order.id)


def thanks(desk: Desk, asked: Asked) -> Answer:
    """Back from where it was paid: to the article that made somebody subscribe, which opens.

    The provider's message may be on its way still: it is asked, so that nobody waits.
    """
    with desk.service.database.read() as db:
        order = own_order(db, asked)
    if order is None:
        return desk.not_found(asked)
    _count_of(desk, asked, order)
    try:
        desk.service.till.catch_up(order.reference)
    except (ProviderDownError, ProviderRefusedError) as error:
        log.warning("paiement encore inconnu : %s", type(error).__name__)
    return landing(desk, asked, order.id)


def pay(desk: Desk, asked: Asked, order_id: int) -> Answer:
    """Where an order goes next: to be paid, or, where nothing is due, to what it opens."""
    with desk.service.database.read() as db:
        order = db.get_one(Order, order_id)
    path = f"{ORDER_PATH}{order.reference}/"
    if order.status == PAID:
        return landing(desk, asked, order_id)
    if order.status not in {AWAITING, CANCELLED}:
        return redirect(path.encode("ascii"), *PRIVATE, status=303)
    _count_of(desk, asked, order)
    try:
        where = desk.service.till.start_checkout(order.reference)
    except (ProviderDownError, ProviderRefusedError) as error:
        log.warning("paiement non commencé : %s", type(error).__name__)
        where = f"{path}?fait=carte-indisponible"
    return redirect(where.encode("ascii"), *PRIVATE, status=303)


def _count_of(desk: Desk, asked: Asked, order: Order) -> None:
    """Where the provider is asked about an order. Raises `TooManyError`."""
    if order.provider != OFFLINE and order.status != PAID:
        count_question(desk, asked)


def count_question(desk: Desk, asked: Asked) -> None:
    """Count a question to the provider: a thread waits for its answer. Raises `TooManyError`."""
    _, reader = asked.signed_in()
    with desk.service.database.begin(asked.now, f"reader:{reader.id}") as unit:
        check_limit(unit, QUESTIONS, str(reader.id))


def landing(desk: Desk, asked: Asked, order_id: int) -> Answer:
    """With a token of what is theirs now, to the page that they wanted; to the order if not."""
    service, (session, _) = desk.service, asked.signed_in()
    with service.database.read() as db:
        order = db.get_one(Order, order_id)
        paid = order.status == PAID
        reader = db.get_one(Reader, order.reader_id)
        fresh = access_cookie(service, session, reader, asked.now)
    where = order.return_to
    if not paid or where == "/":
        where = f"{ORDER_PATH}{order.reference}/?fait={'payee' if paid else 'en-attente'}"
    return redirect(where.encode("ascii"), fresh, *PRIVATE, status=303)


def order_list(desk: Desk, asked: Asked) -> Answer:
    """Every order, the newest first."""
    _, reader = asked.signed_in()
    with desk.service.database.read() as db:
        mine = select(Order).where(Order.reader_id == reader.id)
        found = db.scalars(mine.order_by(Order.id.desc()))
        lines = [Line(order, receipt_for(desk, asked, order)) for order in found]
        return desk.page(asked, "orders.html", lines=lines)


def _opened(service: Service, asked: Asked, order: Order) -> tuple[Header, ...]:
    """What a transfer opened since the token was made: a letter leads to its order, and on."""
    if order.paid_at is None:
        return ()
    session, _ = asked.signed_in()
    return (access_cookie(service, session, order.reader, asked.now),)


def own_order(db: DatabaseSession, asked: Asked) -> Order | None:
    """The order of an address, if it is that of whoever asks."""
    order, (_, reader) = find_order(db, asked.parts["reference"]), asked.signed_in()
    return order if order is not None and order.reader_id == reader.id else None


def may_drop(order: Order) -> bool:
    """Whether its reader may say that it is wanted no more: nothing came, and Stripe's page, which
    ends by itself in a day, is not open for it."""
    return order.status == AWAITING and order.provider == OFFLINE


def receipt_for(desk: Desk, asked: Asked, order: Order) -> Receipt:
    """Its receipt, in the language of whoever asks."""
    issue = desk.service.issues.find(order.issue) if order.issue else None
    offers = desk.service.offers.current()
    return receipt_of(order, offers, asked.language, issue.title if issue else "")


VIEWS = (
    View("order", rf"{ORDER_PATH}{REFERENCE}/", get=order_page, for_readers=True),
    View("pay", rf"{ORDER_PATH}{REFERENCE}/payer/", post=pay_order, for_readers=True),
    View("thanks", rf"{ORDER_PATH}{REFERENCE}/merci/", get=thanks, for_readers=True),
    View("orders", "/compte/commandes/", get=order_list, for_readers=True),
)
