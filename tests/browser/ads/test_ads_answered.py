"""Who does not want to be counted is not; nothing is kept in a browser but the answer to that."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench.viewability.pages import ARTICLE, Box, Candidate, add_page
from bench.viewability.site import Site

LATER = "2099-01-01T00:00:00Z"
REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("refused", "SecurityError"); },
});"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
};"""


@pytest.fixture(autouse=True)
def asking(site: Site) -> None:
    add_page(site, "/asking/", [ARTICLE], consent=True)


def told(page: Page, site: Site, address: str = "/a/") -> list[list[str]]:
    """What is told of a visit to a page; none of the next page, which tells nothing itself."""
    page.goto(address)
    page.goto("/gone/")
    page.wait_for_timeout(300)
    return site.events


def set_answer(page: Page, word: str) -> None:
    page.goto("/gone/")
    page.evaluate(f"localStorage.setItem('bicorne-ads', '{word}')")


@pytest.mark.parametrize(
    "asks",
    [
        "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });",
        "Object.defineProperty(navigator, 'doNotTrack', { value: '1' });",
    ],
    ids=["Global Privacy Control", "Do Not Track"],
)
@pytest.mark.parametrize("address", ["/a/", "/asking/"])
def test_a_browser_that_says_no_is_obeyed(page: Page, site: Site, asks: str, address: str) -> None:
    page.add_init_script(asks)
    page.goto(address)
    choice = page.get_by_role("checkbox")
    expect(choice).to_be_disabled()
    expect(choice).to_be_checked(checked=address == "/a/")
    set_answer(page, "yes")
    assert told(page, site, address) == []


def test_do_not_track_that_is_off_is_no_objection(page: Page, site: Site) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'doNotTrack', { value: '0' });")
    assert told(page, site) == [["page"]]


def test_one_tick_ends_the_counting_of_this_page_and_of_others(page: Page, site: Site) -> None:
    page.goto("/a/")
    choice = page.get_by_role("checkbox", name="Ne pas compter mes lectures")
    expect(choice).not_to_be_checked()
    choice.check()
    assert page.evaluate("({ ...localStorage })") == {"bicorne-ads": "no"}
    assert told(page, site) == []
    page.goto("/a/")
    expect(choice).to_be_checked()
    choice.uncheck()
    assert page.evaluate("({ ...localStorage })") == {}
    page.goto("/gone/")
    site.wait(lambda site: site.beacons)
    assert site.events == [["page"]]


def test_an_objection_holds_for_tabs_that_are_open_already(
    page: Page, context: BrowserContext, site: Site
) -> None:
    page.goto("/a/")
    other = context.new_page()
    other.goto("/a/")
    other.get_by_role("checkbox").check()
    page.goto("/gone/")
    page.wait_for_timeout(300)
    assert site.events == []


def test_who_objects_still_sees_the_ads_of_the_plan(page: Page, site: Site) -> None:
    add_page(site, "/several/", [Box("article", (Candidate("one"), Candidate("two")))])
    site.plan(version=1, until=LATER, flights=[["two", 1.0]])
    set_answer(page, "no")
    page.goto("/several/")
    expect(page.locator("template")).to_have_count(0)
    expect(page.locator(".ad-shown")).to_have_attribute("data-flight", "two")
    assert site.told == []


def test_where_consent_is_asked_for_only_a_yes_counts(page: Page, site: Site) -> None:
    assert told(page, site, "/asking/") == []
    set_answer(page, "no")
    assert told(page, site, "/asking/") == []
    page.goto("/asking/")
    choice = page.get_by_role("checkbox")
    expect(choice).not_to_be_checked()
    choice.check()
    assert page.evaluate("({ ...localStorage })") == {"bicorne-ads": "yes"}
    assert told(page, site, "/asking/")[0] == ["page"]


@pytest.mark.parametrize("address", ["/a/", "/asking/"])
def test_whose_browser_keeps_no_answer_is_not_counted(page: Page, site: Site, address: str) -> None:
    page.add_init_script(REFUSED)
    page.goto(address)
    page.get_by_role("checkbox").click()
    assert told(page, site, address) == []


def test_an_answer_that_cannot_be_kept_is_not_shown_as_if_it_were(page: Page) -> None:
    page.add_init_script(FULL)
    page.goto("/a/")
    page.get_by_role("checkbox").click()
    expect(page.get_by_role("checkbox")).not_to_be_checked()


def test_without_javascript_there_is_nothing_to_answer(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    add_page(site, "/several/", [Box("article", (Candidate("one"), Candidate("two")))])
    page.goto("/several/")
    expect(page.get_by_role("checkbox")).to_be_hidden()
    expect(page.locator(".ad-shown")).to_have_attribute("data-flight", "one")
    expect(page.get_by_role("img", name="one")).to_be_visible()


def test_nothing_is_kept_and_nobody_else_is_asked(
    page: Page, context: BrowserContext, site: Site
) -> None:
    """That nobody else is asked, the page itself sees to (`conftest.page`)."""
    page.goto("/a/")
    page.evaluate("document.querySelector('.ad').scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(1400)
    page.get_by_role("link", name="acme").click()
    page.wait_for_url("**/gone/")
    site.wait(lambda site: len(site.events) == 3)
    assert context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("caches.keys()") == []
