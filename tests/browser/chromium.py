"""The system's Chromium, with a fresh profile and no conversation of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from bench.viewability.tabs import FLAGS, PATH

MISSING = f"no {PATH}: install Debian's package chromium to run the browser tests"


def is_required() -> bool:
    """Whether a missing browser is a failure: in continuous integration, and for an audit."""
    return os.environ.get("CI", "").lower() in {"1", "true"} or "BICORNE_AUDIT" in os.environ


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for the length of the block. An asyncio loop runs in this thread meanwhile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
