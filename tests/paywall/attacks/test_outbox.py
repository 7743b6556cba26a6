"""The development outbox holds codes that sign in: nobody but whoever sits at the machine."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from starlette.types import ASGIApp

from paywall.accounts.retention import forget
from paywall.app import create_app
from paywall.keys import Keyring
from paywall.settings import Settings
from paywall.store.database import Database

OUTBOX = "/_bicorne/courriels/"


def test_the_machine_itself_reads_it(browser: Callable[[], Browser]) -> None:
    assert browser().get(OUTBOX).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},  # a name that was made to lead here (DNS rebinding)
        {"host": "127.0.0.1.evil.example:8000"},
        {"host": ""},
        {"x-forwarded-for": "203.0.113.9"},  # a proxy before it, and an address left at its default
        {"forwarded": "for=203.0.113.9"},
        {"via": "1.1 cache"},
        {"x-real-ip": "203.0.113.9"},
    ],
)
def test_nobody_reads_it_from_elsewhere(
    browser: Callable[[], Browser], headers: dict[str, str]
) -> None:
    assert browser().get(OUTBOX, headers=headers).status_code == 404


def test_nobody_reads_it_from_another_machine(
    settings: Settings, clock: Clock, keys: Keyring, database: Database
) -> None:
    app: ASGIApp = create_app(settings, clock=clock, keys=keys, database=database)
    other = Browser(app, settings.address, client="203.0.113.9")
    assert other.get(OUTBOX).status_code == 404


def test_with_a_relay_or_in_public_there_is_none(
    settings: Settings, clock: Clock, keys: Keyring, database: Database
) -> None:
    for public in (
        replace(settings, relay="smtp://127.0.0.1:25"),
        replace(settings, address="https://revue.example"),
    ):
        app: ASGIApp = create_app(public, clock=clock, keys=keys, database=database)
        assert Browser(app, public.address).get(OUTBOX).status_code == 404


def test_an_hour_later_no_code_is_in_it_or_in_the_store(
    browser: Callable[[], Browser], mailbox: Mailbox, database: Database, clock: Clock
) -> None:
    browser().post("/connexion/", {"email": "ana@example.org"})
    code = mailbox.code("ana@example.org")
    assert code in browser().get(OUTBOX).text
    clock.advance(hours=1)
    with database.begin(clock(), "retention") as unit:
        forget(unit)
    assert code not in browser().get(OUTBOX).text
    (kept,) = mailbox.to("ana@example.org")
    assert (kept.subject, kept.text) == ("", "")


def test_letters_with_a_link_to_confirm_are_not_kept_either(
    browser: Callable[[], Browser], mailbox: Mailbox, database: Database, clock: Clock
) -> None:
    ana = browser()
    ana.sign_in("ana@example.org", mailbox)
    ana.post("/compte/adresse/", {"email": "nova@example.org"})
    clock.advance(hours=1)
    with database.begin(clock(), "retention") as unit:
        forget(unit)
    kept = [*mailbox.to("ana@example.org"), *mailbox.to("nova@example.org")]
    assert [(mail.subject, mail.text) for mail in kept] == [("", "")] * 3
