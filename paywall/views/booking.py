"""Where an advertiser orders: the form's booking file goes to the editor, who decides."""

from collections.abc import Mapping
from datetime import timedelta
from email.utils import parseaddr

from paywall.accounts.limits import Limit, check_limit, site_of
from paywall.ads.inventory import InventoryError, read_themes
from paywall.ads.order_form import (
    EXCLUDED_FIELDS,
    FIELDS,
    PLACEMENTS,
    SIZES,
    THEME_FIELDS,
    OrderForm,
)
from paywall.ads.ordering import booking_file
from paywall.imports.columns import folded
from paywall.mail.letters import send_booking
from paywall.settings import Settings
from paywall.site.answers import Answer, redirect
from paywall.templating import TIME_ZONE
from paywall.views.asked import Asked
from paywall.views.render import PRIVATE
from paywall.views.table import Desk, View

PATH = "/annonceurs/reserver/"
AUTHOR = "advertiser"
SENT = "envoyee"
BY_NETWORK = Limit("booking network", 5, timedelta(hours=1))
BY_SITE = Limit("booking site", 20, timedelta(hours=1))
BY_ALL = Limit("booking", 100, timedelta(days=1))
"""However many networks somebody has, an editor's mailbox is not drowned."""

NOBODY = "redaction@bicorne.test"
"""Where orders go in development: to the page of mails that are not sent."""


def form(desk: Desk, asked: Asked) -> Answer:
    """What is asked of an advertiser, or what becomes of what was sent."""
    given = {"promesse": "nombre", "reserves": "oui"} | {f"place-{p}": "oui" for p in PLACEMENTS}
    return _page(desk, asked, _read(desk, asked, given), sent=asked.query.get("fait") == SENT)


def order(desk: Desk, asked: Asked) -> Answer:
    """Send the booking to the editor. Raises `TooManyError`."""
    filled = _read(desk, asked, asked.form)
    placed = filled.order()
    if placed is None:
        return _page(desk, asked, filled)
    service = desk.service
    values = {
        "order": placed,
        "file": booking_file(placed),
        "reference": f"{placed.advertiser}, {placed.campaign}",
        "address": service.settings.address,
    }
    with service.database.begin(asked.now, AUTHOR) as unit:
        check_limit(unit, BY_NETWORK, asked.network)
        check_limit(unit, BY_SITE, site_of(asked.network))
        check_limit(unit, BY_ALL, "")
        send_booking(unit, editor_of(service.settings), values)
    return redirect(f"{PATH}?fait={SENT}".encode("ascii"), *PRIVATE, status=303)


def editor_of(settings: Settings) -> str:
    """Who receives orders: as set, or who writes the service's mails."""
    return settings.ads_mail or parseaddr(settings.mail_from)[1] or NOBODY


def _read(desk: Desk, asked: Asked, typed: Mapping[str, str]) -> OrderForm:
    try:
        themes = read_themes(desk.service.settings.output)
    except InventoryError:
        themes = {}  # nothing of the form depends on a first build
    return OrderForm(typed, themes, asked.now.astimezone(TIME_ZONE).date(), asked.language)


def _page(desk: Desk, asked: Asked, filled: OrderForm, *, sent: bool = False) -> Answer:
    return desk.page(
        asked,
        "booking.html",
        status=422 if filled.wrong else 200,
        sent=sent,
        typed=filled.typed,
        wrong=filled.wrong,
        themes=sorted(filled.themes.items(), key=lambda theme: folded(theme[1])),
        theme_fields=THEME_FIELDS,
        excluded_fields=EXCLUDED_FIELDS,
        sizes=SIZES,
    )


VIEWS = (View("booking", PATH, get=form, post=order, fields=FIELDS, asks_who=False),)
