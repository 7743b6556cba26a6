"""Whoever tries all day: no code is guessed, no mailbox filled, no owner locked out."""

from collections.abc import Callable, Iterator

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from sqlalchemy import func, select
from starlette.types import ASGIApp
from stores import ONE_STORE

from paywall.accounts import sign_in
from paywall.accounts.limits import Limit, TooManyError, check_limit, site_of
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.schema import Attempt, Reader, SignIn

ANA = "ana@example.org"
From = Callable[[str], Browser]


@pytest.fixture
def visitor(app: ASGIApp, database: Database, settings: Settings) -> From:
    """A browser of another network."""
    return lambda client: Browser(app, settings.address, client=client)


def networks() -> Iterator[str]:
    return (f"203.0.{n // 200}.{n % 200 + 1}" for n in range(10_000))


def test_however_many_networks_help_an_addresss_code_is_tried_forty_times_a_day(
    visitor: From, clock: Clock
) -> None:
    tried, homes = 0, networks()
    for _ in range(30):
        thief = visitor(next(homes))
        thief.post("/connexion/", {"email": ANA})
        answers = [thief.post("/connexion/code/", {"code": "123456"}) for _ in range(9)]
        tried += sum(answer.status_code in {303, 422} for answer in answers)
        clock.advance(minutes=45)
    assert tried <= 40


def test_whoever_is_locked_out_of_codes_by_others_signs_in_by_the_link(
    visitor: From, mailbox: Mailbox
) -> None:
    homes = networks()
    for _ in range(6):
        thief = visitor(next(homes))
        thief.post("/connexion/", {"email": ANA})
        for _ in range(8):
            thief.post("/connexion/code/", {"code": "123456"})
    ana = visitor("198.51.100.7")
    assert ana.sign_in(ANA, mailbox).status_code == 429
    link = mailbox.link(ANA)
    signed_in = ana.post("/connexion/lien/", {"cle": link.partition("cle=")[2]})
    assert signed_in.status_code == 303
    assert ana.get("/compte/").status_code == 200


def test_one_network_cannot_use_up_what_an_addresss_owner_may_ask_for(
    visitor: From, mailbox: Mailbox
) -> None:
    thief, ana = visitor("203.0.113.9"), visitor("198.51.100.7")
    asked = [thief.post("/connexion/", {"email": ANA}).status_code for _ in range(12)]
    assert asked == [303] * 10 + [429] * 2
    assert ana.sign_in(ANA, mailbox).status_code == 303


def test_however_many_networks_ask_a_mailbox_gets_sixty_messages_a_day(
    visitor: From, mailbox: Mailbox, clock: Clock
) -> None:
    homes = networks()
    for _ in range(5):
        for _ in range(25):
            visitor(next(homes)).post("/connexion/", {"email": ANA})
        clock.advance(hours=1, minutes=1)
    assert len(mailbox.to(ANA)) == 60


@ONE_STORE
def test_a_whole_ipv6_site_counts_as_one(database: Database, clock: Clock) -> None:
    assert site_of("2001:db8:1:2::/64") == site_of("2001:db8:1:ffff::/64") == "2001:db8:1::/48"
    assert site_of("203.0.113.9") == "203.0.113.9"
    sent = 0
    with database.begin(clock(), "test") as unit, pytest.raises(TooManyError):
        for n in range(1000):
            sign_in.ask(unit, f"r{n}@example.org", f"2001:db8:1:{n:x}::/64")
            sent += 1
    assert sent == sign_in.BY_SITE.times


def test_a_mailbox_is_not_filled_by_many_accounts_that_want_its_address(
    visitor: From, mailbox: Mailbox
) -> None:
    homes = networks()
    for n in range(8):
        reader = visitor(next(homes))
        reader.sign_in(f"r{n}@example.org", mailbox)
        reader.post("/compte/adresse/", {"email": ANA})
    assert len(mailbox.to(ANA)) == 5


def test_no_account_is_made_by_asking(visitor: From, database: Database) -> None:
    for home, n in zip(networks(), range(20), strict=False):
        visitor(home).post("/connexion/", {"email": f"r{n}@example.org"})
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(Reader)) == 0


def test_a_clock_that_was_ahead_locks_nobody_out_and_leaves_no_link_open(
    visitor: From, mailbox: Mailbox, clock: Clock, database: Database
) -> None:
    """A machine that starts in another year, until its clock is set."""
    clock.advance(days=365)
    for _ in range(12):
        visitor("203.0.113.9").post("/connexion/", {"email": ANA})
    early = mailbox.link(ANA)
    clock.advance(days=-365)
    ana = visitor("203.0.113.9")
    assert ana.get(early).status_code == 410
    assert ana.sign_in(ANA, mailbox).status_code == 303
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(Attempt)) < 10


def test_a_clock_that_was_late_gives_no_more_tries(
    visitor: From, clock: Clock, database: Database
) -> None:
    limit = Limit("test", 3, sign_in.LIFETIME)
    for step in (0, -5, 5):
        clock.advance(seconds=step)
        with database.begin(clock(), "test") as unit:
            check_limit(unit, limit, ANA)
    with pytest.raises(TooManyError), database.begin(clock(), "test") as unit:
        check_limit(unit, limit, ANA)


def test_a_message_that_was_spent_or_is_over_is_looked_up_for_nothing(
    visitor: From, mailbox: Mailbox, database: Database
) -> None:
    ana = visitor("203.0.113.9")
    ana.sign_in(ANA, mailbox)
    for _ in range(3):
        assert ana.post("/connexion/code/", {"code": mailbox.code(ANA)}).status_code == 410
    with database.read() as db:
        assert db.scalars(select(SignIn.tries)).one() == 1
