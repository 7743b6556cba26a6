"""A reader gives another card for what renews: before the old one ends, or once it has failed."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from paywall.accounts.providers import STRIPE
from paywall.accounts.rights import State, state_of
from paywall.errors import RefusedError
from paywall.money.provider import ProviderDownError
from paywall.money.stripe_cards import StripeCards
from paywall.money.stripe_facts import Facts
from paywall.money.stripe_wallet import Card, CardWish
from paywall.money.till import Till
from paywall.store.schema import Subscription


class Outcome(StrEnum):
    """What became of it, as the address of the page says it that tells it."""

    CHANGED = "carte"
    PAID = "carte-payee"
    """What was owed is paid with it."""
    DECLINED = "carte-refusee"
    """It is kept, and what is owed is owed still."""
    NONE = "carte-sans"
    """No card was given, as far as Stripe knows."""


def is_by_card(held: Subscription, now: datetime) -> bool:
    """Whether Stripe charges it, and will again."""
    return (
        held.provider == STRIPE
        and held.provider_ref is not None
        and held.renews
        and held.cancelled_at is None
        and state_of(held, now) is not State.ENDED
    )


def ask(till: Till, subscription_id: int, pages: Mapping[str, str]) -> str:
    """Where the card is given: Stripe's page, which comes back to `done` or to `back`."""
    with till.database.read() as db:
        held = _one(db, subscription_id)
        language = held.reader.language
    cards, name = _charged(till, held)
    currency = till.offers().currency
    wish = CardWish(name, currency, language, done=pages["done"], back=pages["back"])
    return cards.wallet.ask(wish)


def card_of(till: Till, subscription_id: int) -> Card | None:
    """The card that it is charged to. Raises `ProviderDownError`, `ProviderRefusedError`."""
    with till.database.read() as db:
        held = _one(db, subscription_id)
    cards, name = _charged(till, held)
    return cards.wallet.card(name)


def finish(till: Till, subscription_id: int) -> Outcome:
    """Use the card that was given, and try what is owed; Stripe's message does the same."""
    with till.database.read() as db:
        held = _one(db, subscription_id)
    cards, name = _charged(till, held)
    used: list[str | None] = []

    def inquire() -> Facts:
        facts = cards.use_newest_card(name)
        used.append(facts.card)
        return facts

    till.enter(inquire)
    if used[-1] is None:
        return Outcome.NONE
    with till.database.read() as db:
        owed = _one(db, subscription_id).grace_until is not None
    if owed:
        return Outcome.DECLINED
    return Outcome.PAID if held.grace_until is not None else Outcome.CHANGED


def _one(db: Session, subscription_id: int) -> Subscription:
    return db.get_one(Subscription, subscription_id)


def _charged(till: Till, held: Subscription) -> tuple[StripeCards, str]:
    """Who charges it, and under what name. Raises `RefusedError`."""
    if held.provider_ref is None or held.provider != STRIPE:
        raise RefusedError("cet abonnement n’est pas prélevé par carte")
    if till.cards is None:
        raise ProviderDownError("sans clé de Stripe")
    return till.cards, held.provider_ref
