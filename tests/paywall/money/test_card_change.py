"""Another card for what renews: whatever messages come, the card that was typed last is charged."""

from itertools import permutations
from pathlib import Path

import pytest
from books import one_subscription
from local_stripe import (
    DECLINED_CARD,
    GOOD_CARD,
    LATER_DECLINED_CARD,
    DeclinedError,
    LocalStripe,
    Signed,
)
from shop import PARIS, Shop, Standing, only
from sqlalchemy import select
from stores import sqlite_copy

from paywall.accounts.rights import State, state_of
from paywall.errors import RefusedError
from paywall.money import card_change, renewals
from paywall.money.card_change import Outcome
from paywall.money.provider import ProviderRefusedError
from paywall.money.reconcile import differences
from paywall.money.stripe_wallet import Card
from paywall.store.database import Database
from paywall.store.schema import Mail

SECOND_CARD = "5555555555554444"
DONE = f"{PARIS}/compte/abonnement/1/carte/merci/"
PAGES = {"done": DONE, "back": f"{PARIS}/compte/"}


def page(shop: Shop) -> str:
    return card_change.ask(shop.till, shop.subscription().id, PAGES)


def give(shop: Shop, card: str = GOOD_CARD) -> None:
    """The reader types another card on Stripe's page; the browser has not come back yet."""
    assert shop.stripe.pay(page(shop), card) == DONE


def finish(shop: Shop) -> Outcome:
    return card_change.finish(shop.till, shop.subscription().id)


def fail_a_year_later(shop: Shop) -> str:
    """A subscription whose card is declined at its renewal."""
    _, subscription = shop.subscribe()
    shop.stripe.use_card(subscription, LATER_DECLINED_CARD)
    shop.later(days=366)
    shop.stripe.renew(subscription)
    assert shop.hear() == {200}
    assert state(shop) is State.GRACE
    return subscription


def state(shop: Shop) -> State:
    with shop.unit() as unit:
        return state_of(one_subscription(unit), shop.now)


def digits(shop: Shop) -> str:
    found = card_change.card_of(shop.till, shop.subscription().id)
    assert found is not None
    return found.last_digits


def told_card(shop: Shop) -> Signed:
    (message,) = only(shop.stripe.heard(), "checkout.session.completed")
    return message


def subjects(shop: Shop) -> list[str]:
    with shop.database.read() as db:
        return list(db.scalars(select(Mail.subject).order_by(Mail.id)))


def test_the_page_asks_for_a_card_and_for_no_money(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    page(shop)
    v1 = shop.stripe.client.v1
    session = v1.checkout.sessions.list({}).data[-1]
    assert (session.mode, session.amount_total) == ("setup", None)
    assert session.customer == v1.subscriptions.retrieve(subscription).customer
    assert (session.success_url, session.cancel_url) == (DONE, f"{PARIS}/compte/")
    assert session.locale == "fr"


def test_the_card_of_now_is_shown_by_what_is_printed_on_it(shop: Shop) -> None:
    shop.subscribe()
    held = shop.subscription().id
    assert card_change.card_of(shop.till, held) == Card("Visa", "4242", 12, 2034)


def test_a_new_card_is_charged_from_now_on(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    give(shop, SECOND_CARD)
    assert shop.hear() == {200}
    assert digits(shop) == "4444"
    v1 = shop.stripe.client.v1
    held = v1.subscriptions.retrieve(subscription)
    customer = v1.customers.retrieve(str(held.customer))
    assert customer.invoice_settings is not None
    assert customer.invoice_settings.default_payment_method == held.default_payment_method
    shop.later(days=365)
    shop.stripe.renew(subscription)
    assert shop.hear() == {200}
    assert shop.orders() == [Standing("paid", 4800)] * 2
    charge = v1.payment_intents.list({"expand": ["data.payment_method"]}).data[-1]
    assert charge.payment_method.card.last4 == "4444"  # type: ignore[union-attr]


def test_after_a_failure_the_new_card_pays_what_is_owed_at_once(shop: Shop) -> None:
    fail_a_year_later(shop)
    give(shop)
    assert shop.deliver(told_card(shop)) == 200
    assert state(shop) is State.ACTIVE
    assert shop.orders() == [Standing("paid", 4800)] * 2
    assert shop.subscription().grace_until is None
    renewed, changed = subjects(shop)[-2:]
    assert renewed.startswith("Abonnement renouvelé")
    assert changed == "Votre carte est changée"


def test_back_on_our_page_nobody_waits_for_the_message(shop: Shop) -> None:
    fail_a_year_later(shop)
    give(shop)
    assert finish(shop) is Outcome.PAID
    assert state(shop) is State.ACTIVE
    lines = shop.books.log()
    assert shop.hear() == {200}
    assert finish(shop) is Outcome.CHANGED
    assert shop.orders() == [Standing("paid", 4800)] * 2
    assert shop.books.log() == lines


def test_told_many_times_and_late_it_is_charged_and_written_once(shop: Shop) -> None:
    fail_a_year_later(shop)
    give(shop)
    messages = shop.stripe.heard()
    for message in (messages + shop.stripe.heard()) * 3:
        assert shop.deliver(message) == 200
    for message in shop.stripe.heard() * 2:
        assert shop.deliver(message) == 200
    assert shop.orders() == [Standing("paid", 4800)] * 2
    assert len(shop.stripe.client.v1.payment_intents.list({}).data) == 3  # one was declined
    assert shop.books.log().count("subscription.card") == 1
    assert subjects(shop).count("Votre carte est changée") == 1


def test_two_cards_told_in_any_order_the_last_that_was_typed_counts(shop: Shop) -> None:
    shop.subscribe()
    give(shop, SECOND_CARD)
    first = told_card(shop)
    give(shop, GOOD_CARD)
    second = told_card(shop)
    for order in permutations((first, second, first)):
        for message in order:
            assert shop.deliver(message) == 200
        assert digits(shop) == "4242"


def test_four_messages_of_a_mended_payment_in_every_order_come_to_the_same(
    migrated_sqlite: Path, stripe: LocalStripe, tmp_path: Path
) -> None:
    (folder := tmp_path / "first").mkdir()
    shop = Shop(Database(sqlite_copy(migrated_sqlite, folder)), stripe, folder)
    subscription = shop.subscribe()[1]
    shop.stripe.use_card(subscription, LATER_DECLINED_CARD)
    shop.hear()
    shop.later(days=366)
    shop.database.close()
    before = (folder / "accounts.sqlite").read_bytes()
    shop.stripe.renew(subscription)
    customer = str(stripe.client.v1.subscriptions.retrieve(subscription).customer)
    shop.database = shop.books_database(Database(f"sqlite:///{folder / 'accounts.sqlite'}"))
    give(shop)
    assert finish(shop) is Outcome.CHANGED  # nobody had told the failure
    shop.database.close()
    told = stripe.heard()
    kinds = ("invoice.payment_failed", "checkout.session.completed", "invoice.paid")
    updated = only(told, "customer.subscription.updated")[-1]
    messages = [*only(told, *kinds), updated]
    assert len(messages) == 4
    assert customer
    for number, sequence in enumerate(permutations(messages)):
        file = tmp_path / f"{number}.sqlite"
        file.write_bytes(before)
        database = Database(f"sqlite:///{file}")
        shop.database = shop.books_database(database)
        assert {shop.deliver(message) for message in sequence} == {200}
        assert shop.orders() == [Standing("paid", 4800)] * 2
        assert state(shop) is State.ACTIVE
        assert subjects(shop).count("Votre carte est changée") == 1
        database.close()


def test_a_new_card_that_is_declined_too_is_tried_once_and_kept(shop: Shop) -> None:
    fail_a_year_later(shop)
    give(shop, LATER_DECLINED_CARD)
    message = told_card(shop)
    assert shop.deliver(message) == 200
    for _ in range(3):
        assert finish(shop) is Outcome.DECLINED
    assert shop.hear() == {200}
    assert state(shop) is State.GRACE
    assert shop.reads()
    assert digits(shop) == "0341"
    assert len(shop.stripe.client.v1.payment_intents.list({}).data) == 3
    give(shop, SECOND_CARD)
    assert finish(shop) is Outcome.PAID


def test_a_card_that_stripe_refuses_changes_nothing(shop: Shop) -> None:
    shop.subscribe()
    with pytest.raises(DeclinedError):
        shop.stripe.pay(page(shop), DECLINED_CARD)
    assert finish(shop) is Outcome.NONE
    assert digits(shop) == "4242"
    assert "subscription.card" not in shop.books.log()


def test_without_a_card_there_is_nothing_to_finish(shop: Shop) -> None:
    shop.subscribe()
    page(shop)
    assert finish(shop) is Outcome.NONE
    assert subjects(shop)[1:] == []


def test_a_card_that_was_chosen_since_in_the_dashboard_is_not_replaced(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    give(shop, SECOND_CARD)
    told = told_card(shop)
    shop.stripe.wait_for_the_next_second()
    shop.stripe.use_card(subscription, GOOD_CARD)
    assert shop.deliver(told) == 200
    assert finish(shop) is Outcome.NONE
    assert digits(shop) == "4242"


def test_a_page_of_somebody_elses_or_for_another_subscription_changes_nothing(shop: Shop) -> None:
    """Whoever shares the account at Stripe keeps cards of theirs."""
    _, subscription = shop.subscribe()
    v1 = shop.stripe.client.v1
    customer = str(v1.subscriptions.retrieve(subscription).customer)
    for metadata in ({}, {"card_of": "sub_other"}):
        made = v1.checkout.sessions.create(
            {
                "mode": "setup",
                "customer": customer,
                "currency": "eur",
                "metadata": metadata,
                "setup_intent_data": {"metadata": metadata},
                "success_url": PARIS,
            }
        )
        shop.stripe.pay(str(made.url), SECOND_CARD)
    assert shop.hear() == {200}
    assert finish(shop) is Outcome.NONE
    assert digits(shop) == "4242"


def test_what_is_over_asks_for_no_card(shop: Shop) -> None:
    _, subscription = shop.subscribe()
    give(shop, SECOND_CARD)
    told = told_card(shop)
    shop.stripe.client.v1.subscriptions.cancel(subscription)
    assert shop.hear() == {200}
    assert shop.deliver(told) == 200
    with pytest.raises(ProviderRefusedError):
        page(shop)


def test_what_is_not_charged_by_card_has_none(shop: Shop) -> None:
    with shop.unit() as unit:
        shop.books.paid(unit)
    for deed in (page, finish, digits):
        with pytest.raises(RefusedError):
            deed(shop)


def test_a_cancelled_one_stays_cancelled(shop: Shop) -> None:
    shop.subscribe()
    give(shop, SECOND_CARD)
    renewals.stop(shop.till, shop.subscription().id, "reader:1")
    assert shop.hear() == {200}
    assert state(shop) is State.ENDING


def test_stripe_and_the_books_agree_afterwards(shop: Shop) -> None:
    fail_a_year_later(shop)
    give(shop)
    assert shop.hear() == {200}
    shop.later(minutes=1)
    assert [d for d in differences(shop.till) if "prélève" not in d.text] == []
