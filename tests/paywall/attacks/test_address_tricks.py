"""Addresses that look alike: what is one reader, and what must never be."""

from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from sqlalchemy import func, select

from paywall.accounts.addresses import MAX_CHARACTERS, AddressError, as_mailed, normalised
from paywall.store.database import Database
from paywall.store.schema import Reader

NewBrowser = Callable[[], Browser]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x@straße.example.org", "x@strasse.example.org"),  # two domains (IDNA 2008)
        ("straße@example.org", "strasse@example.org"),
        ("ſara@example.org", "sara@example.org"),  # the long s
        ("аna@example.org", "ana@example.org"),  # a Cyrillic а
        ("ａna@example.org", "ana@example.org"),  # a full-width a
        ("ana+press@example.org", "ana@example.org"),
        ("a.na@gmail.com", "ana@gmail.com"),
        ("ana@exаmple.org", "ana@example.org"),  # a Cyrillic а in the domain
        ("ı@example.org", "i@example.org"),  # the dotless i
    ],
)
def test_addresses_of_two_people_are_two_readers(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (" Ana@Example.ORG ", "ana@example.org"),
        ("e\u0301ric@example.org", "éric@example.org"),
        ("ÉRIC@example.org", "éric@example.org"),
        ("x@BÜCHER.example.org", "x@xn--bcher-kva.example.org"),
        ("\u212aim@example.org", "kim@example.org"),  # the Kelvin sign is a K to Unicode itself
    ],
)
def test_two_spellings_of_one_mailbox_are_one_reader(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    "typed",
    [
        "ΐ" * 60 + "@example.org",
        "İ" * 60 + "@" + "a" * 60 + ".example.org",
        "STRASSE@example.org",
        "x@BÜCHER.example.org",
    ],
)
def test_the_one_spelling_is_its_own_and_fits_the_table(typed: str) -> None:
    try:
        once = normalised(typed)
    except AddressError:
        return
    assert normalised(once) == once
    assert len(once) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    "typed",
    [
        "demonstration@bicorne.invalid",
        "root@localhost",
        "ana@127.0.0.1",
        "ana@[127.0.0.1]",
        '"ana smith"@example.org',
        "ana\u200b@example.org",
        "ana\u202e@example.org",
        "a" * 300 + "@example.org",
        "ana@" + "a." * 200 + "org",
    ],
)
def test_what_no_mail_can_reach_is_refused(typed: str) -> None:
    with pytest.raises(AddressError):
        normalised(typed)


def test_a_relay_is_given_a_domain_in_ascii() -> None:
    assert as_mailed("x@bücher.example.org") == "x@xn--bcher-kva.example.org"
    assert as_mailed("x@straße.example.org") == "x@xn--strae-oqa.example.org"


def test_the_code_goes_to_the_mailbox_that_the_account_is_of(
    browser: NewBrowser, mailbox: Mailbox, database: Database
) -> None:
    """Elsewhere a look-alike's code went to the look-alike, and signed it in as its victim."""
    browser().sign_in("sara@example.org", mailbox)
    browser().post("/connexion/", {"email": "ſara@example.org"})
    assert len(mailbox.to("sara@example.org")) == 1
    browser().sign_in("ſara@example.org", mailbox)
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(Reader)) == 2
