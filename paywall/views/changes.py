"""What readers do with a subscription themselves: cancel it, keep it, pause it, go on."""

from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts import subscriptions
from paywall.accounts.rights import is_paused
from paywall.mail.letters import tell_cancelled, tell_paused, tell_resumed
from paywall.offers.grid import Offers
from paywall.site.answers import Answer, redirect
from paywall.store.schema import Subscription
from paywall.store.unit import Unit
from paywall.views.access import access_cookie
from paywall.views.account import ACCOUNT_PATH
from paywall.views.asked import Asked
from paywall.views.holdings import holding_of
from paywall.views.render import PRIVATE
from paywall.views.table import Desk, View

_ONE = r"/compte/abonnement/(?P<number>\d{1,9})/"

Change = Callable[[Unit, Subscription, Offers, str], None]


def cancel(unit: Unit, held: Subscription, offers: Offers, address: str) -> None:
    """Have it end with what is paid; told once, however often it is asked."""
    if held.cancelled_at is None:
        subscriptions.cancel(unit, held)
        tell_cancelled(unit, held, offers, address)


def keep(unit: Unit, held: Subscription, _offers: Offers, _address: str) -> None:
    """Take that back."""
    subscriptions.keep_renewing(unit, held)


def pause(unit: Unit, held: Subscription, offers: Offers, address: str) -> None:
    """Have it stand still."""
    if not is_paused(held):
        subscriptions.pause(unit, held)
        tell_paused(unit, held, offers, address)


def resume(unit: Unit, held: Subscription, offers: Offers, address: str) -> None:
    """Have it go on."""
    if is_paused(held):
        subscriptions.resume(unit, held)
        tell_resumed(unit, held, offers, address)


def ask(template: str, desk: Desk, asked: Asked) -> Answer:
    """Say what a change does, before it is made."""
    offers = desk.service.offers.current()
    with desk.service.database.read() as db:
        held = _own(db, asked)
        if held is None:
            return desk.not_found(asked)
        holding = holding_of(held, offers, asked.language, asked.now)
    return desk.page(asked, template, held=holding)


def make(change: Change, done: str, desk: Desk, asked: Asked) -> Answer:
    """Make a change, and go back to the account with a token of what is theirs now."""
    service, session = desk.service, asked.session
    offers = service.offers.current()
    with service.database.begin(asked.now, f"reader:{asked.reader.id if asked.reader else 0}") as u:
        held = _own(u.db, asked)
        if held is None or session is None:
            return desk.not_found(asked)
        change(u, held, offers, service.settings.address)
        u.db.flush()
        fresh = access_cookie(service, session, held.reader, asked.now)
    where = f"{ACCOUNT_PATH}?fait={done}".encode("ascii")
    return redirect(where, fresh, *PRIVATE, status=303)


def _own(db: DatabaseSession, asked: Asked) -> Subscription | None:
    held = db.get(Subscription, int(asked.parts["number"]))
    mine = held is not None and asked.reader is not None and held.reader_id == asked.reader.id
    return held if mine else None


VIEWS = (
    View(
        "cancel",
        rf"{_ONE}resilier/",
        get=partial(ask, "cancel.html"),
        post=partial(make, cancel, "resilie"),
        for_readers=True,
    ),
    View("keep", rf"{_ONE}garder/", post=partial(make, keep, "garde"), for_readers=True),
    View(
        "pause",
        rf"{_ONE}suspendre/",
        get=partial(ask, "pause.html"),
        post=partial(make, pause, "suspendu"),
        for_readers=True,
    ),
    View("resume", rf"{_ONE}reprendre/", post=partial(make, resume, "repris"), for_readers=True),
)
