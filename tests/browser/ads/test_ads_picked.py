"""Which of its candidates a box shows: the plan's, unless it was looked at before the plan came."""

from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from bench.viewability.pages import Box, Candidate, add_page, mark
from bench.viewability.site import Site

ONE, TWO, HOUSE = Candidate("one"), Candidate("two"), Candidate("house", house=True)
BOX = Box("article", (ONE, TWO, HOUSE))
LATER = "2099-01-01T00:00:00Z"
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) shifts += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(autouse=True)
def several(site: Site) -> None:
    add_page(site, "/several/", [BOX])
    add_page(site, "/top/", [BOX], first_in_sight=True)


def shown(page: Page) -> str | None:
    return page.locator(".ad-shown").get_attribute("data-flight")


def settled(page: Page) -> None:
    expect(page.locator(".ad > template")).to_have_count(0)


def test_the_plans_flight_is_shown_with_its_label_its_link_and_its_marks(
    page: Page, site: Site
) -> None:
    site.plan(version=1, until=LATER, flights=[["two", 1.0]])
    page.goto("/several/")
    settled(page)
    box = page.get_by_role("complementary", name="Publicité · two")
    box.scroll_into_view_if_needed()
    expect(box.get_by_role("img", name="two")).to_be_visible()
    expect(page.locator("[data-mark^=one]")).to_have_count(0)
    page.wait_for_timeout(1400)
    page.goto("/gone/")
    site.wait(lambda site: site.beacons)
    size = "970x250"
    assert site.events == [["page"], ["view", "article", "two", size, mark("two", size)]]


def test_flights_share_as_the_plan_says(page: Page, site: Site) -> None:
    """A number below 0.3 is the first's, one below 0.3 + 0.5 the second's, others the house's."""
    site.plan(version=1, until=LATER, flights=[["elsewhere", 0.4], ["two", 0.3], ["one", 0.5]])
    counts: Counter[str | None] = Counter()
    for number in (0.0, 0.29, 0.31, 0.79, 0.81, 0.99):
        page.add_init_script(f"Math.random = () => {number}")
        page.goto("/several/")
        settled(page)
        counts[shown(page)] += 1
    assert counts == {"two": 2, "one": 2, "house": 2}


def test_where_the_plan_names_none_of_them_the_house_has_the_box(page: Page, site: Site) -> None:
    site.plan(version=1, until=LATER, flights=[])
    page.goto("/several/")
    settled(page)
    assert shown(page) == "house"
    assert page.locator(".ad-shown").get_attribute("data-house") == ""


def test_a_paid_flight_takes_the_place_of_a_house_ad(page: Page, site: Site) -> None:
    add_page(site, "/house/", [Box("article", (HOUSE, TWO))])
    site.plan(version=1, until=LATER, flights=[["two", 1.0]])
    page.goto("/house/")
    settled(page)
    assert shown(page) == "two"
    assert page.locator(".ad-shown").get_attribute("data-house") is None


def test_the_magazines_own_words_need_no_flight_and_are_not_counted(page: Page, site: Site) -> None:
    add_page(site, "/notice/", [BOX])
    status, media_type, body = site.answers["/notice/"]
    words = (
        b"<template data-house><p class='ad-label' id='ad-article'>La revue</p></template></aside>"
    )
    body = body.replace(b"data-house", b"data-flight='none'").replace(b"</aside>", words)
    site.answers["/notice/"] = (status, media_type, body)
    site.plan(version=1, until=LATER, flights=[])
    page.goto("/notice/")
    settled(page)
    assert shown(page) is None
    expect(page.get_by_role("complementary", name="La revue")).to_have_count(1)


@pytest.mark.parametrize(
    "answer",
    [
        (404, "text/plain", b"not here"),
        (503, "text/html", b"<p>no"),
        (200, "application/json", b'{"version": 1}'),
        (200, "application/json", b'{"version": 1, "flights": [["two", 1'),
        (200, "application/json", b'{"flights": [["two", 1]], "until": "2020-01-01T00:00:00Z"}'),
    ],
    ids=["none", "broken", "without flights", "cut off", "of yesterday"],
)
def test_without_a_plan_the_builds_choice_stands_and_is_counted(
    page: Page, site: Site, answer: tuple[int, str, bytes]
) -> None:
    site.answers["/ads/plan.json"] = answer
    page.goto("/top/")
    settled(page)
    assert shown(page) == "one"
    page.wait_for_timeout(1400)
    page.goto("/gone/")
    site.wait(lambda site: site.beacons)
    assert [event[:3] for event in site.events] == [["page"], ["view", "article", "one"]]


def test_a_box_in_sight_shows_nothing_until_the_plan_has_come(page: Page, site: Site) -> None:
    site.plan(version=1, until=LATER, flights=[["two", 1.0]])
    site.slow["/ads/plan.json"] = 0.4
    page.add_init_script(SHIFTS)
    page.goto("/top/")
    expect(page.locator("template").first).to_have_count(1)
    assert not page.locator(".ad-shown").is_visible()
    settled(page)
    assert shown(page) == "two"
    assert page.locator(".ad-shown").is_visible()
    assert page.evaluate("shifts") == 0


def test_a_plan_that_is_long_in_coming_is_not_waited_for(page: Page, site: Site) -> None:
    site.plan(version=1, until=LATER, flights=[["two", 1.0]])
    site.slow["/ads/plan.json"] = 2.5
    page.goto("/top/")
    expect(page.locator(".ad-shown")).to_be_visible(timeout=2000)
    settled(page)
    assert shown(page) == "one"
    page.wait_for_timeout(2500)
    assert shown(page) == "one"


def test_what_was_seen_before_the_plan_came_stays_though_it_is_out_of_sight(
    page: Page, site: Site
) -> None:
    site.plan(version=1, until=LATER, flights=[["two", 1.0]])
    site.slow["/ads/plan.json"] = 3
    page.goto("/several/")
    page.wait_for_timeout(1200)
    page.evaluate("document.querySelector('.ad').scrollIntoView()")
    page.wait_for_timeout(200)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(2200)
    assert shown(page) == "one"


def test_a_late_plan_is_kept_to_where_nobody_has_looked(page: Page, site: Site) -> None:
    site.plan(version=1, until=LATER, flights=[["two", 1.0]])
    site.slow["/ads/plan.json"] = 2
    page.goto("/several/")
    page.wait_for_timeout(1500)
    assert shown(page) == "one"
    page.wait_for_timeout(1000)
    assert shown(page) == "two"


def test_candidates_that_are_not_picked_load_nothing(page: Page, site: Site) -> None:
    site.plan(version=1, until=LATER, flights=[["two", 1.0]])
    page.goto("/several/")
    settled(page)
    page.evaluate("document.querySelector('.ad').scrollIntoView()")
    page.wait_for_load_state("networkidle")
    pictures = {path for path in site.asked if path.startswith("/pictures/")}
    assert pictures == {"/pictures/two-970x250.png"}


def test_a_box_with_one_candidate_asks_for_no_plan(page: Page, site: Site) -> None:
    page.goto("/a/")
    page.wait_for_load_state("networkidle")
    assert "/ads/plan.json" not in site.asked
    assert page.locator(".ad-shown").is_visible()


def test_boxes_of_one_page_are_picked_for_each_by_itself(page: Page, site: Site) -> None:
    add_page(site, "/both/", [BOX, Box("list", (TWO, HOUSE))])
    site.plan(version=1, until=LATER, flights=[["one", 1.0]])
    page.goto("/both/")
    settled(page)
    flights = page.locator(".ad-shown").evaluate_all("(all) => all.map((o) => o.dataset.flight)")
    assert flights == ["one", "house"]


def test_an_ad_that_stands_in_two_boxes_is_told_once(page: Page, site: Site) -> None:
    """The service refuses a message that says the same thing twice."""
    add_page(site, "/twice/", [Box("list", (ONE,)), Box("list", (ONE,))], style=".gap{height:9px}")
    page.goto("/twice/")
    page.wait_for_timeout(1400)
    page.goto("/gone/")
    site.wait(lambda site: site.beacons)
    assert [event[0] for event in site.events] == ["page", "view"]
