"""The one-click link of the demonstration subscriber."""

from paywall.accounts import sign_in
from paywall.site.answers import Answer
from paywall.site.paths import local_target
from paywall.store.schema import SignIn
from paywall.store.unit import Unit
from paywall.views.asked import Asked
from paywall.views.sign_in import AUTHOR, signed_in
from paywall.views.table import Desk, View

OPEN_PATH = "/acces/ouvrir/"


def open_demonstration(desk: Desk, asked: Asked) -> Answer:
    """Sign in at once: this link is for trying the service, and travels by no mail."""
    service = desk.service
    with service.database.begin(asked.now, AUTHOR) as unit:
        found = _found(unit, asked)
        if found:
            target = local_target(asked.query.get("vers", "/"))
            reader = sign_in.reader_of(unit, found.email)
            return signed_in(service, asked, unit, reader, target)
    return desk.page(asked, "sign_in_gone.html", status=410)


def _found(unit: Unit, asked: Asked) -> SignIn | None:
    return sign_in.find_link(unit, asked.query.get("jeton", ""), sign_in.DEMONSTRATION)


VIEWS = (View("demonstration", OPEN_PATH, get=open_demonstration),)
