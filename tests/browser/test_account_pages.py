"""The service’s own pages as readers meet them: telephone or wide screen, without scripts."""

import re
from collections.abc import Callable, Iterator

import pytest
from account_reader import (
    ARTICLE,
    EMAIL,
    STRANGERS,
    AccountReader,
    account_reader,
    confirm_all,
    type_code,
)
from demo_site import DemoSite
from page_kinds import RESERVED
from playwright.sync_api import Browser, BrowserContext, Page, expect
from test_page_kinds import WIDTHS, outside
from watch import Watch

TARGETS = "main :is(.button, .button-quiet, .account-nav a, .field input, .field-check, .offer)"
OWN = ("confirm", "order", "waiting", "drop", "account", "cancel", "pause", "orders", "feed")
NAMES = (*STRANGERS, *OWN, "profile", "address", "devices", "data", "erase", "not-found")


@pytest.fixture(scope="module")
def reader(browser: Browser, site: DemoSite) -> Iterator[AccountReader]:
    with account_reader(browser, site) as reader:
        yield reader


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_every_screen_and_complains_of_nothing(
    reader: AccountReader, site: DemoSite, name: str
) -> None:
    context, path = reader.where(name)
    watch = Watch.over(context, site.address)
    page = context.new_page()
    page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"at {width} px"
        assert outside(page) == [], f"at {width} px"
        heights = page.locator(TARGETS).evaluate_all(
            "(all) => all.map((e) => [e.outerHTML, e.getBoundingClientRect().height])"
        )
        assert [target for target, height in heights if 0 < height < 44] == []
    page.close()
    assert watch.foreign == []
    assert [said for said in watch.complaints if "status of 4" not in said] == []


def test_by_transfer_without_any_script_to_the_article(
    new_context: Callable[..., BrowserContext], site: DemoSite
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(ARTICLE)
    expect(page.get_by_text(RESERVED)).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="S’abonner").first.click()
    page.get_by_label("Adresse de courriel").fill("journey@example.org")
    page.get_by_role("button", name="Continuer").click()
    type_code(page)
    page.get_by_role("button", name=re.compile("par virement")).click()
    expect(page.get_by_text("IBAN")).to_be_visible()
    confirm_all(site)
    page.goto("/compte/")
    page.get_by_role("link", name="Commandes").click()
    page.get_by_role("link", name=re.compile("BIC-")).click()
    page.get_by_role("link", name="Reprendre la lecture").click()
    expect(page.get_by_text(RESERVED)).to_be_visible()
    page.goto("/compte/")
    page.get_by_role("link", name="Résilier votre abonnement").click()
    page.get_by_role("button", name="Confirmer la résiliation").click()
    expect(page.get_by_role("status")).to_contain_text("ne sera pas renouvelé")
    page.goto(ARTICLE)
    expect(page.get_by_text(RESERVED)).to_be_visible()


def test_a_mistake_is_told_and_the_keyboard_finds_its_field(page: Page) -> None:
    page.goto("/abonnement/")
    field = page.get_by_label("Adresse de courriel")
    field.fill("ana@localhost")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_contain_text("Une réponse est à corriger")
    wrong = page.get_by_label("Adresse de courriel")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("n’est pas complète"))
    expect(wrong).to_have_value("ana@localhost")


def test_a_bar_stands_beside_each_wrong_answer_boxes_to_tick_included(page: Page) -> None:
    page.goto("/annonceurs/reserver/")
    page.get_by_label("dans les articles").uncheck()
    page.get_by_label("à la une").uncheck()
    page.get_by_label("dans les listes").uncheck()
    page.locator("form.form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("alert")).to_contain_text("réponses sont à corriger")
    wrong = page.locator(".field:has(.field-error)")
    right = page.locator(".field:not(:has(.field-error))")
    bars = "all => [...new Set(all.map(e => getComputedStyle(e).borderLeftWidth))]"
    assert (wrong.evaluate_all(bars), right.evaluate_all(bars)) == (["6px"], ["0px"])
    for legend in ("Emplacements", "Formats"):
        group = page.get_by_role("group", name=legend)
        expect(group).to_have_accessible_description(re.compile("Cochez-en au moins un"))


def test_the_other_language_keeps_the_page(reader: AccountReader) -> None:
    page = reader.context.new_page()
    page.goto("/compte/commandes/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Orders and receipts")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Commandes et reçus")
    page.close()


def test_a_receipt_prints_without_what_is_pressed(reader: AccountReader) -> None:
    page = reader.context.new_page()
    page.goto(reader.paths["order"])
    page.emulate_media(media="print")
    expect(page.locator(".receipt table")).to_be_visible()
    expect(page.get_by_text(EMAIL)).to_be_visible()
    for left_out in (".account-nav", "main .button"):
        expect(page.locator(left_out).first).to_be_hidden()
    page.close()
