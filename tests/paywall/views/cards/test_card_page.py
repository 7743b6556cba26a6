"""« Changer de carte »: before a card expires, and after it has failed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from accounts_browser import Browser, Mailbox
from local_stripe import LATER_DECLINED_CARD, LocalStripe
from paywall_clock import Clock
from paywall_process import free_port
from paywall_site import SECRET
from reader_pages import ANA, ARTICLE, BEN, Office, words

from paywall.app import create_app
from paywall.keys import Keyring
from paywall.money.webhook import STRIPE_PATH
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.views.orders import QUESTIONS

WISH = {"formule": "digital", "renouvele": "oui", "moyen": "carte", "vers": ARTICLE}
SECOND_CARD = "5555555555554444"


@pytest.fixture
def path(ana: Browser, stripe: LocalStripe, office: Office) -> str:
    """The page for the card of the year that Ana has just paid."""
    wish = ana.post("/abonnement/", WISH).headers["location"]
    ana.get(stripe.pay(str(ana.post(wish, {}).headers["location"])))
    return f"/compte/abonnement/{office.orders()[0].subscription_id}/carte/"


@pytest.fixture
def failed(path: str, ana: Browser, stripe: LocalStripe, clock: Clock, mailbox: Mailbox) -> str:
    """The same, a year later: the card was declined."""
    there = stripe.client.v1.subscriptions.list({}).data[0].id
    stripe.use_card(there, LATER_DECLINED_CARD)
    clock.now += timedelta(days=366)
    stripe.renew(there)
    hear(ana, stripe)
    ana.sign_in(ANA, mailbox)
    return path


def hear(ana: Browser, stripe: LocalStripe) -> None:
    for message in stripe.heard():
        headers = {"stripe-signature": message.signature}
        told = ana.request("POST", STRIPE_PATH, content=message.body, headers=headers)
        assert told.status_code == 200


def give(ana: Browser, stripe: LocalStripe, path: str, card: str = SECOND_CARD) -> httpx.Response:
    """Give another card on Stripe's page, and come back."""
    sent = ana.post(path, {})
    assert sent.status_code == 303, words(sent)
    return ana.get(stripe.pay(str(sent.headers["location"]), card))


def test_the_account_leads_there_and_the_page_says_which_card_it_is(
    ana: Browser, path: str
) -> None:
    assert f'href="{path}"' in ana.get("/compte/").text
    page = words(ana.get(path))
    assert "Visa, qui finit par 4242" in page
    assert "valable jusqu’à fin 12/2034" in page
    assert "Aujourd’hui Rien n’est prélevé." in page


def test_it_says_so_in_english(ana: Browser, path: str) -> None:
    page = words(ana.follow(ana.get(f"{path}?langue=en")))
    assert "Visa ending in 4242" in page
    assert "Nothing is charged." in page
    assert "Give another card" in page


def test_another_card_is_given_in_two_clicks_and_is_the_one_from_then_on(
    ana: Browser, stripe: LocalStripe, path: str
) -> None:
    back = give(ana, stripe, path)
    assert (back.status_code, back.headers["location"]) == (303, "/compte/?fait=carte")
    assert "se feront par la nouvelle carte" in words(ana.follow(back))
    assert "qui finit par 4444" in words(ana.get(path))


def test_going_back_without_a_card_changes_nothing_and_says_nothing(
    ana: Browser, path: str
) -> None:
    ana.post(path, {})
    assert ana.get(f"{path}merci/").headers["location"] == "/compte/"
    assert "4242" in words(ana.get(path))


def test_after_a_failure_it_is_the_first_thing_that_the_account_says(
    ana: Browser, failed: str
) -> None:
    page = ana.get("/compte/")
    told, link = words(page), page.text.index(f'href="{failed}"')
    assert "Le paiement de votre abonnement n’est pas passé. Tout reste ouvert" in told
    assert link < page.text.index("<h2")
    assert page.text.count(f'href="{failed}"') == 1
    assert "€, qui restent à payer, sur la nouvelle carte" in words(ana.get(failed))


def test_the_letter_leads_there_through_signing_in(
    ana: Browser,
    failed: str,
    mailbox: Mailbox,
    browser: Callable[[], Browser],
    settings: Settings,
) -> None:
    (letter,) = [m for m in mailbox.to(ANA) if m.subject == "Un paiement n’est pas passé"]
    assert f"{settings.address}{failed}\n" in letter.text
    other = browser()
    assert other.get(failed).headers["location"] == f"/connexion/?vers={failed}"
    assert other.sign_in(ANA, mailbox, failed).headers["location"] == failed


def test_after_a_failure_the_new_card_pays_and_everything_is_as_before(
    ana: Browser, stripe: LocalStripe, failed: str, clock: Clock, mailbox: Mailbox
) -> None:
    back = give(ana, stripe, failed)
    assert back.headers["location"] == "/compte/?fait=carte-payee"
    page = words(ana.follow(back))
    assert "le paiement est passé" in page
    assert "n’est pas passé" not in page
    hear(ana, stripe)
    clock.now += timedelta(days=200)
    ana.sign_in(ANA, mailbox)
    assert SECRET in ana.get(ARTICLE).text
    told = [m.subject for m in mailbox.to(ANA)]
    assert told.count("Votre carte est changée") == 1
    assert len([s for s in told if s.startswith("Abonnement renouvelé")]) == 1


def test_a_new_card_that_is_declined_too_says_so_and_all_stays_open(
    ana: Browser, stripe: LocalStripe, failed: str
) -> None:
    back = give(ana, stripe, failed, LATER_DECLINED_CARD)
    assert back.headers["location"] == "/compte/?fait=carte-refusee"
    page = words(ana.follow(back))
    assert "sa banque l’a refusée" in page
    assert "Changer de carte" in page
    assert SECRET in ana.get(ARTICLE).text


@pytest.fixture
def cut_off(
    ana: Browser, settings: Settings, database: Database, clock: Clock, keys: Keyring
) -> Browser:
    """Ana's browser, at a service that does not reach Stripe."""
    down = replace(settings, stripe_api=f"http://127.0.0.1:{free_port()}")
    return Browser(create_app(down, clock=clock, keys=keys, database=database), ana.address)


def test_while_stripe_is_down_the_page_is_there_and_nothing_is_lost(
    ana: Browser, cut_off: Browser, stripe: LocalStripe, path: str
) -> None:
    done = stripe.pay(str(ana.post(path, {}).headers["location"]), SECOND_CARD)
    cut_off.cookies.update(ana.cookies)
    assert "Donner une autre carte" in words(cut_off.get(path))
    refused = cut_off.post(path, {})
    assert (refused.status_code, "ne répond pas" in words(refused)) == (503, True)
    back = cut_off.get(done)
    assert back.headers["location"] == "/compte/?fait=carte-inconnue"
    assert "rien à refaire" in words(cut_off.follow(back))
    hear(ana, stripe)
    assert "qui finit par 4444" in words(ana.get(path))


def test_what_is_not_charged_by_card_leads_to_the_account(
    ana: Browser, office: Office, stripe: LocalStripe
) -> None:
    number = office.subscribe(ANA)
    path = f"/compte/abonnement/{number}/carte/"
    assert path not in ana.get("/compte/").text
    for answer in (ana.get(path), ana.post(path, {}), ana.get(f"{path}merci/")):
        assert (answer.status_code, answer.headers["location"]) == (303, "/compte/")
    assert stripe.client.v1.checkout.sessions.list({}).data == []


def test_what_was_cancelled_asks_for_no_card(ana: Browser, path: str) -> None:
    ana.post(path.replace("carte/", "resilier/"), {})
    assert path not in ana.get("/compte/").text
    assert ana.post(path, {}).headers["location"] == "/compte/"


def test_somebody_elses_card_is_not_there(
    ana: Browser, browser: Callable[[], Browser], mailbox: Mailbox, path: str, stripe: LocalStripe
) -> None:
    ben = browser()
    ben.sign_in(BEN, mailbox)
    before = len(stripe.client.v1.checkout.sessions.list({}).data)
    for answer in (ben.get(path), ben.post(path, {}), ben.get(f"{path}merci/")):
        assert answer.status_code == 404
        assert "4242" not in answer.text
    assert len(stripe.client.v1.checkout.sessions.list({}).data) == before


def test_nothing_that_the_browser_sends_names_a_card_or_a_session(
    ana: Browser, path: str, stripe: LocalStripe
) -> None:
    for field in ("card", "session_id", "payment_method", "customer", "amount_cents"):
        assert ana.post(path, {field: "x"}).status_code == 400
    back = ana.get(f"{path}merci/?session_id=cs_test_other&payment_method=pm_card_visa")
    assert back.headers["location"] == "/compte/"
    assert "4242" in words(ana.get(path))


def test_only_the_page_whose_form_leads_to_stripe_may(
    ana: Browser, path: str, stripe: LocalStripe
) -> None:
    def policy(where: str) -> str:
        return str(ana.get(where).headers["content-security-policy"])

    assert f"form-action 'self' {stripe.address};" in policy(path)
    assert "form-action 'self';" in policy("/compte/")


def test_questions_to_stripe_are_bounded(ana: Browser, path: str) -> None:
    answers = [ana.get(f"{path}merci/").status_code for _ in range(QUESTIONS.times + 1)]
    assert answers[-1] == 429
    assert set(answers[:-5]) == {303}
