"""Paper: the text, its notes, its sources and its address; nothing to click."""

import pytest
from page_kinds import OPEN_ARTICLE, PAGE_KINDS, PageKind
from playwright.sync_api import Page, expect
from sight import Visit

PUBLISHED = [kind for kind in PAGE_KINDS if kind.name != "subscribe"]
"""The service's pages are one reader's: nobody finds them again by an address on paper."""


@pytest.mark.parametrize("kind", PUBLISHED, ids=lambda kind: kind.name)
def test_paper_shows_the_address_and_no_navigation_nor_ad(
    page: Page, visit: Visit, kind: PageKind
) -> None:
    visit(page, kind)
    page.emulate_media(media="print")
    for hidden in (".main-nav", ".tools", ".ad", ".colophon", ".skip-link"):
        for element in page.locator(hidden).all():
            expect(element).to_be_hidden()
    expect(page.locator(".print-address")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_an_article_is_printed_with_its_notes_and_sources(page: Page) -> None:
    page.goto(OPEN_ARTICLE)
    page.emulate_media(media="print")
    expect(page.locator("[role=doc-endnotes]")).to_be_visible()
    expect(page.locator(".sources")).to_be_visible()
    expect(page.locator(".print-address")).to_contain_text(OPEN_ARTICLE)
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_there_is_an_ad_to_hide(page: Page) -> None:
    page.goto(OPEN_ARTICLE)
    expect(page.locator(".ad")).to_be_visible()
