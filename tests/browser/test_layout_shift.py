"""Nothing moves once it is shown, even when fonts and images come late."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from page_kinds import GATED, ISSUE, OPEN_ARTICLE
from playwright.sync_api import Page, Route

LIMIT = 0.01
"""A tenth of what counts as good (https://web.dev/articles/cls)."""
WAIT_SECONDS = 10

_ADD_UP = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    const named = (node) => `${node?.nodeName} ${node?.className ?? node?.textContent}`;
    shifts.push([shift.value, shift.sources.map((source) => named(source.node))]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
_FIRST_PAINT = """() => new Promise((done) => {
  new PerformanceObserver(() => done()).observe({ type: "paint", buffered: true });
})"""
_TWO_FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
})"""
_SEEN_BUT_NOT_COME = """() => [...document.images].filter((image) => {
  const box = image.getBoundingClientRect();
  return image.checkVisibility() && !image.complete && box.bottom > 0 && box.top < innerHeight;
}).map((image) => (image.closest("picture") ?? image).outerHTML)"""


class LateFiles:
    """Fonts and images, held back until the page is shown without them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held: list[Route] = []
        self.images = 0

    def meet(self, route: Route) -> None:
        if route.request.resource_type in {"font", "image"}:
            self._held.append(route)
        else:
            route.continue_()

    def _release(self, wanted: Callable[[str], bool]) -> int:
        """Let files with these paths come; return how many were held."""
        held = [route for route in self._held if wanted(urlsplit(route.request.url).path)]
        for route in held:
            self._held.remove(route)
            route.continue_()
        return len(held)

    def release_fonts(self) -> None:
        self._release(lambda path: path.endswith(".woff2"))
        self._page.evaluate("document.fonts.ready.then(() => true)")

    def release_images_in_sight(self) -> None:
        self._page.evaluate(_TWO_FRAMES)
        deadline = time.monotonic() + WAIT_SECONDS
        while waited := " ".join(self._page.evaluate(_SEEN_BUT_NOT_COME)):
            assert time.monotonic() < deadline, f"never came: {waited}"
            self.images += self._release(waited.__contains__)
            self._page.wait_for_timeout(20)
        self._page.evaluate(_TWO_FRAMES)

    def drop(self) -> None:
        for route in self._held:
            route.abort()


@contextmanager
def late_files(page: Page) -> Iterator[LateFiles]:
    late = LateFiles(page)
    page.route("**/*", late.meet)
    try:
        yield late
    finally:
        late.drop()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", ["/", ISSUE, OPEN_ARTICLE, GATED])
def test_a_page_stays_still_when_fonts_and_images_come_late(
    page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(_ADD_UP)
    with late_files(page) as late:
        page.goto(address, wait_until="domcontentloaded")
        page.evaluate(_FIRST_PAINT)
        late.release_fonts()
        late.release_images_in_sight()
        while page.evaluate("scrollY + innerHeight < document.documentElement.scrollHeight - 1"):
            page.evaluate("scrollBy(0, 400)")
            late.release_images_in_sight()
        shifts = page.evaluate("shifts")
    assert late.images, "the page shows no image: nothing was tried"
    assert sum(value for value, _ in shifts) < LIMIT, shifts
