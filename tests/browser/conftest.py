"""A browser before the demo magazine, built once for all and served by the real service."""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chromium import MISSING, PATH, chromium, is_required
from demo_site import DemoSite, build, served
from page_kinds import PageKind
from playwright.sync_api import Browser, BrowserContext, Page
from sight import Visit
from watch import Watch

WIDE = {"width": 1280, "height": 900}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "audit: needs the programs of tests/audit (make audit)")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one build, which the first worker to come makes for all."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "demo-magazine"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        output = folder / "output"
        return output if output.exists() else build(folder)


@pytest.fixture(scope="session")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with served(built, tmp_path_factory.mktemp("service")) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not PATH.exists():
        (pytest.fail if is_required() else pytest.skip)(MISSING)
    with chromium() as browser:
        yield browser


@pytest.fixture
def new_context(browser: Browser, site: DemoSite) -> Iterator[Callable[..., BrowserContext]]:
    """Open a reader's browser, with nothing stored; closed when the test ends."""
    contexts = []

    def open_context(**options: object) -> BrowserContext:
        options = {"viewport": WIDE, "locale": "fr-FR", "base_url": site.address} | options
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1]

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def watch(context: BrowserContext, site: DemoSite) -> Watch:
    return Watch.over(context, site.address)


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """A page of a new reader, watched from its first request."""
    return context.new_page()


@pytest.fixture(scope="session")
def one_click_link(site: DemoSite) -> str:
    return site.link("/")


@pytest.fixture
def visit(one_click_link: str) -> Visit:
    """Bring a page to a page kind, with the access that it takes."""

    def visit_kind(page: Page, kind: PageKind) -> Page:
        if kind.reserved:
            page.goto(one_click_link)
        response = page.goto(kind.address)
        assert response is not None
        assert response.status == kind.status
        return page

    return visit_kind
