"""Changing the account's address: asked for here, confirmed from both mailboxes."""

from paywall.accounts import address_change
from paywall.accounts.addresses import AddressError, normalised
from paywall.accounts.feeds import feed_of
from paywall.mail.letters import ask_change, tell_changed
from paywall.site.answers import Answer, redirect
from paywall.store.schema import Reader
from paywall.store.unit import Unit
from paywall.views.asked import Asked
from paywall.views.devices import KEEP_FEED
from paywall.views.known import reader_in
from paywall.views.render import PRIVATE
from paywall.views.sign_in import forget_tokens
from paywall.views.table import Desk, View
from paywall.words import say

PATH = "/compte/adresse/"
CONFIRM_PATH = "/compte/adresse/confirmer/"


def form(desk: Desk, asked: Asked) -> Answer:
    """Where the new address is typed, and what is still waited for."""
    return _form(desk, asked, "", "")


def ask(desk: Desk, asked: Asked) -> Answer:
    """Write to both addresses. The answer is the same whether the new one has an account."""
    service, (_, known), typed = desk.service, asked.signed_in(), asked.form.get("email", "")
    try:
        new = normalised(typed)
    except AddressError:
        wrong = say(asked.language, "Cette adresse n’est pas complète : vérifiez-la.")
        return _form(desk, asked, typed, wrong)
    if new == known.email:
        return _form(desk, asked, typed, say(asked.language, "C’est déjà celle de ce compte."))
    address = service.settings.address
    with service.database.begin(asked.now, f"reader:{known.id}") as unit:
        reader = reader_in(unit, asked)
        keeps = asked.form.get(KEEP_FEED) == "oui"
        sent = address_change.ask(unit, reader, new, asked.network, keeps_feed=keeps)
        values = {
            "new": new,
            "until": asked.now + address_change.LIFETIME,
            "old_link": f"{address}{CONFIRM_PATH}?cle={sent.old_link}",
            "new_link": f"{address}{CONFIRM_PATH}?cle={sent.new_link}",
            "address": address,
        }
        ask_change(unit, reader, new, values, taken=sent.taken)
    return redirect(f"{PATH}?fait=adresse-demandee".encode("ascii"), *PRIVATE, status=303)


def give_up(desk: Desk, asked: Asked) -> Answer:
    """Leave the address as it is."""
    _, reader = asked.signed_in()
    with desk.service.database.begin(asked.now, f"reader:{reader.id}") as unit:
        address_change.give_up(unit, reader_in(unit, asked))
    return redirect(f"{PATH}?fait=adresse-annulee".encode("ascii"), *PRIVATE, status=303)


def link_form(desk: Desk, asked: Asked) -> Answer:
    """A button, or what became of it. Whoever opens the mail need not be signed in."""
    link = asked.query.get("cle", "")
    with desk.service.database.read() as db:
        found = address_change.find(Unit(db, asked.now, "reader"), link)
        if found is None:
            return desk.page(asked, "address_gone.html", status=410)
        row, wished = found
        return desk.page(asked, "address_link.html", link=link, row=row, wished=wished)


def take_link(desk: Desk, asked: Asked) -> Answer:
    """Note that this address agrees; both do, and it is changed."""
    service, link = desk.service, asked.form.get("cle", "")
    with service.database.begin(asked.now, "reader") as unit:
        found = address_change.find(unit, link)
        if found is None:
            return desk.page(asked, "address_gone.html", status=410)
        row, wished = found
        left = address_change.confirm(unit, row, wished, asked.session)
        if left is not None:
            reader = unit.db.get_one(Reader, row.reader_id)
            address = service.settings.address
            tell_changed(unit, reader, wished.old.email, address, feed_ended=left.feed)
    for session in left.sessions if left else ():
        forget_tokens(service, session, asked.now)
    return redirect(f"{CONFIRM_PATH}?cle={link}".encode("ascii"), *PRIVATE, status=303)


def _form(desk: Desk, asked: Asked, typed: str, wrong: str) -> Answer:
    _, known = asked.signed_in()
    with desk.service.database.read() as db:
        unit = Unit(db, asked.now, "reader")
        wished = address_change.waiting(unit, db.get_one(Reader, known.id))
        feed = feed_of(db, known)
        return desk.page(
            asked,
            "address.html",
            status=422 if wrong else 200,
            wished=wished,
            typed=typed,
            feed=feed,
            wrong={"email": wrong} if wrong else {},
        )


_ASKED, _LINK = frozenset({"email", KEEP_FEED}), frozenset({"cle"})

VIEWS = (
    View("address", PATH, get=form, post=ask, fields=_ASKED, for_readers=True),
    View("address-link", CONFIRM_PATH, get=link_form, post=take_link, fields=_LINK),
    View("address-given-up", f"{PATH}abandonner/", post=give_up, for_readers=True),
)
