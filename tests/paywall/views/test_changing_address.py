"""An account's address changes when both mailboxes say so, and nobody learns who has one."""

import re
from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from paywall_site import SECRET
from reader_pages import ANA, ARTICLE, BEN, Office, words

from paywall.store.schema import Reader

NEW = "nova@example.org"
NewBrowser = Callable[[], Browser]


def link(mailbox: Mailbox, email: str) -> str:
    found = re.findall(r"/compte/adresse/confirmer/\?cle=(\S+)", mailbox.to(email)[-1].text)
    assert len(found) == 1
    return str(found[0])


def ask(reader: Browser, email: str = NEW) -> None:
    assert reader.post("/compte/adresse/", {"email": email}).status_code == 303


def confirm(browser: Browser, key: str) -> str:
    path = f"/compte/adresse/confirmer/?cle={key}"
    assert 'method="post"' in browser.get(path).text
    done = browser.post("/compte/adresse/confirmer/", {"cle": key})
    assert done.headers["location"] == path
    return words(browser.get(path))


@pytest.mark.parametrize("order", [(ANA, NEW), (NEW, ANA)])
def test_both_addresses_confirm_in_any_order_from_any_browser(
    ana: Browser,
    browser: NewBrowser,
    mailbox: Mailbox,
    office: Office,
    order: tuple[str, str],
) -> None:
    ask(ana)
    first, second = (link(mailbox, email) for email in order)
    assert "Reste l’autre adresse" in confirm(browser(), first)
    assert office.reader(ANA).email == ANA
    assert f"maintenant {NEW}" in confirm(browser(), second)
    assert office.reader(NEW).id
    assert office.count(Reader) == 1


def test_other_devices_are_signed_out_and_both_mailboxes_are_told(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox
) -> None:
    telephone = browser()
    telephone.sign_in(ANA, mailbox)
    ask(ana)
    keys = link(mailbox, ANA), link(mailbox, NEW)
    for key in keys:
        confirm(ana, key)
    assert ana.get("/compte/").status_code == 200
    assert telephone.get("/compte/").status_code == 303
    assert [mailbox.to(email)[-1].subject for email in (ANA, NEW)] == ["Votre adresse a changé"] * 2


def test_tokens_of_the_devices_that_were_signed_out_open_nothing(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, office: Office
) -> None:

    office.subscribe(ANA)
    telephone = browser()
    telephone.sign_in(ANA, mailbox)
    assert SECRET in telephone.get(ARTICLE).text
    ask(ana)
    for key in (link(mailbox, ANA), link(mailbox, NEW)):
        confirm(ana, key)
    assert SECRET not in telephone.get(ARTICLE).text


@pytest.mark.parametrize("kept", [False, True])
def test_the_private_feed_ends_with_the_change_unless_its_reader_keeps_it(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, kept: bool
) -> None:
    assert 'name="garder-flux"' not in ana.get("/compte/adresse/").text
    ana.post("/compte/flux/", {"faire": "create", "flux": ""})
    assert "Garder l’adresse de mon flux privé" in words(ana.get("/compte/adresse/"))
    fields = {"email": NEW} | ({"garder-flux": "oui"} if kept else {})
    assert ana.post("/compte/adresse/", fields).status_code == 303
    first, last = link(mailbox, ANA), link(mailbox, NEW)
    confirm(browser(), first)
    assert "Votre flux existe" in words(ana.get("/compte/flux/"))  # nothing ends before both agree
    confirm(ana, last)
    assert ("Votre flux existe" in words(ana.get("/compte/flux/"))) is kept
    told = mailbox.to(NEW)[-1].text
    assert ("flux privé ne mène plus à rien" in told) is not kept


def test_one_address_alone_changes_nothing(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, office: Office
) -> None:
    ask(ana)
    key = link(mailbox, NEW)
    for _ in range(3):
        browser().post("/compte/adresse/confirmer/", {"cle": key})
    assert office.reader(ANA).email == ANA


def test_a_scanner_that_opens_both_links_confirms_nothing(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, office: Office
) -> None:
    ask(ana)
    for email in (ANA, NEW):
        browser().get(f"/compte/adresse/confirmer/?cle={link(mailbox, email)}")
    assert office.reader(ANA).email == ANA


def test_asking_for_a_taken_address_looks_the_same_and_only_its_mailbox_is_told(
    ana: Browser, ben: Browser, mailbox: Mailbox, office: Office
) -> None:
    ask(ana, "free@example.org")
    free = words(ana.get("/compte/adresse/?fait=adresse-demandee"))
    ask(ana, BEN)
    taken = words(ana.get("/compte/adresse/?fait=adresse-demandee"))
    assert taken.replace(BEN, "free@example.org") == free
    told = mailbox.to(BEN)[-1]
    assert told.subject == "Cette adresse a déjà un compte"
    assert "confirmer/?cle=" not in told.text
    confirm(ana, link(mailbox, ANA))
    assert office.reader(ANA).id != office.reader(BEN).id


def test_an_address_taken_meanwhile_is_not_taken_over(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, office: Office
) -> None:
    ask(ana)
    keys = link(mailbox, ANA), link(mailbox, NEW)
    browser().sign_in(NEW, mailbox)
    confirm(ana, keys[0])
    last = ana.post("/compte/adresse/confirmer/", {"cle": keys[1]})
    assert last.status_code == 409
    assert office.reader(ANA).email == ANA
    assert office.count(Reader) == 2


def test_a_newer_wish_replaces_an_older_one(
    ana: Browser, mailbox: Mailbox, office: Office, clock: Clock
) -> None:
    ask(ana)
    old = link(mailbox, ANA), link(mailbox, NEW)
    clock.advance(minutes=1)
    ask(ana, "other@example.org")
    for key in old:
        assert ana.post("/compte/adresse/confirmer/", {"cle": key}).status_code == 410
    assert office.reader(ANA).email == ANA


def test_links_are_over_after_an_hour_and_can_be_given_up(
    ana: Browser, mailbox: Mailbox, clock: Clock
) -> None:
    ask(ana)
    key = link(mailbox, NEW)
    clock.advance(minutes=61)
    assert ana.get(f"/compte/adresse/confirmer/?cle={key}").status_code == 410
    ask(ana)
    ana.post("/compte/adresse/abandonner/", {})
    for email in (ANA, NEW):
        gone = ana.post("/compte/adresse/confirmer/", {"cle": link(mailbox, email)})
        assert gone.status_code == 410


def test_a_sign_in_link_confirms_no_change_and_the_reverse(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox
) -> None:
    ask(ana)
    key = link(mailbox, ANA)
    assert browser().post("/connexion/lien/", {"cle": key}).status_code == 410
    browser().post("/connexion/", {"email": ANA})
    signing = mailbox.link(ANA).partition("cle=")[2]
    assert ana.post("/compte/adresse/confirmer/", {"cle": signing}).status_code == 410


def test_nobody_floods_a_mailbox(ana: Browser, mailbox: Mailbox) -> None:
    answers = [ana.post("/compte/adresse/", {"email": NEW}).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]
    assert len(mailbox.to(NEW)) == 5


@pytest.mark.parametrize("typed", ["", "ana", "a@b@c", "a b@example.org", "x\r\nBcc: y@e.org", ANA])
def test_what_is_no_new_address_is_told_beside_the_field(
    ana: Browser, mailbox: Mailbox, typed: str
) -> None:
    before = len(mailbox.to(ANA))
    page = ana.post("/compte/adresse/", {"email": typed})
    assert page.status_code == 422
    assert 'id="email-wrong"' in page.text
    assert len(mailbox.to(ANA)) == before
