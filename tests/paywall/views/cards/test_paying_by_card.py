"""Subscribing by card: to Stripe's page and back to the article, by a real localstripe."""

from types import SimpleNamespace
from typing import cast

import pytest
from accounts_browser import Browser, Mailbox
from local_stripe import DECLINED_CARD, KEY, DeclinedError, LocalStripe
from local_stripe import SECRET as WEBHOOK_SECRET
from paywall_site import SECRET
from reader_pages import ANA, ARTICLE, Office, reference_in, words

from paywall.accounts.providers import STRIPE
from paywall.money.webhook import STRIPE_PATH
from paywall.service import Service
from paywall.settings import Settings
from paywall.store.schema import Order
from paywall.views.paying import form_policy

WISH = {"formule": "digital", "renouvele": "oui", "moyen": "carte", "vers": ARTICLE}


@pytest.fixture
def checkout(ana: Browser) -> str:
    """Where Ana is sent to pay."""
    wish = ana.post("/abonnement/", WISH).headers["location"]
    return str(ana.post(wish, {}).headers["location"])


def hear(ana: Browser, stripe: LocalStripe) -> set[int]:
    """Have the service hear all that Stripe tells."""
    answers = set()
    for message in stripe.heard():
        headers = {"stripe-signature": message.signature}
        told = ana.request("POST", STRIPE_PATH, content=message.body, headers=headers)
        answers.add(told.status_code)
    return answers


def test_the_summary_says_what_renewal_is_before_the_button(ana: Browser) -> None:
    wish = ana.post("/abonnement/", WISH).headers["location"]
    page = words(ana.get(wish))
    assert "se renouvelle après le" in page
    assert "deux clics" in page
    assert page.index("se renouvelle") < page.rindex("Payer")


def test_the_summary_says_so_in_english(ana: Browser) -> None:
    wish = ana.post("/abonnement/", WISH).headers["location"]
    page = words(ana.follow(ana.get(f"{wish}?langue=en")))
    assert "That takes two clicks" in page


def test_back_from_stripe_the_article_opens_before_any_message_has_come(
    ana: Browser, stripe: LocalStripe, checkout: str
) -> None:
    assert SECRET not in ana.get(ARTICLE).text
    back = ana.get(stripe.pay(checkout))
    assert (back.status_code, back.headers["location"]) == (303, ARTICLE)
    assert SECRET in ana.get(ARTICLE).text
    assert "Il se renouvelle par carte" in words(ana.get("/compte/"))


def test_the_receipt_is_mailed_once_whoever_learns_of_it_first(
    ana: Browser, stripe: LocalStripe, checkout: str, mailbox: Mailbox
) -> None:
    back = stripe.pay(checkout)
    messages = stripe.heard()
    for message in messages * 2:
        headers = {"stripe-signature": message.signature}
        ana.request("POST", STRIPE_PATH, content=message.body, headers=headers)
    ana.get(back)
    ana.get(back)
    receipts = [m for m in mailbox.to(ANA) if m.subject.startswith("Paiement reçu")]
    assert len(receipts) == 1
    assert "se renouvelle ensuite" in receipts[0].text


def test_a_declined_card_leads_to_an_order_that_can_be_paid_again(
    ana: Browser, stripe: LocalStripe, checkout: str, office: Office
) -> None:
    with pytest.raises(DeclinedError):
        stripe.pay(checkout, DECLINED_CARD)
    (order,) = office.orders()
    page = ana.get(f"/commande/{order.reference}/")
    assert "À payer" in words(page)
    again = ana.post(f"/commande/{order.reference}/payer/", {}).headers["location"]
    assert again == checkout
    assert ana.get(stripe.pay(again)).headers["location"] == ARTICLE


def test_two_tabs_are_one_checkout(ana: Browser, checkout: str, office: Office) -> None:
    wish = ana.post("/abonnement/", WISH).headers["location"]
    assert ana.post(wish, {}).headers["location"] == checkout
    assert office.count(Order) == 1


def test_going_back_without_paying_gives_nothing_and_says_so(
    ana: Browser, checkout: str, office: Office
) -> None:
    reference = office.orders()[0].reference
    back = ana.get(f"/commande/{reference}/merci/")
    assert reference_in(back.headers["location"]) == reference
    assert "pas encore confirmé" in words(ana.follow(back))
    assert SECRET not in ana.get(ARTICLE).text


def test_cancelled_here_it_is_cancelled_there_and_told_once(
    ana: Browser, stripe: LocalStripe, checkout: str, office: Office, mailbox: Mailbox
) -> None:
    ana.get(stripe.pay(checkout))
    number = office.orders()[0].subscription_id
    ana.post(f"/compte/abonnement/{number}/resilier/", {})
    (there,) = stripe.client.v1.subscriptions.list({}).data
    assert there.cancel_at_period_end is True
    assert hear(ana, stripe) == {200}
    told = [m.subject for m in mailbox.to(ANA)]
    assert told.count("Votre abonnement est résilié") == 1
    assert SECRET in ana.get(ARTICLE).text


def test_whoever_erases_themselves_is_charged_no_more(
    ana: Browser, checkout: str, stripe: LocalStripe
) -> None:
    ana.get(stripe.pay(checkout).removeprefix("http://localhost:8000"))
    (held,) = stripe.client.v1.subscriptions.list({}).data
    assert not held.cancel_at_period_end
    assert ana.post("/compte/donnees/effacer/", {}).status_code == 303
    assert stripe.client.v1.subscriptions.retrieve(held.id).cancel_at_period_end


def test_while_stripe_is_down_nothing_is_lost_and_the_page_says_so(
    ana: Browser, settings: Settings, stripe: LocalStripe, office: Office
) -> None:
    wish = ana.post("/abonnement/", WISH).headers["location"]
    object.__setattr__(settings, "stripe_api", "http://127.0.0.1:9")
    sent = ana.post(wish, {})
    page = ana.follow(sent)
    assert "ne répond pas" in words(page)
    assert "Payer" in words(page)
    assert office.orders()[0].status == "awaiting"


@pytest.mark.parametrize("path", ["summary", "order"])
def test_only_forms_that_lead_to_stripe_may(
    ana: Browser, office: Office, stripe: LocalStripe, path: str
) -> None:
    wish = str(ana.post("/abonnement/", WISH).headers["location"])
    ana.post(wish, {})
    shown = wish if path == "summary" else f"/commande/{office.orders()[0].reference}/"
    assert f"form-action 'self' {stripe.address};" in policy(ana, shown)
    transfer = str(ana.post("/abonnement/", WISH | {"moyen": "virement"}).headers["location"])
    for other in ("/compte/", "/abonnement/", "/connexion/", "/compte/adresse/", transfer):
        assert "form-action 'self';" in policy(ana, other)


def policy(reader: Browser, path: str) -> str:
    return str(reader.get(path).headers["content-security-policy"])


def test_the_hosted_page_is_stripes_own_where_no_other_is_set() -> None:
    settings = Settings(stripe_key=KEY, stripe_webhook_secret=WEBHOOK_SECRET)
    service = SimpleNamespace(settings=settings, till=SimpleNamespace(providers=(STRIPE,)))
    ((_, said),) = form_policy(cast("Service", service), STRIPE)
    assert b"form-action 'self' https://checkout.stripe.com;" in said
