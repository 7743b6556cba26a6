"""From a page of the magazine to a line of the log: the real pages, browser and service."""

import json
import time
from typing import Any

from demo_site import DemoSite
from page_kinds import GATED, OPEN_ARTICLE
from playwright.sync_api import Page, expect
from watch import Watch

WAIT_SECONDS = 10


def lines_of(site: DemoSite, page: str) -> list[dict[str, Any]]:
    files = sorted((site.var / "events").glob("*.jsonl"))
    said = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    return [line for line in said if line["page"] == page]


def logged(site: DemoSite, page: str, count: int) -> list[dict[str, Any]]:
    """The lines of a page, once there are so many."""
    deadline = time.monotonic() + WAIT_SECONDS
    while len(lines_of(site, page)) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    return lines_of(site, page)


def test_what_is_seen_and_followed_is_written_and_nothing_of_who_did(
    page: Page, watch: Watch, site: DemoSite
) -> None:
    page.route("https://example.org/**", lambda route: route.fulfill(body="Un annonceur."))
    page.goto(OPEN_ARTICLE)
    box = page.locator(".ad")
    box.scroll_into_view_if_needed()
    expect(box.locator("template")).to_have_count(0)
    flight = box.locator(".ad-shown").get_attribute("data-flight")
    page.wait_for_timeout(1800)
    box.get_by_role("link").click()
    page.wait_for_url(lambda address: OPEN_ARTICLE not in address)
    lines = logged(site, OPEN_ARTICLE, 3)
    assert [line["kind"] for line in lines] == ["page", "view", "click"]
    assert [line.get("flight") for line in lines] == [None, flight, flight]
    known = {"hour", "kind", "page", "tier", "source", "placement", "flight", "creative"}
    for line in lines:
        assert set(line) <= known | {"marks", "once"}
        assert "replay" not in line.get("marks", [])
    assert watch.failed == []


def test_a_full_page_is_counted_in_its_own_tier(
    page: Page, site: DemoSite, one_click_link: str
) -> None:
    page.goto(one_click_link)
    page.goto(GATED)
    page.goto("/")
    lines = logged(site, GATED, 1)
    assert [line["kind"] for line in lines].count("page") == 1
    assert {line["tier"] for line in lines} == {"members"}


def test_whoever_ticks_the_box_at_the_foot_of_a_page_is_not_counted(
    page: Page, site: DemoSite
) -> None:
    page.goto("/carnet/")
    page.get_by_role("checkbox", name="Ne pas compter mes lectures").check()
    page.goto("/agenda/")
    choice = page.get_by_role("checkbox", name="Ne pas compter mes lectures")
    expect(choice).to_be_checked()
    choice.uncheck()
    page.goto("/")
    assert len(logged(site, "/agenda/", 1)) == 1  # sent after what was not
    assert lines_of(site, "/carnet/") == []


def test_pages_that_are_not_counted_carry_no_script(page: Page) -> None:
    for address in ("/nulle-part/", "/connexion/"):
        page.goto(address)
        expect(page.locator("script[data-mark]")).to_have_count(0)
        expect(page.locator("[data-ads-answer]")).to_have_count(0)
