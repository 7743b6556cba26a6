"""What counts as seen: half of an ad, for one second on end, in a page that is looked at."""

import json
import time

import pytest

from bench.viewability.pages import ACME, MARK, Box, Candidate, add_page, mark
from bench.viewability.site import Site
from bench.viewability.tabs import Browser, Tab

VIEW = ["view", "article", "acme", "970x250", mark("acme", "970x250")]
TO_SIGHT = "document.querySelector('.ad').scrollIntoView({ block: 'center' })"
AWAY = "scrollTo(0, 0)"


@pytest.fixture
def reading(tab: Tab, site: Site) -> Tab:
    """The tab, with an article whose ad is a screen and a half below."""
    tab.read(f"{site.address}/a/")
    return tab


def stay(tab: Tab, seconds: float = 1.4) -> None:
    """Let time pass as the page's own clock has it: longer than a second, whatever else runs."""
    tab.run(f"new Promise((done) => setTimeout(done, {seconds * 1000}))")


def bring(tab: Tab, shown_px: int) -> None:
    """Scroll until so many pixels of the picture are above the lower edge of the window."""
    tab.run(
        f"""(() => {{
          const pictures = [...document.querySelectorAll(".ad img")];
          const {{ top }} = pictures.find((one) => one.checkVisibility()).getBoundingClientRect();
          scrollBy(0, top - innerHeight + {shown_px});
        }})()"""
    )


def leave(tab: Tab, site: Site) -> None:
    tab.go(f"{site.address}/gone/")
    site.wait(lambda site: site.beacons)


def test_a_page_that_is_left_tells_what_was_seen_on_it(reading: Tab, site: Site) -> None:
    reading.run(TO_SIGHT)
    stay(reading)
    assert site.told == []
    leave(reading, site)
    ((path, headers, beacon),) = site.told
    assert path == "/ads/beacon"
    assert headers["Content-Type"] == "text/plain;charset=UTF-8"
    assert len(beacon.pop("id")) == 22
    assert beacon == {
        "v": 1,
        "page": "/a/",
        "tier": "public",
        "mark": MARK,
        "source": "direct",
        "events": [["page"], VIEW],
    }


def test_half_of_an_ad_is_enough_and_less_is_not(tab: Tab, site: Site) -> None:
    add_page(site, "/small/", [Box("article", (Candidate("acme", "300x250"),))])
    for shown_px, counted in ((120, False), (130, True)):
        site.told.clear()
        tab.read(f"{site.address}/small/")
        bring(tab, shown_px)
        stay(tab)
        leave(tab, site)
        assert (["view"] in [event[:1] for event in site.events]) is counted, shown_px


def test_three_tenths_of_a_large_ad_are_enough(tab: Tab, site: Site) -> None:
    for shown_px, counted in ((70, False), (80, True)):
        site.told.clear()
        tab.read(f"{site.address}/a/")
        bring(tab, shown_px)
        stay(tab)
        leave(tab, site)
        assert (VIEW in site.events) is counted, shown_px


def test_an_ad_that_is_half_past_the_side_of_the_screen_is_measured_there_too(
    tab: Tab, site: Site
) -> None:
    for left_px, counted in ((-600, False), (-400, True)):
        site.told.clear()
        style = f".ad {{ position: relative; left: {left_px}px; margin-left: 0; }}"
        add_page(site, "/aside/", [Box("article", (Candidate("acme", "970x90"),))], style=style)
        tab.read(f"{site.address}/aside/")
        tab.run(TO_SIGHT)
        stay(tab)
        leave(tab, site)
        assert (["view"] in [event[:1] for event in site.events]) is counted, left_px


def test_two_glances_do_not_make_a_second(reading: Tab, site: Site) -> None:
    for _ in range(3):
        reading.run(TO_SIGHT)
        time.sleep(0.6)
        reading.run(AWAY)
        time.sleep(0.1)
    leave(reading, site)
    assert site.events == [["page"]]


def test_an_ad_that_is_scrolled_past_is_not_counted(reading: Tab, site: Site) -> None:
    reading.run(
        """new Promise((done) => {
          (function down() {
            scrollBy(0, 40);
            if (scrollY > 2000) done(); else requestAnimationFrame(down);
          })();
        })"""
    )
    stay(reading)
    leave(reading, site)
    assert site.events == [["page"]]


def test_the_second_begins_again_when_another_tab_was_in_front(
    reading: Tab, site: Site, chromium: Browser
) -> None:
    reading.run(TO_SIGHT)
    time.sleep(0.6)
    other = chromium.open()
    time.sleep(0.8)
    reading.show()
    time.sleep(0.6)
    assert site.events == [["page"]]
    time.sleep(0.8)
    other.show()
    site.wait(lambda site: len(site.beacons) == 2)
    other.close()
    first, then = site.beacons
    assert (first["events"], then["events"]) == ([["page"]], [VIEW])
    assert first["id"] == then["id"]


def test_a_page_that_nobody_has_looked_at_tells_nothing(
    reading: Tab, site: Site, chromium: Browser
) -> None:
    other = chromium.open()
    reading.go(f"{site.address}/a/?again")
    time.sleep(1)
    reading.go(f"{site.address}/gone/")
    time.sleep(0.5)
    assert site.beacons == [
        {**site.beacons[0], "events": [["page"]]}
    ]  # of its first time, in front
    other.close()


def test_what_is_left_twice_is_told_once(reading: Tab, site: Site, chromium: Browser) -> None:
    other = chromium.open()
    reading.show()
    other.show()
    site.wait(lambda site: site.beacons)
    other.close()
    leave(reading, site)
    time.sleep(0.3)
    assert site.events == [["page"]]


def test_a_page_that_comes_back_from_the_cache_is_another_view(reading: Tab, site: Site) -> None:
    reading.run(TO_SIGHT)
    stay(reading)
    reading.run("void (location.href = '/gone/')")
    site.wait(lambda site: site.beacons)
    time.sleep(0.5)
    reading.run("history.back()")
    time.sleep(1.9)
    assert site.asked.count("/a/") == 1, "it did not come from the back-forward cache"
    reading.run("void (location.href = '/gone/')")
    site.wait(lambda site: len(site.beacons) == 2)
    first, again = site.beacons
    assert first["events"] == again["events"] == [["page"], VIEW]
    assert first["id"] != again["id"]


def test_a_second_begun_before_a_page_was_left_is_not_finished_when_it_comes_back(
    reading: Tab, site: Site
) -> None:
    reading.run(TO_SIGHT)
    time.sleep(0.7)
    reading.run("void (location.href = '/gone/')")
    time.sleep(0.5)
    reading.run("history.back()")
    time.sleep(0.6)
    reading.run("void (location.href = '/gone/')")
    site.wait(lambda site: len(site.beacons) == 2)
    assert site.events == [["page"], ["page"]]


@pytest.mark.parametrize("opened", [True, False])
def test_a_prerendered_page_counts_once_it_is_opened(
    chromium: Browser, site: Site, opened: bool
) -> None:
    add_page(site, "/pre/", [Box("article", (ACME,))], first_in_sight=True)
    rules = json.dumps({"prerender": [{"urls": ["/pre/"], "eagerness": "immediate"}]})
    site.answers["/rules.json"] = (200, "application/speculationrules+json", rules.encode())
    site.headers["/start/"] = {"Speculation-Rules": '"/rules.json"'}
    go_on = "setTimeout(() => { location.href = '/pre/'; }, 1800);" if opened else ""
    site.answers["/go.js"] = (200, "text/javascript", go_on.encode())
    site.page("/start/", "<!doctype html><title>Début</title><script src='/go.js'></script>")
    tab = chromium.open(f"{site.address}/start/")
    site.wait(lambda site: "/pre/" in site.asked)
    time.sleep(1.5)
    assert site.told == []
    time.sleep(2.2)
    assert site.asked.count("/pre/") == 1, "it was not prerendered"
    tab.close()
    if opened:
        site.wait(lambda site: site.beacons)
    assert site.events == ([["page"], VIEW] if opened else [])


def test_one_box_counts_once_whichever_screen_it_is_seen_on(reading: Tab, site: Site) -> None:
    reading.run(TO_SIGHT)
    stay(reading)
    reading.resize(500, 900)
    reading.run(TO_SIGHT)
    stay(reading)
    leave(reading, site)
    assert site.events == [["page"], VIEW]


def test_what_is_seen_after_the_window_has_changed_is_what_is_counted(
    reading: Tab, site: Site
) -> None:
    reading.run(TO_SIGHT)
    time.sleep(0.5)
    reading.resize(500, 900)
    reading.run(TO_SIGHT)
    stay(reading)
    leave(reading, site)
    size = "300x250"
    assert site.events == [["page"], ["view", "article", "acme", size, mark("acme", size)]]


def test_a_picture_that_has_not_come_has_not_been_seen(tab: Tab, site: Site) -> None:
    del site.answers["/pictures/acme-970x250.png"]
    tab.read(f"{site.address}/a/")
    tab.run(TO_SIGHT)
    stay(tab)
    leave(tab, site)
    assert VIEW not in site.events


def test_the_second_of_a_slow_picture_begins_when_it_has_come(tab: Tab, site: Site) -> None:
    site.slow["/pictures/acme-970x250.png"] = 1.0
    tab.read(f"{site.address}/a/")
    tab.run(TO_SIGHT)
    stay(tab)
    leave(tab, site)
    assert VIEW not in site.events
    site.told.clear()
    add_page(site, "/slow/", [Box("article", (Candidate("slow"),))])
    site.slow["/pictures/slow-970x250.png"] = 1.0
    tab.read(f"{site.address}/slow/")
    tab.run(TO_SIGHT)
    time.sleep(2.6)
    leave(tab, site)
    assert [event[0] for event in site.events] == ["page", "view"]


def test_a_text_is_seen_like_a_picture_and_each_box_counts_for_itself(tab: Tab, site: Site) -> None:
    text = Candidate("words", "text", "text")
    add_page(site, "/two/", [Box("home", (text,)), Box("list", (ACME,))], style=".gap{height:90px}")
    tab.read(f"{site.address}/two/")
    stay(tab)
    leave(tab, site)
    assert [event[:4] for event in site.events] == [
        ["page"],
        ["view", "home", "words", "text"],
        ["view", "list", "acme", "970x250"],
    ]


def test_a_page_without_a_box_tells_that_it_was_read(tab: Tab, site: Site) -> None:
    add_page(site, "/plain/", [])
    tab.read(f"{site.address}/plain/")
    leave(tab, site)
    assert site.events[-1] == ["page"]
    assert "/ads/plan.json" not in site.asked


def test_without_the_beacon_api_a_request_that_outlives_the_page_is_sent(
    reading: Tab, site: Site
) -> None:
    reading.run("void (navigator.sendBeacon = undefined)")
    leave(reading, site)
    ((path, headers, beacon),) = site.told
    assert (path, beacon["events"]) == ("/ads/beacon", [["page"]])
    assert headers["Content-Type"] == "text/plain;charset=UTF-8"


@pytest.mark.parametrize(("shown_px", "counted"), [(70, False), (80, True)])
def test_a_page_that_is_enlarged_has_the_same_rule(
    tab: Tab, site: Site, shown_px: int, counted: bool
) -> None:
    """At 110 %, as the browser's own zoom has it: pixels fall between those of the screen."""
    tab.tell(
        "Emulation.setDeviceMetricsOverride",
        width=1164,
        height=739,
        deviceScaleFactor=1.1,
        mobile=False,
    )
    tab.read(f"{site.address}/a/")
    bring(tab, shown_px)
    stay(tab)
    leave(tab, site)
    assert (VIEW in site.events) is counted
