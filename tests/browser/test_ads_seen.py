"""What counts as seen: half of an ad, for one second on end, in a page that is looked at."""

import json
import time
from collections.abc import Iterator

import pytest
from chromium import MISSING, PATH, is_required

from bench.viewability.pages import MARK, Box, Candidate, add_page, mark
from bench.viewability.site import Site, serving
from bench.viewability.tabs import Browser, Tab, tabs

ACME = Candidate("acme")
ARTICLE = Box("article", (ACME,))
VIEW = ["view", "article", "acme", "970x250", mark("acme", "970x250")]
TO_SIGHT = "document.querySelector('.ad').scrollIntoView({ block: 'center' })"
AWAY = "scrollTo(0, 0)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not PATH.exists():
        (pytest.fail if is_required() else pytest.skip)(MISSING)
    with tabs() as browser:
        yield browser


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        add_page(site, "/a/", [ARTICLE])
        yield site


@pytest.fixture
def tab(browser: Browser, site: Site) -> Iterator[Tab]:
    tab = browser.open()
    tab.resize(1280, 900)
    tab.go(f"{site.address}/a/")
    tab.run("new Promise((done) => addEventListener('load', done))")
    yield tab
    tab.close()


def leave(tab: Tab, site: Site) -> None:
    tab.go(f"{site.address}/gone/")
    site.wait(lambda site: site.beacons)


def test_a_page_that_is_left_tells_what_was_seen_on_it(tab: Tab, site: Site) -> None:
    tab.run(TO_SIGHT)
    time.sleep(1.5)
    assert site.told == []
    leave(tab, site)
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
