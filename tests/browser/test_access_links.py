"""What a one-click link opens, what it does not, and what a reader is told then."""

import re

import pytest
from demo_site import DemoSite
from page_kinds import GATED, RESERVED
from playwright.sync_api import Page, expect

from paywall.accounts.secrets import new_secret


@pytest.fixture(params=["foreign", "cut short"])
def useless_link(request: pytest.FixtureRequest, site: DemoSite) -> str:
    """A link to the gated article that opens nothing."""
    link = site.link(GATED)
    if request.param == "foreign":
        return re.sub("jeton=[^&]+", f"jeton={new_secret()}", link)
    return re.sub("jeton=[^&]+", lambda secret: secret[0][:-1], link)


def test_a_link_that_does_not_open_leads_to_a_page_that_says_what_to_do(
    page: Page, useless_link: str
) -> None:
    page.goto(useless_link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien ou ce code n’ouvre plus")
    page.get_by_role("main").get_by_role("link", name="Demander un autre message").click()
    page.wait_for_url("**/connexion/")
    expect(page.get_by_label("Adresse de courriel")).to_be_focused()


def test_a_link_that_does_not_open_leaves_the_article_closed(page: Page, useless_link: str) -> None:
    page.goto(useless_link)
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
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies.keys() == {"bicorne_access", "bicorne_session"}
    assert all(c["httpOnly"] and c["sameSite"] == "Lax" for c in cookies.values())
    assert page.evaluate("document.cookie") == ""


def test_the_address_of_the_opened_article_does_not_hold_the_access(
    page: Page, site: DemoSite
) -> None:
    page.goto(site.link(GATED))
    assert page.url == f"{site.address}{GATED}"
    assert page.evaluate("document.referrer") == ""
