"""No violation of axe's rules on any kind of page: light and dark, narrow and wide."""

from collections.abc import Callable

import pytest
from auditors import AXE, need
from page_kinds import PAGE_KINDS, PageKind
from playwright.sync_api import BrowserContext, Page
from sight import Visit, scroll_through

pytestmark = pytest.mark.audit

VIEWPORTS = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
SCHEMES = ("light", "dark")

_RUN = """async () => {
  const { violations, passes } = await axe.run(document, {
    resultTypes: ["violations", "passes"],
    rules: { "target-size": { enabled: true } },
  });
  const told = violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
  return [told, passes.length];
}"""


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    need(AXE)
    return new_context(reduced_motion="reduce")


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found, passed = page.evaluate(_RUN)
    assert passed > 10, "axe judged nothing"
    return found


@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.name)
def test_a_page_breaks_no_rule_of_axe(page: Page, visit: Visit, kind: PageKind) -> None:
    visit(page, kind)
    for viewport in VIEWPORTS:
        page.set_viewport_size(viewport)
        scroll_through(page)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], f"{scheme}, {viewport['width']} px"


def test_the_open_menu_breaks_no_rule_of_axe(page: Page) -> None:
    page.set_viewport_size(VIEWPORTS[0])
    page.goto("/")
    page.locator("summary", has_text="Menu").click()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.goto("/")
    page.evaluate("document.querySelector('h2').innerHTML = '<img src=\"/icon.svg\">'")
    page.evaluate("document.documentElement.lang = ''")
    found = " ".join(violations(page))
    assert "image-alt" in found
    assert "html-has-lang" in found
