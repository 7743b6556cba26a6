"""A reader's own data: taken away as a file, and erased in two steps."""

import msgspec

from paywall.accounts.orders import excess_cents
from paywall.accounts.own_data import export_of
from paywall.accounts.privacy import erase, forget_traces, takes_money
from paywall.money import renewals
from paywall.site.answers import Answer, redirect
from paywall.store.schema import Reader
from paywall.tokens import MAX_LIFETIME
from paywall.views.asked import Asked
from paywall.views.known import reader_in
from paywall.views.render import PRIVATE
from paywall.views.table import SIGN_IN_PATH, Desk, View

PATH = "/compte/donnees/"
FILE_NAME = "bicorne-donnees.json"


def data(desk: Desk, asked: Asked) -> Answer:
    """What may be done with them."""
    return desk.page(asked, "data.html")


def take_away(desk: Desk, asked: Asked) -> Answer:
    """All that is held about whoever asks, as JSON."""
    _, reader = asked.signed_in()
    with desk.service.database.read() as db:
        held = export_of(db, db.get_one(Reader, reader.id), asked.now)
    body = msgspec.json.format(msgspec.json.encode(held), indent=1)
    headers = (
        (b"content-type", b"application/json"),
        (b"content-disposition", f'attachment; filename="{FILE_NAME}"'.encode("ascii")),
        *PRIVATE,
    )
    return Answer(200, headers, body)


def ask(desk: Desk, asked: Asked) -> Answer:
    """What goes, what stays and why, what is still to be given back; then the button."""
    _, reader = asked.signed_in()
    with desk.service.database.read() as db:
        orders = db.get_one(Reader, reader.id).orders
        owed = sum(excess_cents(order) for order in orders)
    return desk.page(asked, "erase.html", owed=owed, offers=desk.service.offers.current())


def forget(desk: Desk, asked: Asked) -> Answer:
    """Erase them: no card is charged for nobody, and no token reads on."""
    service, (_, reader) = desk.service, asked.signed_in()
    who = f"reader:{reader.id}"
    with service.database.read() as db:
        held = db.get_one(Reader, reader.id).subscriptions
        charged = [subscription.id for subscription in held if takes_money(subscription)]
    for number in charged:
        renewals.stop(service.till, number, who)
    with service.database.begin(asked.now, who) as unit:
        subjects = erase(unit, reader_in(unit, asked))
    for subject in subjects:
        service.ended.add(subject, asked.now + MAX_LIFETIME)
    forget_traces(service.database)
    cookies = service.cookies
    gone = cookies.access.removal(), cookies.session.removal(), cookies.browser.removal()
    return redirect(f"{SIGN_IN_PATH}?fait=efface".encode("ascii"), *gone, *PRIVATE, status=303)


VIEWS = (
    View("data", PATH, get=data, for_readers=True),
    View("take-away", f"{PATH}emporter/", get=take_away, for_readers=True),
    View("erase", f"{PATH}effacer/", get=ask, post=forget, for_readers=True),
)
