"""Erasing oneself erases nobody else's anything."""

import re
from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock

from paywall.accounts.privacy import forget_traces
from paywall.store.database import Database

ANA, BEN = "ana@example.org", "ben@example.org"
NewBrowser = Callable[[], Browser]


def erase(reader: Browser) -> None:
    done = reader.post("/compte/donnees/effacer/", {})
    assert (done.status_code, done.headers["location"]) == (303, "/connexion/?fait=efface")


def test_mail_to_an_address_that_somebody_asked_for_stays_its_owners(
    browser: NewBrowser, mailbox: Mailbox, clock: Clock
) -> None:
    """Whoever asks for another's address and erases themselves would delete its sign-in codes."""
    browser().post("/connexion/", {"email": BEN})
    waiting = mailbox.to(BEN)
    clock.advance(seconds=1)
    eve = browser()
    eve.sign_in("eve@example.org", mailbox)
    eve.post("/compte/adresse/", {"email": BEN})
    assert len(mailbox.to(BEN)) == 2
    erase(eve)
    assert [mail.id for mail in mailbox.to(BEN)] == [mail.id for mail in waiting]


def test_mail_that_names_a_longer_address_stays(
    browser: NewBrowser, mailbox: Mailbox, database: Database
) -> None:
    ana, other = browser(), browser()
    ana.sign_in(ANA, mailbox)
    ana.post("/compte/adresse/", {"email": "marianna@example.org"})
    asked = len(mailbox.to(ANA))
    other.sign_in("anna@example.org", mailbox)
    erase(other)
    assert len(mailbox.to(ANA)) == asked


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_traces_that_a_long_write_holds_back_are_no_fault(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import of half a minute must not answer 500 to somebody who is erased already."""
    with database.begin(clock(), "command:import"):
        assert forget_traces(database) is False
    assert forget_traces(database) is True


def test_mails_to_an_address_that_was_theirs_go_with_them(
    browser: NewBrowser, mailbox: Mailbox, clock: Clock
) -> None:
    ana = browser()
    ana.sign_in(ANA, mailbox)
    clock.advance(minutes=1)
    ana.post("/compte/adresse/", {"email": "nova@example.org"})
    for email in (ANA, "nova@example.org"):
        (key,) = re.findall(r"confirmer/\?cle=(\S+)", mailbox.to(email)[-1].text)
        clock.advance(minutes=1)
        ana.post("/compte/adresse/confirmer/", {"cle": key})
    assert len(mailbox.to(ANA)) == 3
    clock.advance(minutes=1)
    browser().post("/connexion/", {"email": ANA})  # somebody else's mailbox now, or theirs anew
    erase(ana)
    assert len(mailbox.to(ANA)) == 1
    assert mailbox.to("nova@example.org") == []
