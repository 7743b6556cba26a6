"""What a wish comes to, said in full, and the one button that obliges to pay."""

from collections.abc import Mapping
from datetime import timedelta

from paywall.accounts.orders import Wish
from paywall.accounts.profile import cleaned_name, cleaned_post
from paywall.site.answers import Answer, redirect
from paywall.store.schema import Reader
from paywall.views.asked import Asked
from paywall.views.buying import buy, deal_of
from paywall.views.holdings import running
from paywall.views.known import reader_in
from paywall.views.orders import pay
from paywall.views.paying import form_policy
from paywall.views.profile import too_long
from paywall.views.render import PRIVATE
from paywall.views.subscribe import PATH
from paywall.views.table import Desk, View
from paywall.views.wishes import ISSUE_PATH, PLAN_PATH, StartError, wish_of
from paywall.words import say


def summary(desk: Desk, asked: Asked) -> Answer:
    """The price for whoever is signed in, and what follows from paying it."""
    wish = _wish(desk, asked)
    return _elsewhere() if wish is None else _summary(desk, asked, wish, {}, {})


def confirm(desk: Desk, asked: Asked) -> Answer:
    """Place the order at the price of this moment, and go where it is paid."""
    service, wish, (_, reader) = desk.service, _wish(desk, asked), asked.signed_in()
    if wish is None:
        return _elsewhere()
    offers = service.offers.current()
    with service.database.begin(asked.now, f"reader:{reader.id}") as unit:
        buyer = reader_in(unit, asked)
        deal = deal_of(service, buyer, wish, asked.now)
        paper = deal.plan is not None and deal.plan.paper
        wrong = _take_post(asked, buyer) if paper else {}
        order = None if wrong else buy(unit, buyer, deal, offers, service.settings.address)
        order_id = order.id if order else None
    if order_id is None:
        return _summary(desk, asked, wish, asked.form, wrong)
    return pay(desk, asked, order_id)


def _wish(desk: Desk, asked: Asked) -> Wish | None:
    """The wish of an address; None for one that has grown too old, or is of another service."""
    try:
        wish = wish_of(asked.parts, asked.now)
    except StartError:
        return None
    return wish if wish.provider in desk.service.till.providers else None


def _elsewhere() -> Answer:
    return redirect(PATH.encode(), *PRIVATE, status=303)


WITHDRAWAL = timedelta(days=14)
"""In which a sale at a distance is taken back (Code de la consommation, L221-18)."""


def _take_post(asked: Asked, reader: Reader) -> dict[str, str]:
    """Note where the printed review goes; what is missing."""
    name, post = cleaned_name(asked.form.get("nom", "")), cleaned_post(asked.form.get("post", ""))
    wrong = too_long(asked.language, name, post)
    if not name:
        wrong["nom"] = say(asked.language, "Il faut un nom sur l’enveloppe.")
    if not post:
        wrong["post"] = say(asked.language, "Indiquez la rue, le code postal et la ville.")
    if not wrong:
        reader.name, reader.post = name, post
    return wrong


def _summary(
    desk: Desk, asked: Asked, wish: Wish, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> Answer:
    service, (_, known) = desk.service, asked.signed_in()
    with service.database.read() as db:
        reader = db.get_one(Reader, known.id)
        deal, offers = deal_of(service, reader, wish, asked.now), service.offers.current()
        held = running(reader, offers, asked.language, asked.now, but=wish.plan)
    starts_at = max(at for at in (asked.now, wish.starts_at, deal.follows) if at is not None)
    page = desk.page(
        asked,
        "confirm.html",
        status=422 if wrong else 200,
        deal=deal,
        starts_at=starts_at,
        ends_at=deal.plan.end_of(starts_at) if deal.plan else None,
        opens_soon=starts_at < asked.now + WITHDRAWAL,
        means=asked.parts["means"],
        offers=offers,
        others=held if deal.plan else [],
        name=typed.get("nom", reader.name),
        post=typed.get("post", reader.post),
        wrong=wrong,
    )
    return page.with_headers(*form_policy(service, wish.provider))


_FIELDS = frozenset({"nom", "post"})

VIEWS = tuple(
    View(name, path, get=summary, post=confirm, fields=_FIELDS, for_readers=True)
    for name, path in (("confirm", PLAN_PATH), ("confirm-issue", ISSUE_PATH))
)
