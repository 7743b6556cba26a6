"""An advertiser's report in a real browser: on a phone, on a desk, in the dark, on paper."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from auditors import AXE, need
from campaign_log import FIRST, NOW, Log, busy, days
from demo_site import REPOSITORY
from playwright.sync_api import Browser, Page, expect
from test_audit_accessibility import violations

from paywall.ads.reports.page import render
from paywall.ads.reports.style import style_of

Open = Callable[..., Page]
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
A4_TEXT_PX = round((210 - 2 * 18) / 25.4 * 96)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of three weeks, with days of which a number is not shown."""
    folder = tmp_path_factory.mktemp("report")
    log = busy(Log(folder / "events"), days(FIRST, NOW.date() - timedelta(days=4)))
    log.add(NOW.date() - timedelta(days=2), 4)
    page = render(log.report(), "fr", style_of(REPOSITORY / "theme"))
    (folder / "rapport.html").write_text(page, "utf-8")
    return folder / "rapport.html"


@pytest.fixture
def open_report(browser: Browser, report: Path) -> Iterator[Open]:
    """Open it in a browser of its own, from the disk, as an advertiser does."""
    contexts = []

    def opened(width: int = 1280, scheme: str = "light") -> Page:
        size = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=size, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.goto(report.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def test_it_asks_for_nothing_and_breaks_no_rule_of_its_own(browser: Browser, report: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    assert [url for url in asked if not url.startswith("data:")] == [report.as_uri()]
    assert said == []
    loaded = page.evaluate(
        "document.fonts.ready.then(fonts => [...fonts].filter(f => f.status === 'loaded')"
        ".map(f => f.family.replaceAll('\"', '')))"
    )
    assert {"Bicorne Display", "Bicorne Sans", "Bicorne Serif"} <= set(loaded)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_leaves_the_screen(width: int, open_report: Open) -> None:
    assert open_report(width).evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", WIDTHS)
def test_charts_are_named_and_seen_in_one_size(width: int, open_report: Open) -> None:
    page = open_report(width)
    for name in ("Impressions visibles par jour", "Impressions visibles cumulées, et l’objectif"):
        chart = page.get_by_role("img", name=name)
        expect(chart).to_have_count(1)
        expect(chart).to_be_visible()
        box = chart.bounding_box()
        assert box
        assert box["width"] > 0.75 * min(width, 864)
        text = chart.locator("text").first.evaluate("e => e.getBoundingClientRect().height")
        assert text >= 10


def test_the_dark_report_is_dark(open_report: Open) -> None:
    grounds = {
        scheme: open_report(scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in SCHEMES
    }
    assert len(set(grounds.values())) == 2


def test_it_prints_on_a4_with_nothing_cut(open_report: Open) -> None:
    page = open_report(A4_TEXT_PX, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") == A4_TEXT_PX
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    wide = page.locator(".chart-wide")
    expect(wide.first).to_be_visible()
    expect(page.locator(".chart-narrow").first).to_be_hidden()
    printed = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {(595, 842)}
    assert 2 <= len(sizes) <= 4


@pytest.mark.audit
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(width: int, scheme: str, open_report: Open) -> None:
    need(AXE)
    assert violations(open_report(width, scheme)) == []
