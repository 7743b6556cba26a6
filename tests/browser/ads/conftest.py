"""Readers before pages with ads: in real tabs, and in Playwright's hands."""

from collections.abc import Callable, Iterator

import pytest
from chromium import MISSING, PATH, is_required
from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import BrowserContext, Page
from watch import Watch

from bench.viewability.pages import ARTICLE, add_page
from bench.viewability.site import Site, serving
from bench.viewability.tabs import Browser, Tab, tabs

NOT_OURS = ("Failed to load", "Transition was aborted")
"""What Chromium says of addresses that lead nowhere, and of leaving for another site."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not PATH.exists():
        (pytest.fail if is_required() else pytest.skip)(MISSING)
    with tabs() as chromium:
        yield chromium


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        add_page(site, "/a/", [ARTICLE])
        yield site


@pytest.fixture
def tab(chromium: Browser, site: Site) -> Iterator[Tab]:
    tab = chromium.open()
    tab.resize(1280, 900)
    yield tab
    tab.close()


@pytest.fixture
def new_context(browser: PlaywrightBrowser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Open a reader's browser, with nothing stored; closed when the test ends."""
    contexts = []

    def open_context(**options: object) -> BrowserContext:
        options = {"viewport": {"width": 1280, "height": 900}, "base_url": site.address} | options
        contexts.append(browser.new_context(**options))
        return contexts[-1]

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def watch(context: BrowserContext, site: Site) -> Watch:
    return Watch.over(context, site.address)


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    """A page of a new reader, who is refused nothing and told of no error."""
    complaints = watch.complaints
    yield context.new_page()
    assert [said for said in complaints if not said.startswith(NOT_OURS)] == []
    assert watch.foreign == []
