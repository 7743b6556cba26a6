"""What a one-click link opens, what it does not, and what a reader is told then."""

from pathlib import Path

import pytest
from demo_site import DemoSite
from page_kinds import GATED, RESERVED
from playwright.sync_api import Page, expect

from paywall.keys import load_keys


@pytest.fixture(params=["expired", "foreign", "cut short"])
def useless_token(request: pytest.FixtureRequest, site: DemoSite, tmp_path: Path) -> str:
    if request.param == "expired":
        return site.token(age_days=2)
    if request.param == "foreign":
        load_keys(tmp_path / "keys")  # makes them, as another magazine would
        return site.token(var=tmp_path)
    return site.token()[:-1]


def test_a_link_that_does_not_open_leads_to_a_page_that_says_what_to_do(
    page: Page, useless_token: str
) -> None:
    page.goto(f"/acces/?jeton={useless_token}&vers={GATED}")
    page.wait_for_url("**/lien-expire/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien n’ouvre plus")
    expect(page.get_by_text("demandez-en un nouveau")).to_be_visible()
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Revenir à la une")).to_be_visible()
    main.get_by_role("link", name="Demander un nouveau lien").click()
    page.wait_for_url("**/connexion/")


def test_a_link_that_does_not_open_leaves_the_article_closed(
    page: Page, useless_token: str
) -> None:
    page.goto(f"/acces/?jeton={useless_token}&vers={GATED}")
    assert page.context.cookies() == []
    page.goto(GATED)
    assert RESERVED not in page.content()
    expect(page.locator(".wall")).to_be_visible()


def test_a_reader_who_signs_out_finds_the_wall_again(page: Page, site: DemoSite) -> None:
    page.goto(site.link(GATED))
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{site.address}/")
    page.goto(GATED)
    expect(page.locator(".wall")).to_be_visible()
    assert RESERVED not in page.content()


def test_going_back_after_signing_out_does_not_show_the_full_article(
    page: Page, site: DemoSite
) -> None:
    page.goto(site.link(GATED))
    expect(page.get_by_text(RESERVED)).to_be_visible()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{site.address}/")
    page.go_back()
    page.wait_for_url(f"**{GATED}")
    expect(page.locator(".wall")).to_be_visible()
    assert RESERVED not in page.content()


def test_no_script_of_the_page_can_read_the_access(page: Page, site: DemoSite) -> None:
    page.goto(site.link(GATED))
    [cookie] = page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert page.evaluate("document.cookie") == ""


def test_the_address_of_the_opened_article_does_not_hold_the_access(
    page: Page, site: DemoSite
) -> None:
    page.goto(site.link(GATED))
    assert page.url == f"{site.address}{GATED}"
    assert page.evaluate("document.referrer") == ""
