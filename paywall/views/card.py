"""« Changer de carte » : which card a subscription is charged to, and the way to Stripe's page."""

import logging

from paywall.accounts.providers import STRIPE
from paywall.money import card_change
from paywall.money.card_change import Outcome, is_by_card
from paywall.money.provider import ProviderDownError, ProviderRefusedError
from paywall.money.stripe_wallet import Card
from paywall.site.answers import Answer, redirect
from paywall.store.schema import Reader, Subscription
from paywall.views.access import access_cookie
from paywall.views.account import ACCOUNT_PATH
from paywall.views.asked import Asked
from paywall.views.changes import ONE, own_subscription
from paywall.views.holdings import holding_of
from paywall.views.orders import count_question
from paywall.views.paying import form_policy
from paywall.views.render import PRIVATE
from paywall.views.table import Desk, View

log = logging.getLogger(__name__)

_UNKNOWN = "carte-inconnue"
"""Stripe does not answer: whether there is a new card will be known by its message."""


def card(desk: Desk, asked: Asked) -> Answer:
    """The card that is charged now, what is owed, and the button that leads to Stripe."""
    service = desk.service
    with service.database.read() as db:
        held = own_subscription(db, asked)
        if held is None:
            return desk.not_found(asked)
        if not _may_change(desk, held, asked):
            return _to_account()
        offers = service.offers.current()
        holding = holding_of(held, offers, asked.language, asked.now)
    count_question(desk, asked)
    page = desk.page(
        asked,
        "card.html",
        held=holding,
        card=_shown(desk, held),
        currency=offers.currency,
    )
    return page.with_headers(*form_policy(service, STRIPE))


def change_card(desk: Desk, asked: Asked) -> Answer:
    """To Stripe's page, which asks for the new card."""
    with desk.service.database.read() as db:
        held = own_subscription(db, asked)
        if held is None:
            return desk.not_found(asked)
        if not _may_change(desk, held, asked):
            return _to_account()
    count_question(desk, asked)
    address = desk.service.settings.address
    done = f"{address}{ACCOUNT_PATH}abonnement/{held.id}/carte/merci/"
    pages = {"done": done, "back": f"{address}{ACCOUNT_PATH}"}
    where = card_change.ask(desk.service.till, held.id, pages)
    return redirect(where.encode("ascii"), *PRIVATE, status=303)


def card_given(desk: Desk, asked: Asked) -> Answer:
    """Back from Stripe: the card is used at once, whether or not Stripe's message has come."""
    service, (session, _) = desk.service, asked.signed_in()
    with service.database.read() as db:
        held = own_subscription(db, asked)
        if held is None:
            return desk.not_found(asked)
        if not _may_change(desk, held, asked):
            return _to_account()
    count_question(desk, asked)
    done = _finished(desk, held)
    with service.database.read() as db:
        fresh = access_cookie(service, session, db.get_one(Reader, held.reader_id), asked.now)
    where = f"{ACCOUNT_PATH}?fait={done}" if done else ACCOUNT_PATH
    return redirect(where.encode("ascii"), fresh, *PRIVATE, status=303)


def _finished(desk: Desk, held: Subscription) -> str:
    """What there is to say; nothing where no card was given."""
    try:
        outcome = card_change.finish(desk.service.till, held.id)
    except (ProviderDownError, ProviderRefusedError) as error:
        log.warning("carte encore inconnue : %s", type(error).__name__)
        return _UNKNOWN
    return "" if outcome is Outcome.NONE else outcome.value


def _shown(desk: Desk, held: Subscription) -> Card | None:
    """The card of now; the page does without where Stripe does not tell."""
    try:
        return card_change.card_of(desk.service.till, held.id)
    except (ProviderDownError, ProviderRefusedError) as error:
        log.warning("carte actuelle inconnue : %s", type(error).__name__)
        return None


def _may_change(desk: Desk, held: Subscription, asked: Asked) -> bool:
    return STRIPE in desk.service.till.providers and is_by_card(held, asked.now)


def _to_account() -> Answer:
    """Nothing is charged to a card any more: a letter's link may be old."""
    return redirect(ACCOUNT_PATH.encode("ascii"), *PRIVATE, status=303)


VIEWS = (
    View("card", rf"{ONE}carte/", get=card, post=change_card, for_readers=True),
    View("card-given", rf"{ONE}carte/merci/", get=card_given, for_readers=True),
)
