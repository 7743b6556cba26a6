"""What leaked in other paywalls, line by line (docs/security.md), where no other test has it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from paywall_site import FRESNEL, PREVIEW, REGISTERED, SECRET
from sqlalchemy import select

from paywall.accounts.orders import Wish, place_order, price_of
from paywall.accounts.payments import receive_payment
from paywall.accounts.subscriptions import give
from paywall.offers.file import read_offers
from paywall.offers.grid import Offers
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.schema import Reader
from paywall.store.unit import Unit

ANA = "ana@example.org"
NewBrowser = Callable[[], Browser]


@pytest.fixture
def offers(settings: Settings) -> Offers:
    return read_offers(settings.offers)


@pytest.fixture
def ana(browser: NewBrowser, mailbox: Mailbox) -> Browser:
    opened = browser()
    opened.sign_in(ANA, mailbox)
    return opened


def reader(unit: Unit) -> Reader:
    return unit.db.scalars(select(Reader).where(Reader.email == ANA)).one()


def page(browser: Browser) -> str:
    browser.wait_for_renewal()
    return browser.follow(browser.get(FRESNEL)).text


def test_what_one_reader_buys_opens_to_nobody_else(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, database: Database, offers: Offers,
) -> None:  # fmt: skip
    """pkp-lib 6548: one buyer opened an issue for every visitor."""
    with database.begin(mailbox.to(ANA)[-1].created_at, "test") as unit:
        wish = Wish(issue="812-lumiere")
        price = price_of(offers, wish, offers.public_class, unit.now.date())
        order = place_order(unit, reader(unit), wish, price, offers)
        receive_payment(unit, order, "paid", price.cents, offers)
    ben = browser()
    ben.sign_in("ben@example.org", mailbox)
    assert SECRET in page(ana)
    assert PREVIEW in page(ben)
    assert PREVIEW in browser().get(FRESNEL).text
    assert SECRET in page(ana)


def test_whoever_was_given_a_subscription_reads_as_who_paid(
    ana: Browser, database: Database, clock: Clock, offers: Offers
) -> None:
    """Ghost 12761: complimentary members were refused."""
    with database.begin(clock(), "test") as unit:
        give(unit, reader(unit), offers.plans[0], offers, unit.now + timedelta(days=30))
    assert SECRET in page(ana)
    clock.advance(days=31)
    assert PREVIEW in page(ana)


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"x-forwarded-for": "127.0.0.1"},
        {"x-subscriber": "true", "x-user-id": "1", "x-real-ip": "127.0.0.1"},
        {"referer": "https://www.google.com/"},
        {"cookie": "subscriber=true; member=1; bicorne_access=all; bicorne_session=1"},
        {"x-original-url": FRESNEL, "x-rewrite-url": FRESNEL},
        {"accept": "application/activity+json"},
        {"accept": "text/markdown"},
        {"range": "bytes=0-99999"},
    ],
)
def test_nothing_that_a_client_says_of_itself_opens_a_page(
    browser: NewBrowser, headers: dict[str, str]
) -> None:
    for path in (FRESNEL, REGISTERED):
        answer = browser().get(path, headers=headers)
        assert SECRET not in answer.text
        assert answer.status_code in {200, 302}


@pytest.mark.parametrize(
    "query", ["preview=full", "amp=1", "print=1", "format=md", "output=json", "token=all", "bot=1"]
)
def test_no_word_in_an_address_opens_a_page(browser: NewBrowser, query: str) -> None:
    assert PREVIEW in browser().get(f"{FRESNEL}?{query}").text


def test_a_token_of_one_reader_never_signs_in_as_another(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox
) -> None:
    """Access is no identity: it opens pages, and no account."""
    thief = browser()
    thief.cookies.set("bicorne_access", ana.cookies["bicorne_access"])
    assert thief.get("/compte/").headers["location"] == "/connexion/?vers=/compte/"


def test_a_session_that_its_browser_was_given_by_somebody_is_not_taken_over(
    browser: NewBrowser, mailbox: Mailbox
) -> None:
    """Session fixation: what a browser had before is nobody's afterwards."""
    eve, victim = browser(), browser()
    eve.sign_in("eve@example.org", mailbox)
    victim.cookies.set("bicorne_session", eve.cookies["bicorne_session"], "localhost.local", "/")
    victim.sign_in(ANA, mailbox)
    assert ANA not in eve.get("/compte/").text
