"""An order by transfer that its reader wants no more."""

from paywall.accounts.orders import give_up_own
from paywall.accounts.providers import OFFLINE
from paywall.mail.letters import tell_dropped
from paywall.site.answers import Answer, redirect
from paywall.views.asked import Asked
from paywall.views.known import reader_in
from paywall.views.orders import ORDER_PATH, REFERENCE, may_drop, own_order, receipt_for
from paywall.views.render import PRIVATE
from paywall.views.table import Desk, View


def ask_drop(desk: Desk, asked: Asked) -> Answer:
    """Say what it does, and what to do instead where the money is on its way."""
    with desk.service.database.read() as db:
        order = own_order(db, asked)
        if order is None:
            return desk.not_found(asked)
        if not may_drop(order):
            return _to_order(order.reference)
        return desk.page(asked, "drop.html", order=order, receipt=receipt_for(desk, asked, order))


def drop(desk: Desk, asked: Asked) -> Answer:
    """Drop it, once; refused where money has come since the page was shown."""
    service = desk.service
    offers, address = service.offers.current(), service.settings.address
    _, known = asked.signed_in()
    with service.database.begin(asked.now, f"reader:{known.id}") as unit:
        reader_in(unit, asked)
        order = own_order(unit.db, asked)
        if order is None:
            return desk.not_found(asked)
        reference = order.reference
        if order.provider != OFFLINE:
            return _to_order(reference)
        if give_up_own(unit, order):
            tell_dropped(unit, order, offers, address, by_reader=True)
    return _to_order(reference, "?fait=annulee")


def _to_order(reference: str, told: str = "") -> Answer:
    return redirect(f"{ORDER_PATH}{reference}/{told}".encode("ascii"), *PRIVATE, status=303)


VIEWS = (
    View(
        "drop-order",
        rf"{ORDER_PATH}{REFERENCE}/annuler/",
        get=ask_drop,
        post=drop,
        for_readers=True,
    ),
)
