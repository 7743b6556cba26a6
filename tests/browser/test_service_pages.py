"""The examples of docs/shell.md, in the shell: what any page of the service may be made of."""

import re
from pathlib import Path

import pytest
from demo_site import REPOSITORY, DemoSite
from playwright.sync_api import Page, Route, expect
from test_page_kinds import WIDTHS, outside

TARGET_PX = 44
EXAMPLES = re.findall(
    r"```html\n(.*?)```", (REPOSITORY / "docs/shell.md").read_text("utf-8"), re.DOTALL
)
LANGS = ("fr", "en")
TARGETS = ".button, .button-quiet, .account-nav a, .field input, .field-check, .offer"


@pytest.fixture(params=LANGS)
def example(request: pytest.FixtureRequest, page: Page, site: DemoSite) -> Page:
    """Every example below the other, at an address of the site."""
    document = filled(site.output / f"shell.{request.param}.html")

    def answer(route: Route) -> None:
        route.fulfill(body=document, content_type="text/html; charset=utf-8")

    page.route("**/compte/exemples/", answer)
    page.goto("/compte/exemples/")
    return page


def filled(shell: Path) -> str:
    account, *others = EXAMPLES
    inside = "".join(others).join(account.rsplit("  </div>\n</div>", 1)) + "</div></div>"
    page = shell.read_text("utf-8").replace("<!--bicorne:title-->", "Exemples")
    return page.replace("<!--bicorne:main-->", inside)


def test_a_page_of_the_service_never_scrolls_sideways(example: Page) -> None:
    for width in WIDTHS:
        example.set_viewport_size({"width": width, "height": 800})
        assert example.evaluate("document.documentElement.scrollWidth") <= width, f"at {width} px"
        assert outside(example) == [], f"at {width} px"


@pytest.mark.parametrize("width", [390, 1280])
def test_whatever_is_pressed_is_as_high_as_a_finger(example: Page, width: int) -> None:
    example.set_viewport_size({"width": width, "height": 800})
    heights = (
        example.get_by_role("main")
        .locator(TARGETS)
        .evaluate_all("(all) => all.map((e) => [e.outerHTML, e.getBoundingClientRect().height])")
    )
    assert len(heights) > 8
    assert [target for target, height in heights if height < TARGET_PX] == []


def test_the_field_of_a_code_shows_six_digits(example: Page) -> None:
    field = example.locator(".code-field")
    field.fill("000 000")
    assert field.evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_the_chosen_offer_is_told_by_more_than_its_dot(example: Page) -> None:
    offers = example.locator(".offer")
    shadow = "(e) => getComputedStyle(e).boxShadow"
    before = offers.nth(1).evaluate(shadow)
    offers.nth(1).get_by_role("radio").check()
    assert offers.nth(1).evaluate(shadow) != before
    assert offers.nth(0).evaluate(shadow) == before


def test_on_paper_receipts_and_facts_stay_and_forms_do_not(example: Page) -> None:
    example.emulate_media(media="print")
    expect(example.locator(".receipt table")).to_be_visible()
    expect(example.locator(".facts")).to_be_visible()
    for left_out in (".account-nav", ".form >> nth=0", ".button >> nth=0", ".button-quiet"):
        expect(example.locator(f"main {left_out}")).to_be_hidden()
