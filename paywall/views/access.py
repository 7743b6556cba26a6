"""Access tokens from sessions: the redirect that renews them, unseen by readers."""

import logging
from datetime import datetime, timedelta

from paywall.accounts.rights import gives_all, rights_of
from paywall.accounts.sessions import find_session, should_note
from paywall.errors import DatabaseDownError, OffersError
from paywall.grants import NO_ADS
from paywall.renewal import RENEW_PATH
from paywall.service import Service
from paywall.site.answers import Answer, Header, redirect
from paywall.site.paths import local_target
from paywall.store.schema import Reader, Session
from paywall.tokens import MAX_LIFETIME, issue_token
from paywall.views.asked import Asked
from paywall.views.render import PRIVATE
from paywall.views.table import Desk, View

log = logging.getLogger(__name__)

PAUSE_SECONDS = 60
"""A minute, or until the token ends: then there is another one to ask for."""


def renew(desk: Desk, asked: Asked) -> Answer:
    """Give the browser of a session a new token, and send it back to its page.

    Without a session, the cookie that told of one goes. For the rest, it is tried once a minute,
    with a database or without, and even by a browser that keeps no new token: nobody is sent
    round in circles.
    """
    service, target = desk.service, local_target(asked.query.get("vers", ""))
    try:
        cookies = _renewed(service, asked)
    except DatabaseDownError as error:
        log.error("jetons non renouvelés : %s", type(error).__name__)
        cookies = (service.cookies.pause.header("1", PAUSE_SECONDS),)
    return redirect(target.encode("ascii"), *cookies, *PRIVATE, status=302)


def _renewed(service: Service, asked: Asked) -> tuple[Header, ...]:
    secret = service.cookies.session.one(asked.headers) or ""
    with service.database.read() as db:
        session = find_session(db, secret, asked.now)
        if session is None:
            return (service.cookies.session.removal(),)
        token, lifetime = _token(service, session, db.get_one(Reader, session.reader_id), asked.now)
        stale = should_note(session, asked.now)
    if stale:
        with service.database.begin(asked.now, f"reader:{session.reader_id}") as unit:
            unit.db.get_one(Session, session.id).seen_at = asked.now
    seconds = int(lifetime.total_seconds())
    return (
        service.cookies.access.header(token, seconds),
        service.cookies.pause.header("1", min(seconds, PAUSE_SECONDS)),
    )


def access_cookie(service: Service, session: Session, reader: Reader, now: datetime) -> Header:
    """A token of what a reader has at this instant; it ends before any of it does."""
    token, lifetime = _token(service, session, reader, now)
    return service.cookies.access.header(token, int(lifetime.total_seconds()))


def _token(
    service: Service, session: Session, reader: Reader, now: datetime
) -> tuple[str, timedelta]:
    rights = rights_of(reader, now)
    left = MAX_LIFETIME if rights.changes_at is None else rights.changes_at - now
    lifetime = max(min(left, MAX_LIFETIME), timedelta(seconds=1))
    token = issue_token(
        service.keys.current().signing,
        service.settings.address,
        (*rights.grants, *_without_ads(service, reader, now)),
        subject=session.subject,
        now=now,
        lifetime=lifetime,
    )
    return token, lifetime


def _without_ads(service: Service, reader: Reader, now: datetime) -> tuple[str, ...]:
    """What a token says where one of the plans that a reader has now comes without ads.

    Where no offers can be read, reading goes on, with ads.
    """
    try:
        offers = service.offers.current()
    except OffersError:
        return ()
    plans = {plan.name for plan in offers.plans if not plan.ads}
    held = any(s.plan in plans and gives_all(s, now) for s in reader.subscriptions)
    return (NO_ADS,) if held else ()


VIEWS = (View("renew", RENEW_PATH, get=renew, asks_who=False),)
