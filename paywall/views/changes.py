"""What readers do with a subscription themselves: cancel it, keep it, pause it, go on."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts import subscriptions
from paywall.accounts.limits import Limit, check_limit
from paywall.accounts.rights import is_paused
from paywall.mail.letters import tell_cancelled, tell_paused, tell_resumed
from paywall.money import renewals
from paywall.service import Service
from paywall.site.answers import Answer, redirect
from paywall.store.schema import Reader, Subscription
from paywall.store.unit import Unit
from paywall.views.access import access_cookie
from paywall.views.account import ACCOUNT_PATH
from paywall.views.asked import Asked
from paywall.views.holdings import holding_of
from paywall.views.render import PRIVATE
from paywall.views.table import Desk, View

CHANGES = Limit("changes of a subscription", 30, timedelta(days=1))
"""Of one reader: each is a line of the audit log, which is never shortened, and a letter."""

ONE = r"/compte/abonnement/(?P<number>\d{1,9})/"

Change = Callable[[Service, int, str], None]
"""By whom a subscription is changed, here and at whoever charges for it."""


def cancel(service: Service, number: int, who: str) -> None:
    """Have it end with what is paid; told once, however often it is asked."""
    offers = service.offers.current()

    def deed(unit: Unit, held: Subscription) -> None:
        if held.cancelled_at is None:
            subscriptions.cancel(unit, held)
            tell_cancelled(unit, held, offers, service.settings.address)

    renewals.stop(service.till, number, who, deed)


def keep(service: Service, number: int, who: str) -> None:
    """Take that back."""
    renewals.keep(service.till, number, who)


def pause(service: Service, number: int, who: str) -> None:
    """Have it stand still."""
    offers = service.offers.current()

    def deed(unit: Unit, held: Subscription) -> None:
        if not is_paused(held):
            subscriptions.pause(unit, held)
            tell_paused(unit, held, offers, service.settings.address)

    renewals.stand_still(service.till, number, who, deed)


def resume(service: Service, number: int, who: str) -> None:
    """Have it go on."""
    offers = service.offers.current()

    def deed(unit: Unit, held: Subscription) -> None:
        if is_paused(held):
            subscriptions.resume(unit, held)
            tell_resumed(unit, held, offers, service.settings.address)

    renewals.go_on(service.till, number, who, deed)


def ask(template: str, desk: Desk, asked: Asked) -> Answer:
    """Say what a change does, before it is made."""
    offers = desk.service.offers.current()
    with desk.service.database.read() as db:
        held = own_subscription(db, asked)
        if held is None:
            return desk.not_found(asked)
        holding = holding_of(held, offers, asked.language, asked.now)
    return desk.page(asked, template, held=holding)


def make(change: Change, done: str, desk: Desk, asked: Asked) -> Answer:
    """Make a change, and go back to the account with a token of what is theirs now."""
    service, (session, reader) = desk.service, asked.signed_in()
    with service.database.read() as db:
        held = own_subscription(db, asked)
    if held is None:
        return desk.not_found(asked)
    if change is cancel and not held.renews:
        return redirect(asked.path.encode("ascii"), *PRIVATE, status=303)  # which says why
    who = f"reader:{reader.id}"
    if change is not cancel:  # which is never refused
        with service.database.begin(asked.now, who) as unit:
            check_limit(unit, CHANGES, who)
    change(service, held.id, who)
    with service.database.read() as db:
        fresh = access_cookie(service, session, db.get_one(Reader, reader.id), asked.now)
    where = f"{ACCOUNT_PATH}?fait={done}".encode("ascii")
    return redirect(where, fresh, *PRIVATE, status=303)


def own_subscription(db: DatabaseSession, asked: Asked) -> Subscription | None:
    """The subscription of an address, if it is that of whoever asks."""
    held, (_, reader) = db.get(Subscription, int(asked.parts["number"])), asked.signed_in()
    return held if held is not None and held.reader_id == reader.id else None


VIEWS = (
    View(
        "cancel",
        rf"{ONE}resilier/",
        get=partial(ask, "cancel.html"),
        post=partial(make, cancel, "resilie"),
        for_readers=True,
    ),
    View("keep", rf"{ONE}garder/", post=partial(make, keep, "garde"), for_readers=True),
    View(
        "pause",
        rf"{ONE}suspendre/",
        get=partial(ask, "pause.html"),
        post=partial(make, pause, "suspendu"),
        for_readers=True,
    ),
    View("resume", rf"{ONE}reprendre/", post=partial(make, resume, "repris"), for_readers=True),
)
