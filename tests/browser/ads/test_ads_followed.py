"""Clicks: of a mouse, its middle button, a key; after a view only, and nobody waits for them."""

import pytest
from playwright.sync_api import Locator, Page

from bench.viewability.pages import mark
from bench.viewability.site import Site

AD = ["article", "acme", "970x250", mark("acme", "970x250")]
SEEN_MS = 1400


@pytest.fixture
def ad(page: Page) -> Locator:
    """An ad in the middle of the window."""
    page.goto("/a/")
    page.evaluate("document.querySelector('.ad').scrollIntoView({ block: 'center' })")
    return page.get_by_role("link", name="acme")


def told(page: Page, site: Site) -> list[list[str]]:
    """What the page had to tell once it was left."""
    page.goto("/gone/")
    site.wait(lambda site: site.beacons)
    return site.events


def test_a_click_leads_on_at_once_and_is_told(page: Page, site: Site, ad: Locator) -> None:
    page.wait_for_timeout(SEEN_MS)
    ad.click()
    page.wait_for_url("**/gone/")
    site.wait(lambda site: site.beacons)
    assert site.events == [["page"], ["view", *AD], ["click", *AD]]


def test_the_enter_key_is_a_click(page: Page, site: Site, ad: Locator) -> None:
    page.wait_for_timeout(SEEN_MS)
    ad.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gone/")
    site.wait(lambda site: site.beacons)
    assert site.events == [["page"], ["view", *AD], ["click", *AD]]


def test_a_link_opened_in_another_tab_is_a_click(page: Page, site: Site, ad: Locator) -> None:
    page.wait_for_timeout(SEEN_MS)
    with page.context.expect_page():
        ad.click(button="middle")
    assert told(page, site) == [["page"], ["view", *AD], ["click", *AD]]


def test_the_menu_of_a_link_is_no_click(page: Page, site: Site, ad: Locator) -> None:
    page.wait_for_timeout(SEEN_MS)
    ad.click(button="right")
    assert told(page, site) == [["page"], ["view", *AD]]


def test_a_click_before_a_second_has_passed_is_not_counted(
    page: Page, site: Site, ad: Locator
) -> None:
    ad.click()
    page.wait_for_url("**/gone/")
    site.wait(lambda site: site.beacons)
    assert site.events == [["page"]]


def test_two_clicks_are_one(page: Page, site: Site, ad: Locator) -> None:
    page.wait_for_timeout(SEEN_MS)
    for _ in range(2):
        with page.context.expect_page():
            ad.click(button="middle")
    assert told(page, site) == [["page"], ["view", *AD], ["click", *AD]]


def test_a_click_beside_the_ad_is_none(page: Page, site: Site, ad: Locator) -> None:
    page.wait_for_timeout(SEEN_MS)
    page.get_by_text("Publicité · acme").click()
    page.mouse.click(5, 5)
    assert told(page, site) == [["page"], ["view", *AD]]


def test_a_click_on_the_other_creative_counts_for_the_one_that_was_seen(
    page: Page, site: Site, ad: Locator
) -> None:
    page.wait_for_timeout(SEEN_MS)
    page.set_viewport_size({"width": 400, "height": 800})
    page.get_by_role("link", name="acme").click()
    page.wait_for_url("**/gone/")
    site.wait(lambda site: site.beacons)
    assert site.events == [["page"], ["view", *AD], ["click", *AD]]
