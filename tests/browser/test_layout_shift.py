"""Nothing moves once it is shown, even when fonts and images come late."""

import pytest
from page_kinds import GATED, ISSUE, OPEN_ARTICLE
from playwright.sync_api import Page

LIMIT = 0.01
"""A tenth of what counts as good (https://web.dev/articles/cls)."""

_ADD_UP = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    const named = (node) => `${node?.nodeName} ${node?.className ?? node?.textContent}`;
    shifts.push([shift.value, shift.sources.map((source) => named(source.node))]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", ["/", ISSUE, OPEN_ARTICLE, GATED])
def test_a_page_stays_still_on_a_slow_line(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(_ADD_UP)
    slow_down(page)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    for _ in range(12):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(80)
    page.wait_for_load_state("networkidle")
    shifts = page.evaluate("shifts")
    assert sum(value for value, _ in shifts) < LIMIT, shifts


def slow_down(page: Page) -> None:
    """A telephone's line: 150 ms away, 200 kB a second."""
    line = {"offline": False, "latency": 150}
    speed = {"downloadThroughput": 200_000, "uploadThroughput": 100_000}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line | speed)
