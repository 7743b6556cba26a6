"""Every kind of ad as readers meet it: said to be one, still, in its place, no larger than agreed.

Sizes are those of the Acceptable Ads Standard (https://acceptableads.com/standard/): of what a
window shows, ads take no more than 15 % before anything is scrolled and 25 % further down; on a
phone, 50 %. The windows are the standard's common screens, and a large one and a small one.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from auditors import AXE, need
from demo_site import DemoSite, served
from every_ad import HTML5, PAGES, write_every_ad
from magazine_factory import MagazineFactory
from playwright.sync_api import Browser, Page
from sight import scroll_through
from test_audit_accessibility import SCHEMES, VIEWPORTS, violations

LAPTOP, LARGE, TABLET = (1366, 768), (1920, 1080), (768, 1024)
PHONES = ((360, 640), (320, 568))
LABELS = {
    "wide and narrow": "Publicité · Images & Cie",
    "words": "Publicité · Veilleuse",
    "house": "L’association",
    "notice": "L’association",
    "partners": "Partenaire · Le phare du large",
}

_SHARE = """() => {
  const [width, height] = [innerWidth, innerHeight];
  let area = 0;
  for (const one of document.querySelectorAll(".ad-label, .ad-banner, .ad-frame")) {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const wide = Math.min(right, width) - Math.max(left, 0);
    const tall = Math.min(bottom, height) - Math.max(top, 0);
    if (wide > 0 && tall > 0 && !one.matches(".ad-over")) area += wide * tall;
  }
  return area / (width * height);
}"""
"""What part of the window ads take now, their labels included."""

_SHIFTS = """() => {
  window.shifts = [];
  const said = ({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 80);
  new PerformanceObserver((list) =>
    list.getEntries().forEach(({ value, sources }) => shifts.push([value, ...sources.map(said)])),
  ).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    magazine = MagazineFactory(tmp_path_factory.mktemp("every-ad"))
    write_every_ad(magazine)
    result = magazine.build(settings=HTML5)
    assert result.exit_code == 0, result.stderr
    with served(magazine.output, tmp_path_factory.mktemp("service")) as site:
        yield site


@pytest.fixture
def reader(browser: Browser, site: DemoSite) -> Iterator[Page]:
    context = browser.new_context(base_url=site.address, locale="fr-FR")
    page = context.new_page()
    page.add_init_script(f"({_SHIFTS})()")
    yield page
    context.close()


def size(page: Page, screen: tuple[int, int]) -> None:
    page.set_viewport_size({"width": screen[0], "height": screen[1]})


@pytest.mark.audit
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_with_an_ad_breaks_no_rule_of_axe(reader: Page, kind: str) -> None:
    need(AXE)
    reader.emulate_media(reduced_motion="reduce")
    reader.goto(PAGES[kind])
    for viewport in VIEWPORTS:
        reader.set_viewport_size(viewport)
        scroll_through(reader)
        for scheme in SCHEMES:
            reader.emulate_media(color_scheme=scheme)
            assert violations(reader) == [], f"{scheme}, {viewport['width']} px"


@pytest.mark.parametrize(("kind", "label"), LABELS.items())
def test_an_ad_is_a_part_of_the_page_that_says_what_it_is(
    reader: Page, kind: str, label: str
) -> None:
    reader.goto(PAGES[kind])
    box = reader.get_by_role("complementary", name=label, exact=True)
    assert box.is_visible()
    box.locator(".ad-label").wait_for(state="visible")  # a second at most, for the plan
    link = box.locator("a:visible")
    assert link.count() == 1
    assert (link.get_attribute("rel") or "").startswith("sponsored") is (label != "L’association")


def test_each_screen_shows_one_creative_and_a_large_one_is_words_on_a_phone(reader: Page) -> None:
    shown = {}
    for screen in (LAPTOP, PHONES[0]):
        size(reader, screen)
        for kind in PAGES:
            reader.goto(PAGES[kind])
            links = reader.locator(".ad >> nth=0 >> a:visible")
            links.wait_for(state="visible")
            shown[kind, screen] = links.get_attribute("data-creative")
    assert shown["large only", LAPTOP] == "728x90"
    assert shown["large only", PHONES[0]] == "text"
    assert shown["wide and narrow", PHONES[0]] == "300x250"
    assert shown["notice", LAPTOP] is None  # the magazine's own words are not counted


def test_beside_a_picture_that_is_made_smaller_nothing_is_a_link(reader: Page) -> None:
    size(reader, (1024, 768))
    reader.goto(PAGES["large only"])
    link = reader.locator(".ad >> nth=0 >> a:visible")
    link.scroll_into_view_if_needed()
    places = [
        part.evaluate("part => (({left, right}) => [left, right])(part.getBoundingClientRect())")
        for part in (link, link.locator("img"), reader.locator(".ad >> nth=0 >> .ad-label"))
    ]
    (left, right), picture, label = places
    assert right - left == pytest.approx(0.64 * 1024, abs=16)  # a scroll bar may take some
    assert picture == [pytest.approx(left, abs=0.5), pytest.approx(right, abs=0.5)]
    assert label[0] == pytest.approx(left, abs=0.5)


@pytest.mark.parametrize("screen", [LAPTOP, LARGE, TABLET, *PHONES], ids=str)
def test_ads_take_no_more_of_a_screen_than_the_standard_allows(
    reader: Page, screen: tuple[int, int]
) -> None:
    size(reader, screen)
    phone = screen in PHONES
    for kind, url in PAGES.items():
        reader.goto(url)
        first = reader.evaluate(_SHARE)
        assert first <= (0.50 if phone else 0.15), f"{kind}: {first:.1%} before scrolling"
        for box in reader.locator(".ad").all():
            box.evaluate("box => box.scrollIntoView({block: 'center'})")
            share = reader.evaluate(_SHARE)
            assert 0 < share <= (0.50 if phone else 0.25), f"{kind}: {share:.1%}"


@pytest.mark.parametrize("screen", [LAPTOP, PHONES[0]], ids=str)
def test_nothing_moves_when_ads_come(reader: Page, screen: tuple[int, int]) -> None:
    size(reader, screen)
    for kind, url in PAGES.items():
        reader.goto(url)
        scroll_through(reader)
        assert reader.evaluate("window.shifts") == [], kind


def test_nothing_moves_in_an_ad(reader: Page) -> None:
    for kind, url in PAGES.items():
        reader.goto(url)
        box = reader.locator(".ad").first
        box.scroll_into_view_if_needed()
        reader.wait_for_timeout(1300)
        seen = {hashlib.sha256(box.screenshot(animations="allow")).digest() for _ in range(2)}
        assert len(seen) == 1, kind


def test_what_waits_in_a_template_loads_nothing(reader: Page) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(PAGES["several"])
    scroll_through(reader)
    shown = reader.locator(".ad img:visible").get_attribute("src")
    pictures = [url for url in asked if "/images/" in url and ("une-" in url or "deux-" in url)]
    assert len(pictures) == 1
    assert pictures[0].endswith(shown or "?")


def test_without_javascript_the_first_candidate_stands(browser: Browser, site: DemoSite) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGES["several"])
    assert page.locator(".ad img:visible").count() == 1
    assert "Publicité" in page.locator(".ad-label:visible").inner_text()
    context.close()


def test_a_framed_page_has_no_origin_and_its_link_lies_over_it(
    reader: Page, site: DemoSite
) -> None:
    reader.goto(PAGES["framed page"])
    box = reader.locator(".ad")
    box.scroll_into_view_if_needed()
    frame = box.locator("iframe")
    assert frame.get_attribute("sandbox") == ""
    reader.wait_for_function("document.querySelector('.ad iframe').contentDocument === null")
    src = frame.get_attribute("src") or ""
    answer = reader.request.get(src)
    assert "sandbox" in answer.headers["content-security-policy"]
    over = reader.evaluate(
        """() => {
          const frame = document.querySelector(".ad iframe").getBoundingClientRect();
          const middle = [frame.x + frame.width / 2, frame.y + frame.height / 2];
          return document.elementFromPoint(...middle).matches("a[data-creative]");
        }"""
    )
    assert over
    assert not (Path(site.output) / "members" / src.lstrip("/")).exists()
