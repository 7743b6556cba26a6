"""What holds on every kind of page."""

import re
from pathlib import Path

import pytest
from demo_site import REPOSITORY, DemoSite
from page_kinds import PAGE_KINDS, PageKind
from playwright.sync_api import Page
from sight import Visit, scroll_through
from watch import Watch

WIDTHS = (320, 390, 1280, 1600)

every_kind = pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.name)


@every_kind
def test_a_page_asks_no_other_host_and_nothing_in_it_fails(
    page: Page, watch: Watch, visit: Visit, kind: PageKind
) -> None:
    visit(page, kind)
    scroll_through(page)
    assert watch.foreign == []
    assert watch.failed == []
    assert watch.complaints == []
    broken = page.locator("img").evaluate_all(
        "(images) => images.filter((i) => i.checkVisibility() && !(i.complete && i.naturalWidth))"
        ".map((i) => i.src)"
    )
    assert broken == []


@every_kind
def test_a_page_never_scrolls_sideways(page: Page, visit: Visit, kind: PageKind) -> None:
    visit(page, kind)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"at {width} px"
        assert outside(page) == [], f"at {width} px"


def outside(page: Page) -> list[str]:
    """Text that is cut off: past an edge, and in no box that scrolls."""
    return page.evaluate(
        """() => {
          const scrolls = (e) => e && (/auto|scroll/.test(getComputedStyle(e).overflowX)
            || scrolls(e.parentElement));
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const text = walk.currentNode;
            if (!text.data.trim() || !text.parentElement.checkVisibility()) continue;
            if (text.parentElement.closest(".visually-hidden, .skip-link, svg")) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const box = range.getBoundingClientRect();
            if (box.width && (box.right > innerWidth + 1 || box.left < -1)
              && !scrolls(text.parentElement)) found.push(text.data.trim());
          }
          return found;
        }"""
    )


def test_the_list_of_page_kinds_forgets_no_template(site: DemoSite) -> None:
    templates = {path.stem for path in (REPOSITORY / "theme/templates").glob("*.html")}
    templates -= {"base", "shell"}  # the service's own pages are made with the latter
    assert {shown_template(site.output, kind) for kind in PAGE_KINDS} == templates


def shown_template(output: Path, kind: PageKind) -> str:
    """Which template a page was made with: the class of its body says."""
    name = "404.html" if kind.status == 404 else kind.address.partition("?")[0] + "index.html"
    path = output / ("members" if kind.reserved else "public") / name.lstrip("/")
    found = re.search(r'<body class="page-(\w+)', path.read_text("utf-8"))
    assert found, path
    return found[1]
