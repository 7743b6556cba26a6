"""Bringing a page to a reader's eyes, and what they see of it."""

from collections.abc import Callable

from playwright.sync_api import Page

Visit = Callable[..., Page]
"""Brings a page to a page kind, with the access that it takes: ``visit(page, kind)``."""


def scroll_through(page: Page) -> None:
    """Go down the page as a reader does, so that what is lazy loads; come back up."""
    page.evaluate(
        """async () => {
          for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
            scrollTo(0, y);
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
          }
          scrollTo(0, 0);
        }"""
    )
    page.wait_for_load_state("networkidle")


def luminance(page: Page, selector: str = "body") -> float:
    """How light the ground of the page, or of a part of it, is: from 0 to 1."""
    colour = page.locator(selector).evaluate(
        """(element) => {
          const canvas = new OffscreenCanvas(1, 1).getContext("2d");
          canvas.fillStyle = getComputedStyle(element).backgroundColor;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data];
        }"""
    )
    assert colour[3] == 255, "it has no ground of its own"
    return sum(colour[:3]) / 765
