"""From the front page to the printed article, as a subscriber-to-be goes."""

from demo_site import DemoSite
from page_kinds import GATED, ISSUE, RESERVED
from playwright.sync_api import Page, expect
from sight import luminance, scroll_through
from watch import Watch

TITLE = "La tache de Fresnel"


def test_a_reader_goes_from_the_front_page_to_a_printed_article_and_meets_no_other_host(
    page: Page, watch: Watch, site: DemoSite
) -> None:
    reach_the_wall(page)
    open_by_link(page, site)
    find_by_search(page)
    read_in_the_dark(page)
    print_it(page)
    scroll_through(page)
    assert watch.foreign == []
    assert watch.failed == []
    assert watch.complaints == []


def reach_the_wall(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Tout le sommaire").click()
    page.wait_for_url(f"**{ISSUE}")
    with page.expect_response(f"**{GATED}") as answer:
        page.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("heading", name="La suite est réservée aux abonnés")).to_be_visible()
    assert RESERVED not in answer.value.text()
    assert RESERVED not in page.content()


def open_by_link(page: Page, site: DemoSite) -> None:
    page.goto(site.link(GATED))
    page.wait_for_url(f"{site.address}{GATED}")
    expect(page.get_by_text(RESERVED)).to_be_visible()
    expect(page.locator(".wall")).to_have_count(0)
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


def find_by_search(page: Page) -> None:
    page.get_by_role("banner").get_by_role("link", name="Chercher").click()
    page.get_by_label("Mots cherchés").press_sequentially("ombre disque Fresnel")
    found = page.locator("[data-search-results]").get_by_role("link", name=TITLE)
    found.click()
    page.wait_for_url(f"**{GATED}")
    expect(page.get_by_text(RESERVED)).to_be_visible()


def read_in_the_dark(page: Page) -> None:
    assert luminance(page) > 0.9
    page.get_by_role("button", name="Affichage sombre").click()
    assert luminance(page) < 0.2


def print_it(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Navigation principale")).to_be_hidden()
    expect(page.locator(".print-address")).to_be_visible()
    expect(page.locator(".print-address")).to_contain_text(GATED)
    expect(page.get_by_text(RESERVED)).to_be_visible()
    assert luminance(page) == 1, "paper is white, whatever the screen shows"
    assert page.pdf().startswith(b"%PDF-")
    page.emulate_media(media="screen")
