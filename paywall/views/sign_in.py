"""Signing in by mail, and out."""

from datetime import datetime, timedelta

from paywall.accounts import sign_in
from paywall.accounts.addresses import AddressError, normalised
from paywall.accounts.limits import TooManyError
from paywall.accounts.sessions import Opened, end_session, has_signed_in, open_session
from paywall.errors import PaywallError
from paywall.mail.letters import send_sign_in
from paywall.service import Service
from paywall.site.answers import Answer, Header, redirect
from paywall.site.paths import local_target
from paywall.store.schema import Reader, Session
from paywall.store.unit import Unit
from paywall.tokens import MAX_LIFETIME
from paywall.views.access import access_cookie
from paywall.views.asked import Asked
from paywall.views.render import PRIVATE
from paywall.views.table import OUTBOX_PATH, SIGN_IN_PATH, Desk, View
from paywall.words import say

CODE_PATH = "/connexion/code/"
LINK_PATH = "/connexion/lien/"
SIGN_OUT_PATH = "/acces/fermer/"
AUTHOR = "sign-in"


def form(desk: Desk, asked: Asked) -> Answer:
    """Where an address is typed."""
    target = local_target(asked.query.get("vers", "/"))
    if asked.session is not None:
        return _back(desk.service, asked, asked.session, target)
    return desk.page(asked, "sign_in.html", target=target, email="", wrong="")


def _back(service: Service, asked: Asked, session: Session, target: str) -> Answer:
    """Whoever is signed in already comes from a wall: what is theirs may be more by now."""
    with service.database.read() as db:
        reader = db.get_one(Reader, session.reader_id)
        fresh = access_cookie(service, session, reader, asked.now)
    return redirect(target.encode("ascii"), fresh, *PRIVATE, status=303)


def ask(desk: Desk, asked: Asked) -> Answer:
    """Send the message. The answer says nothing of who is known."""
    target = local_target(asked.form.get("vers", "/"))
    typed = asked.form.get("email", "")
    try:
        email = normalised(typed)
    except AddressError:
        wrong = say(asked.language, "Cette adresse n’est pas complète : vérifiez-la.")
        return desk.page(asked, "sign_in.html", status=422, target=target, email=typed, wrong=wrong)
    browser = send_message(desk, asked, email, target)
    return redirect(CODE_PATH.encode(), browser, *PRIVATE, status=303)


def send_message(desk: Desk, asked: Asked, email: str, target: str) -> Header:
    """Queue the message with link and code; the cookie of the browser that waits for the code."""
    service = desk.service
    with service.database.begin(asked.now, AUTHOR) as unit:
        sent = sign_in.ask(unit, email, asked.network, next_path=target)
        link = f"{service.settings.address}{LINK_PATH}?cle={sent.link}"
        values = {"link": link, "code": sent.code, "address": service.settings.address}
        send_sign_in(unit, email, asked.language, values)
    return service.cookies.browser.header(sent.browser, int(sign_in.LIFETIME.total_seconds()))


def code_form(desk: Desk, asked: Asked) -> Answer:
    """Where the code is typed."""
    if desk.service.cookies.browser.one(asked.headers) is None:
        return redirect(SIGN_IN_PATH.encode(), *PRIVATE, status=303)
    return _code_page(desk, asked, "")


def _code_page(desk: Desk, asked: Asked, wrong: str) -> Answer:
    outbox = OUTBOX_PATH if desk.shows_mail else ""
    status = 422 if wrong else 200
    return desk.page(asked, "sign_in_code.html", status=status, wrong=wrong, outbox=outbox)


def take_code(desk: Desk, asked: Asked) -> Answer:
    """Sign in by the code. A try is counted whatever becomes of it."""
    service = desk.service
    browser = service.cookies.browser.one(asked.headers) or ""
    code = "".join(sign for sign in asked.form.get("code", "") if sign.isdecimal())
    refused: PaywallError | None = None
    with service.database.begin(asked.now, AUTHOR) as unit:
        found = sign_in.find_browser(unit, browser)
        try:
            if found and sign_in.check_code(unit, found, browser, code, asked.network):
                return signed_in(service, asked, unit, sign_in.spend(unit, found), found.next_path)
        except TooManyError as error:
            refused = error
    if refused is not None:
        raise refused
    if found is None:
        return desk.page(asked, "sign_in_gone.html", status=410)
    wrong = say(asked.language, "Ce n’est pas le code du dernier message demandé ici.")
    return _code_page(desk, asked, wrong)


def link_form(desk: Desk, asked: Asked) -> Answer:
    """A button: scanners of mail open links, and must neither sign in nor spend them."""
    link = asked.query.get("cle", "")
    with desk.service.database.read() as db:
        unit = Unit(db, asked.now, AUTHOR)
        found = sign_in.find_link(unit, link)
    if found is None:
        return desk.page(asked, "sign_in_gone.html", status=410)
    return desk.page(asked, "sign_in_link.html", link=link, email=found.email)


def take_link(desk: Desk, asked: Asked) -> Answer:
    """Sign in by the link, once."""
    with desk.service.database.begin(asked.now, AUTHOR) as unit:
        found = sign_in.find_link(unit, asked.form.get("cle", ""))
        if found is not None:
            reader = sign_in.spend(unit, found)
            return signed_in(desk.service, asked, unit, reader, found.next_path)
    return desk.page(asked, "sign_in_gone.html", status=410)


def sign_out(desk: Desk, asked: Asked) -> Answer:
    """End this browser's session; its tokens open nothing any more."""
    service = desk.service
    if asked.session is not None:
        with service.database.begin(asked.now, AUTHOR) as unit:
            end_session(unit, unit.db.get_one(Session, asked.session.id))
        forget_tokens(service, asked.session, asked.now)
    gone = service.cookies.access.removal(), service.cookies.session.removal()
    return redirect(b"/", *gone, *PRIVATE, status=303)


def forget_tokens(service: Service, session: Session, now: datetime) -> None:
    """Refuse the tokens of a session that has ended, until they end by themselves."""
    service.ended.add(session.subject, now + MAX_LIFETIME)


def signed_in(service: Service, asked: Asked, unit: Unit, reader: Reader, target: str) -> Answer:
    """Begin a session in place of any that this browser had, and go where its reader wanted.

    The account takes over the browser's language at the first time, and where it was chosen: a
    borrowed browser changes nothing of what was said in the profile.
    """
    if asked.session is not None:
        end_session(unit, unit.db.get_one(Session, asked.session.id))
        forget_tokens(service, asked.session, asked.now)
    if asked.has_chosen_language or not has_signed_in(unit, reader):
        reader.language = asked.language
    opened = open_session(unit, reader, asked.device)
    headers = session_cookies(service, opened, reader, asked.now)
    return redirect(target.encode("ascii"), *headers, *PRIVATE, status=303)


def session_cookies(
    service: Service, opened: Opened, reader: Reader, now: datetime
) -> tuple[Header, ...]:
    """The cookies of a session that begins; what the last one was to wait for is over."""
    age: timedelta = opened.session.ends_at - now
    return (
        service.cookies.session.header(opened.secret, int(age.total_seconds())),
        access_cookie(service, opened.session, reader, now),
        service.cookies.browser.removal(),
        service.cookies.pause.removal(),
    )


VIEWS = (
    View("sign-in", SIGN_IN_PATH, get=form, post=ask, fields=frozenset({"email", "vers"})),
    View("code", CODE_PATH, get=code_form, post=take_code, fields=frozenset({"code"})),
    View("link", LINK_PATH, get=link_form, post=take_link, fields=frozenset({"cle"})),
    View("sign-out", SIGN_OUT_PATH, post=sign_out),
)
