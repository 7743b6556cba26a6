"""What a session does after sign-in: tokens renewed, rights followed, an end that ends all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from paywall_site import CORIOLIS, FRESNEL, PREVIEW, REGISTERED, SECRET
from sqlalchemy import select

from paywall.accounts.orders import Wish, place_order, price_of
from paywall.accounts.payments import receive_payment
from paywall.accounts.sessions import IDLE, LIFETIME
from paywall.offers.file import read_offers
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.schema import Reader, Session

ANA = "ana@example.org"
NewBrowser = Callable[[], Browser]


@pytest.fixture
def ana(browser: NewBrowser, mailbox: Mailbox) -> Browser:
    signed_in = browser()
    signed_in.sign_in(ANA, mailbox)
    return signed_in


def pays(database: Database, clock: Clock, settings: Settings, wish: Wish) -> None:
    offers = read_offers(settings.offers)
    with database.begin(clock(), "test") as unit:
        reader = unit.db.scalars(select(Reader).where(Reader.email == ANA)).one()
        price = price_of(offers, wish, offers.public_class, clock().date())
        order = place_order(unit, reader, wish, price, offers)
        receive_payment(unit, order, f"paid-{order.reference}", price.cents, offers)


def renewed(browser: Browser, path: str) -> str:
    """A page as a browser shows it, after its token was renewed."""
    browser.wait_for_renewal()
    return browser.follow(browser.get(path)).text


def test_a_page_opens_again_when_its_token_has_expired(ana: Browser, clock: Clock) -> None:
    clock.advance(minutes=16)
    ana.cookies.delete("bicorne_access")  # as a browser does by itself
    first = ana.get(REGISTERED)
    assert first.status_code == 302
    assert SECRET in ana.follow(first).text


def test_a_subscription_opens_issues_at_the_next_renewal(
    ana: Browser, database: Database, clock: Clock, settings: Settings
) -> None:
    assert PREVIEW in ana.get(FRESNEL).text
    pays(database, clock, settings, Wish(plan="digital"))
    assert SECRET in renewed(ana, FRESNEL)
    assert SECRET in renewed(ana, CORIOLIS)


def test_what_was_paid_elsewhere_opens_by_reloading_a_minute_later(
    ana: Browser, database: Database, clock: Clock, settings: Settings
) -> None:
    """Nobody waits for a token to end, and nobody who has nothing new is sent round in circles."""
    clock.advance(seconds=61)
    for _ in range(2):  # the first sends round once
        assert PREVIEW in ana.follow(ana.get(FRESNEL)).text
    assert ana.get(FRESNEL).status_code == 200
    pays(database, clock, settings, Wish(plan="digital"))
    clock.advance(seconds=61)
    ana.cookies.delete("bicorne_pause")  # as a browser does by itself
    assert SECRET in ana.follow(ana.get(FRESNEL)).text


def test_a_browser_that_keeps_no_token_is_sent_round_once(ana: Browser, clock: Clock) -> None:
    clock.advance(minutes=16)
    ana.cookies.delete("bicorne_access")
    answer = ana.get("/acces/renouveler/", params={"vers": FRESNEL})
    assert "bicorne_pause=1; Max-Age=60;" in answer.headers["set-cookie"]
    ana.cookies.delete("bicorne_access")
    assert ana.get(FRESNEL).status_code == 200


def test_a_session_that_begins_has_nothing_to_wait_for(
    ana: Browser, mailbox: Mailbox, clock: Clock
) -> None:
    ana.get("/acces/renouveler/?vers=/")
    assert "bicorne_pause" in ana.cookies
    ana.sign_in("ben@example.org", mailbox)
    assert "bicorne_pause" not in ana.cookies
    clock.advance(minutes=16)
    assert SECRET in ana.follow(ana.get(REGISTERED)).text


def test_a_single_issue_opens_nothing_else(
    ana: Browser, database: Database, clock: Clock, settings: Settings
) -> None:
    pays(database, clock, settings, Wish(issue="812-lumiere"))
    assert SECRET in renewed(ana, FRESNEL)
    assert PREVIEW in renewed(ana, CORIOLIS)


def test_a_token_ends_with_the_subscription(
    ana: Browser, database: Database, mailbox: Mailbox, clock: Clock, settings: Settings
) -> None:
    pays(database, clock, settings, Wish(plan="digital"))
    clock.advance(days=366, minutes=-5)  # 29 February lies between
    ana.sign_in(ANA, mailbox)
    answer = ana.get("/acces/renouveler/?vers=/")
    assert "Max-Age=300;" in answer.headers["set-cookie"]


def test_a_session_that_nobody_uses_ends(ana: Browser, clock: Clock) -> None:
    clock.advance(days=IDLE.days, minutes=1)
    assert PREVIEW in renewed(ana, REGISTERED)
    assert "bicorne_session" not in ana.cookies


def test_a_session_ends_after_a_year_however_often_it_is_used(ana: Browser, clock: Clock) -> None:
    for _ in range(7):
        clock.advance(days=60 - 8)
        assert SECRET in renewed(ana, REGISTERED)
    clock.now += LIFETIME - timedelta(days=7 * 52)
    assert PREVIEW in renewed(ana, REGISTERED)


def test_signing_out_closes_pages_at_once_for_a_copied_token_too(
    ana: Browser, browser: NewBrowser
) -> None:
    copied = {"cookie": f"bicorne_access={ana.cookies['bicorne_access']}"}
    thief = browser()
    assert SECRET in thief.get(REGISTERED, headers=copied).text
    done = ana.post("/acces/fermer/", {})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert PREVIEW in thief.get(REGISTERED, headers=copied).text
    assert PREVIEW in ana.get(REGISTERED).text


def test_following_a_link_signs_nobody_out(ana: Browser) -> None:
    assert ana.get("/acces/fermer/").status_code == 405
    assert SECRET in ana.get(REGISTERED).text


def test_pages_renewed_say_nothing_to_caches(ana: Browser) -> None:
    answer = ana.get(f"/acces/renouveler/?vers={REGISTERED}")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/x?y=1", "\\evil"])
def test_renewal_leads_to_no_other_site(ana: Browser, target: str) -> None:
    answer = ana.get("/acces/renouveler/", params={"vers": target})
    assert answer.headers["location"] == "/"


def test_with_the_database_down_whoever_has_a_token_reads_on_and_accounts_say_when_to_come_back(
    ana: Browser, browser: NewBrowser, break_store: Callable[[], None]
) -> None:
    break_store()
    assert SECRET in ana.get(REGISTERED).text
    assert browser().get("/").status_code == 200
    for path in ("/connexion/lien/?cle=" + "x" * 43, "/connexion/"):
        down = ana.get(path)
        assert down.status_code == 503
        assert int(down.headers["retry-after"]) > 0


def test_with_the_database_down_a_page_shows_its_preview_without_going_in_circles(
    ana: Browser, break_store: Callable[[], None]
) -> None:
    break_store()
    assert PREVIEW in renewed(ana, REGISTERED)
    assert "bicorne_session" in ana.cookies  # and opens again when it is back


LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("agent", "known"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        (f"{LINUX} Chrome/140.0.0.0 Safari/537.36", "Chrome, Linux"),
        (f"{LINUX} HeadlessChrome/140.0.0.0 Safari/537.36", "Chrome, Linux"),
        (f"{LINUX} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge, Linux"),
        (f"{LINUX} Chrome/140.0.0.0 Safari/537.36 OPR/120.0.0.0", "Opera, Linux"),
        (f"{IPHONE} Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        (f"{IPHONE} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1", "Chrome, iPhone"),
        (f"{IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15", "Firefox, iPhone"),
        (f"{IPHONE} Version/18.0 EdgiOS/140.0.0.0 Mobile/15E148 Safari/604.1", "Edge, iPhone"),
        ("curl/8.0", ""),
    ],
)
def test_the_list_of_devices_knows_browsers_by_two_words(
    browser: NewBrowser, mailbox: Mailbox, database: Database, agent: str, known: str
) -> None:
    ana = browser()
    ana.post("/connexion/", {"email": ANA})
    ana.post("/connexion/code/", {"code": mailbox.code(ANA)}, headers={"user-agent": agent})
    with database.read() as db:
        assert [session.device for session in db.scalars(select(Session))] == [known]
