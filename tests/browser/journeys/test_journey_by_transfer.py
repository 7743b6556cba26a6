"""By transfer, on a telephone, without JavaScript: ordered, confirmed by the treasurer, read."""

import re
from collections.abc import Callable

import pytest
from demo_site import DemoSite
from page_kinds import GATED, RESERVED
from playwright.sync_api import BrowserContext, Page, expect
from watch import Watch

ADDRESS = "augustin.fresnel@example.org"
OUTBOX = "/_bicorne/courriels/"
PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context(**PHONE)


def test_order_by_transfer_confirm_sign_in_by_mail_and_read(
    page: Page, watch: Watch, site: DemoSite, new_context: Callable[..., BrowserContext]
) -> None:
    reference = order_from_the_wall(page)
    page.goto(GATED)
    expect(page.locator(".wall")).to_be_visible()

    said = site.command("confirm", reference, "48")
    assert said == f"{reference} : payée, l’accès est ouvert.\n"

    elsewhere = new_context(**PHONE)
    there = Watch.over(elsewhere, site.address)
    reader = elsewhere.new_page()
    sign_in_by_the_link(reader)
    expect(reader).to_have_url(f"{site.address}{GATED}")
    expect(reader.get_by_text(RESERVED)).to_be_visible()

    # The browser that ordered need not sign in again: the letter's address leads on.
    page.goto(OUTBOX)
    expect(page.get_by_role("main")).to_contain_text(f"Paiement reçu : {reference}")
    page.get_by_role("link", name=f"/commande/{reference}/").first.click()
    expect(page.get_by_role("main")).to_contain_text("Payée, le 1er novembre 2026")
    page.get_by_role("link", name="Reprendre la lecture").click()
    expect(page.get_by_text(RESERVED)).to_be_visible()

    for seen in (watch, there):
        assert seen.foreign + seen.complaints + seen.failed == []


def order_from_the_wall(page: Page) -> str:
    """As somebody who is in no list: the order's reference, once what to pay is said."""
    page.goto(GATED)
    page.locator(".wall").get_by_role("link", name="S’abonner").click()
    page.get_by_label("Adresse de courriel").fill(ADDRESS)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("link", name="Le lire ici").click()
    code = re.search(r"\b(\d{3} \d{3})\b", page.get_by_role("main").inner_text())
    assert code is not None
    page.go_back()
    page.get_by_label("Code").fill(code[1])
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("main")).to_contain_text("Toute personne")
    page.get_by_role("button", name="Commander et payer 48,00 € par virement").click()
    told = page.get_by_role("main")
    reference = re.search(r"BIC-\w{4}-\w{4}", told.inner_text())
    assert reference is not None
    for word in (reference[0], "48,00 €", "FR76", "À payer"):
        expect(told).to_contain_text(word)
    return reference[0]


def sign_in_by_the_link(page: Page) -> None:
    """From the wall again, by the link of the message this time."""
    page.goto(GATED)
    page.locator(".wall").get_by_role("link", name="Se connecter").click()
    page.get_by_label("Adresse de courriel").fill(ADDRESS)
    page.get_by_role("button", name="Recevoir le code").click()
    page.get_by_role("link", name="Le lire ici").click()
    page.get_by_role("link", name="/connexion/lien/").first.click()
    expect(page.get_by_role("main")).to_contain_text(ADDRESS)
    page.get_by_role("button", name="Se connecter").click()
