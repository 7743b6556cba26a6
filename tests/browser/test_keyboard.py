"""A reader without a mouse."""

import pytest
from page_kinds import GATED, ISSUE, OPEN_ARTICLE
from playwright.sync_api import Page, expect

_FOCUSED = """() => {
  const focused = document.activeElement;
  const style = getComputedStyle(focused);
  const box = focused.getBoundingClientRect();
  return {
    what: focused.outerHTML.slice(0, 120),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    shown: box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def test_the_first_key_shows_a_link_that_skips_to_the_text(page: Page) -> None:
    page.goto(OPEN_ARTICLE)
    skip = page.get_by_role("link", name="Aller au texte")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", ["/", ISSUE, OPEN_ARTICLE, GATED, "/chercher/"])
def test_focus_is_seen_wherever_it_goes(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    for _ in range(25):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        assert focused["outline"] >= 2, focused
        assert focused["shown"], focused


def test_the_menu_of_a_narrow_screen_opens_with_the_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/")
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Numéros")
    expect(link).to_be_hidden()
    page.locator("summary", has_text="Menu").press("Enter")
    expect(link).to_be_visible()
    link.press("Enter")
    page.wait_for_url("**/numeros/")


def test_a_note_is_reached_from_its_call_and_leads_back(page: Page) -> None:
    page.goto(OPEN_ARTICLE)
    page.locator("[role=doc-noteref]").first.press("Enter")
    expect(page.locator("#note-1")).to_be_in_viewport()
    page.locator("[role=doc-backlink]").first.press("Enter")
    expect(page.locator("#appel-1")).to_be_in_viewport()
