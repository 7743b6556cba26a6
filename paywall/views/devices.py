"""The browsers that are signed in, and signing out of them."""

from sqlalchemy import select

from paywall.accounts.feeds import feed_of
from paywall.accounts.leaving import leave_everywhere
from paywall.accounts.sessions import end_session, is_alive
from paywall.site.answers import Answer, redirect
from paywall.store.schema import Session
from paywall.views.asked import Asked
from paywall.views.known import reader_in
from paywall.views.render import PRIVATE
from paywall.views.sign_in import forget_tokens
from paywall.views.table import Desk, View

PATH = "/compte/appareils/"
KEEP_FEED = "garder-flux"
"""The box that keeps the private feed's address: off unless its reader ticks it."""


def devices(desk: Desk, asked: Asked) -> Answer:
    """Every browser, this one first."""
    here, reader = asked.signed_in()
    with desk.service.database.read() as db:
        mine = select(Session).where(Session.reader_id == reader.id)
        found = db.scalars(mine.order_by(Session.seen_at.desc()))
        alive = [session for session in found if is_alive(session, asked.now)]
        feed = feed_of(db, reader)
    alive.sort(key=lambda session: session.id != here.id)
    return desk.page(asked, "devices.html", sessions=alive, here=here.id, feed=feed)


def end_one(desk: Desk, asked: Asked) -> Answer:
    """Sign one browser out; one that is not theirs, or is out already, changes nothing."""
    service, number = desk.service, asked.form.get("appareil", "")
    here, reader = asked.signed_in()
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return redirect(PATH.encode(), *PRIVATE, status=303)
    with service.database.begin(asked.now, f"reader:{reader.id}") as unit:
        session = unit.db.get(Session, int(number))
        if session is None or session.reader_id != reader.id:
            return redirect(PATH.encode(), *PRIVATE, status=303)
        end_session(unit, session)
    forget_tokens(service, session, asked.now)
    if session.id == here.id:
        return _out(desk)
    return redirect(f"{PATH}?fait=deconnecte".encode("ascii"), *PRIVATE, status=303)


def end_all(desk: Desk, asked: Asked) -> Answer:
    """Sign every browser out, this one with them; the private feed ends unless it is kept."""
    service, (_, reader) = desk.service, asked.signed_in()
    with service.database.begin(asked.now, f"reader:{reader.id}") as unit:
        keeps = asked.form.get(KEEP_FEED) == "oui"
        left = leave_everywhere(unit, reader_in(unit, asked), keeps_feed=keeps)
    for session in left.sessions:
        forget_tokens(service, session, asked.now)
    return _out(desk)


def _out(desk: Desk) -> Answer:
    cookies = desk.service.cookies
    gone = cookies.access.removal(), cookies.session.removal()
    return redirect(b"/", *gone, *PRIVATE, status=303)


VIEWS = (
    View(
        "devices",
        PATH,
        get=devices,
        post=end_one,
        fields=frozenset({"appareil"}),
        for_readers=True,
    ),
    View(
        "everywhere",
        f"{PATH}partout/",
        post=end_all,
        fields=frozenset({KEEP_FEED}),
        for_readers=True,
    ),
)
