"""Everything but search works without JavaScript; search says what to do."""

from collections.abc import Callable

import pytest
from page_kinds import GATED, PAGE_KINDS, RESERVED, PageKind
from playwright.sync_api import BrowserContext, Page, expect
from sight import Visit
from watch import Watch


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context(java_script_enabled=False)


@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.name)
def test_a_page_is_readable_without_javascript(page: Page, visit: Visit, kind: PageKind) -> None:
    visit(page, kind)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    text = page.get_by_role("main").inner_text()
    assert len(text.split()) > 25


def test_a_button_that_could_do_nothing_is_not_shown(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".scheme-toggle")).to_be_hidden()


def test_a_link_opens_an_article_and_a_button_closes_it(page: Page, one_click_link: str) -> None:
    page.goto(one_click_link)
    page.goto(GATED)
    expect(page.get_by_text(RESERVED)).to_be_visible()
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto(GATED)
    expect(page.get_by_text(RESERVED)).to_have_count(0)


def test_the_search_page_says_what_to_do_instead(page: Page, watch: Watch) -> None:
    page.goto("/chercher/")
    said = page.locator("noscript p")
    expect(said).to_be_visible()
    expect(said).to_contain_text("La recherche a besoin de JavaScript")
    said.get_by_role("link", name="Numéros").click()
    page.wait_for_url("**/numeros/")
    assert watch.complaints == []
