"""What stands beside or below something else keeps its distance from it."""

from collections.abc import Callable

import pytest
from page_kinds import GATED
from playwright.sync_api import BrowserContext, Page

NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

_GAP_AFTER_THE_CAPITAL = """() => {
  const letters = document.createTreeWalker(
    document.querySelector(".prose-lead > p"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  range.setStart(letters.nextNode(), 0);
  range.setEnd(letters.currentNode, 1);
  const capital = range.getBoundingClientRect();
  range.setStart(letters.currentNode, 1);
  range.setEnd(letters.currentNode, 2);
  return range.getBoundingClientRect().left - capital.right;
}"""
_POINTS = """() => ["position", "organisation"].map((part) => [...new Set(
  [...document.querySelectorAll(`.nomination:has(.nomination-organisation) .nomination-${part}`)]
    .map((e) => getComputedStyle(e, part === "position" ? "::after" : "::before").content))])"""
_LINE_AND_ENTRIES = """() => [...document.querySelectorAll(".moment")].map((moment) =>
  getComputedStyle(moment, "::before").borderLeftWidth)"""


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open a page on a screen of a size."""

    def opened(address: str, size: dict[str, int]) -> Page:
        page = new_context(viewport=size).new_page()
        page.goto(address)
        return page

    return opened


def edge(page: Page, selector: str, side: str) -> float:
    return page.locator(selector).evaluate(f"(e) => e.getBoundingClientRect().{side}")


def test_bands_that_share_a_row_are_apart_when_one_is_below_the_other(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/", NARROW)
    research, carnet = (f'section[aria-labelledby="{name}"]' for name in ("recherche", "carnet"))
    assert edge(page, carnet, "top") - edge(page, research, "bottom") > 40


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_a_drop_capital_keeps_clear_of_its_lines(
    open_page: Callable[..., Page], size: dict[str, int]
) -> None:
    assert open_page(GATED, size).evaluate(_GAP_AFTER_THE_CAPITAL) >= 8


def test_the_line_of_a_life_ends_at_its_last_entry(open_page: Callable[..., Page]) -> None:
    *before, last = open_page("/personnes/augustin-fresnel/", WIDE).evaluate(_LINE_AND_ENTRIES)
    assert set(before) == {"1px"}
    assert last == "0px"


def test_the_point_before_an_organisation_holds_to_the_word_before_it(
    open_page: Callable[..., Page],
) -> None:
    after_positions, before_organisations = open_page("/carnet/", NARROW).evaluate(_POINTS)
    assert after_positions == ['"\u00a0·"']
    assert before_organisations == ["none"]
