"""Devices, profile, and a reader's own data: shown, changed, taken away, erased."""

import json
import re
from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox
from paywall_site import SECRET
from reader_pages import ANA, ARTICLE, BEN, Office, order_by_transfer, words

NewBrowser = Callable[[], Browser]
FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"}


def numbers(page: str) -> list[str]:
    return re.findall(r'name="appareil" value="(\d+)"', page)


def test_devices_are_named_and_this_one_comes_first(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox
) -> None:
    other = browser()
    other.post("/connexion/", {"email": ANA})
    other.post("/connexion/code/", {"code": mailbox.code(ANA)}, headers=FIREFOX)
    page = words(other.get("/compte/appareils/"))
    assert page.index("Firefox, Linux celui-ci") < page.index("Appareil inconnu")


def test_one_device_is_signed_out_from_another(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, office: Office
) -> None:
    office.subscribe(ANA)
    lost = browser()
    lost.sign_in(ANA, mailbox)
    assert SECRET in lost.get(ARTICLE).text
    _here, there = numbers(ana.get("/compte/appareils/").text)
    assert ana.post("/compte/appareils/", {"appareil": there}).status_code == 303
    assert lost.get("/compte/").status_code == 303
    assert SECRET not in lost.get(ARTICLE).text
    assert ana.get("/compte/").status_code == 200


def test_signing_out_of_this_device_leads_home(ana: Browser) -> None:
    (here,) = numbers(ana.get("/compte/appareils/").text)
    assert ana.post("/compte/appareils/", {"appareil": here}).headers["location"] == "/"
    assert ana.get("/compte/").status_code == 303


def test_nobody_signs_somebody_else_out(ana: Browser, ben: Browser) -> None:
    (anas,) = numbers(ana.get("/compte/appareils/").text)
    for number in (anas, "999999", "-1", "1e3", "٣", ""):
        assert ben.post("/compte/appareils/", {"appareil": number}).status_code == 303
    assert ana.get("/compte/").status_code == 200


def test_everywhere_is_everywhere(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, ben: Browser
) -> None:
    others = [browser() for _ in range(2)]
    for other in others:
        other.sign_in(ANA, mailbox)
    ana.post("/compte/appareils/partout/", {})
    assert [b.get("/compte/").status_code for b in (ana, *others, ben)] == [303, 303, 303, 200]


def feed_of(reader: Browser) -> str:
    page = reader.post("/compte/flux/", {"faire": "create", "flux": ""}).text
    found = re.search(r"/flux/prive/[\w-]{43}/rss.xml", page)
    assert found
    return found[0]


@pytest.mark.parametrize("kept", [False, True])
def test_everywhere_ends_the_private_feed_unless_its_box_is_ticked(
    ana: Browser, mailbox: Mailbox, kept: bool
) -> None:
    assert 'name="garder-flux"' not in ana.get("/compte/appareils/").text
    address = feed_of(ana)
    assert "Garder l’adresse de mon flux privé" in words(ana.get("/compte/appareils/"))
    ana.post("/compte/appareils/partout/", {"garder-flux": "oui"} if kept else {})
    ana.sign_in(ANA, mailbox)
    assert ("Votre flux existe" in words(ana.get("/compte/flux/"))) is kept
    assert (ana.get(address).status_code == 404) is not kept


def test_everywhere_ends_links_that_wait(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox
) -> None:
    other = browser()
    other.post("/connexion/", {"email": ANA})
    ana.post("/compte/appareils/partout/", {})
    link = mailbox.link(ANA).partition("cle=")[2]
    assert other.post("/connexion/lien/", {"cle": link}).status_code == 410
    assert other.post("/connexion/code/", {"code": mailbox.code(ANA)}).status_code == 410


def test_the_profile_is_kept_as_plain_text(ana: Browser, office: Office) -> None:
    name = "  Ana \u202egnp.exe <script>alert(1)</script>\r\nBcc: x "
    ana.post("/compte/profil/", {"nom": name, "post": "a\r\n\r\n<b>b", "langue": "fr"})
    reader = office.reader(ANA)
    assert reader.name == "Ana gnp.exe <script>alert(1)</script> Bcc: x"
    assert reader.post == "a\n<b>b"
    reference = order_by_transfer(ana)
    for path in ("/compte/profil/", f"/commande/{reference}/"):
        page = ana.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_language_of_the_profile_is_that_of_pages_and_mails(
    ana: Browser, mailbox: Mailbox, office: Office
) -> None:
    ana.post("/compte/profil/", {"nom": "", "post": "", "langue": "en"})
    assert "Your subscription" in words(ana.get("/compte/"))
    order_by_transfer(ana)
    assert mailbox.to(ANA)[-1].subject.startswith("Your order BIC-")
    assert "Transfer message" in words(ana.get(f"/commande/{office.orders()[0].reference}/"))


def test_a_language_that_nobody_speaks_here_changes_nothing(ana: Browser, office: Office) -> None:
    ana.post("/compte/profil/", {"nom": "X", "post": "", "langue": "de"})
    assert (office.reader(ANA).language, office.reader(ANA).name) == ("fr", "")


def test_all_that_is_held_comes_in_one_file(ana: Browser, ben: Browser, office: Office) -> None:
    office.subscribe(ANA)
    reference = order_by_transfer(ana)
    answer = ana.get("/compte/donnees/emporter/")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"].startswith("attachment;")
    held = json.loads(answer.text)
    assert held["reader"]["email"] == ANA
    assert [order["reference"] for order in held["orders"]] == [reference]
    assert len(held["subscriptions"]) == 1
    assert BEN not in answer.text


def test_erasing_takes_two_steps_and_says_what_stays(ana: Browser, office: Office) -> None:
    assert 'action="/compte/donnees/effacer/"' not in ana.get("/compte/donnees/").text
    page = words(ana.get("/compte/donnees/effacer/"))
    assert "L123-22" in page
    assert "Cela ne se défait pas." in page
    assert office.reader(ANA).erased_at is None


def test_erased_the_account_is_gone_and_its_orders_name_nobody(
    ana: Browser, browser: NewBrowser, mailbox: Mailbox, office: Office
) -> None:
    other = browser()
    other.sign_in(ANA, mailbox)
    reference = order_by_transfer(ana)
    office.confirm(reference, 2600)
    ana.get(f"/commande/{reference}/merci/")
    token = dict(ana.cookies)["bicorne_access"]
    number = office.reader(ANA).id
    done = ana.post("/compte/donnees/effacer/", {})
    assert "le compte est effacé" in words(ana.follow(done))
    assert not dict(ana.cookies)
    assert mailbox.to(ANA) == []
    assert office.order(reference).status == "paid"
    assert office.order(reference).reader_id == number
    assert [b.get("/compte/").status_code for b in (ana, other)] == [303, 303]
    thief = browser()
    assert SECRET not in thief.get(ARTICLE, headers={"cookie": f"bicorne_access={token}"}).text
    back = browser()
    back.sign_in(ANA, mailbox)
    assert office.reader(ANA).id != number
    assert "Aucune commande" in words(back.get("/compte/commandes/"))


def test_erasing_twice_is_signing_in_again(ana: Browser) -> None:
    ana.post("/compte/donnees/effacer/", {})
    again = ana.post("/compte/donnees/effacer/", {})
    assert again.headers["location"] == "/connexion/?vers=/compte/donnees/effacer/"


def test_who_is_owed_money_is_told_before_erasing(ana: Browser, office: Office) -> None:
    assert "à vous rendre" not in words(ana.get("/compte/donnees/effacer/"))
    office.confirm(order_by_transfer(ana), 3850)
    page = words(ana.get("/compte/donnees/effacer/"))
    assert "Nous avons encore 12,50 € à vous rendre" in page
