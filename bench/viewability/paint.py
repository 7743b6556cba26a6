"""What ads cost a page that is opened: `make bench-paint OUTPUT=output`.

Each page of a built site is opened as it is, plan included, and without its ads and their script,
in turns, by readers who come for the first time: when its largest part is painted (LCP), and what
moves (CLS) at all and because of an ad, the page read to its end.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.viewability.site import Site, serving
from bench.viewability.tabs import PATH
from paywall.site.media import media_type

_AD = re.compile(
    r'<aside class="ad .*?</aside>|<script src="[^"]*/js/ads-[^>]*></script>', re.DOTALL
)
_SCREENS = {"wide": (1280, 900), "narrow": (390, 844)}
_OBSERVE = """
window.found = { lcp: 0, shift: 0, byAds: 0 };
new PerformanceObserver((list) => {
  for (const paint of list.getEntries()) found.lcp = paint.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    found.shift += value;
    const element = ({ node }) => (node?.nodeType === 1 ? node : node?.parentElement);
    if (sources.some((source) => element(source)?.closest(".ad"))) found.byAds += value;
  }
}).observe({ type: "layout-shift", buffered: true });
"""
_TO_THE_END = """async () => {
  await new Promise((done) => setTimeout(done, 1200));
  const { lcp } = found;
  while (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
    scrollBy(0, innerHeight / 2);
    await new Promise((done) => setTimeout(done, 50));
  }
  await new Promise((done) => setTimeout(done, 200));
  return { ...found, lcp };
}"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print medians."""
    parser = argparse.ArgumentParser(prog="make bench-paint", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("output"), help="a built site")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args(arguments)
    public = options.output.resolve() / "public"
    pages = list(_pages(public))
    with ExitStack() as stack:
        sites = {name: stack.enter_context(serving()) for name in ("with", "without")}
        for name, site in sites.items():
            _fill(site, public, pages, with_ads=name == "with")
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=PATH, args=["--no-sandbox"])
        found: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
        for run in range(options.runs):
            for screen in _SCREENS:
                for page in pages:
                    for name in sorted(sites, reverse=run % 2 == 1):
                        found[page, screen, name].append(
                            _open(browser, sites[name].address + page, screen)
                        )
        browser.close()
    _show(found, pages)


def _pages(public: Path) -> Iterator[str]:
    """The home page, a list, an article and an event that carry an ad."""
    for folder in ("", "rubriques", "numeros/*", "agenda"):
        files = (
            (public / "index.html",)
            if not folder
            else sorted(public.glob(f"{folder}/*/index.html"))
        )
        for file in files:
            if 'class="ad ' in file.read_text("utf-8"):
                yield (
                    "/"
                    + file.parent.relative_to(public).as_posix().removeprefix(".")
                    + "/" * bool(folder)
                )
                break


def _fill(site: Site, public: Path, pages: Sequence[str], *, with_ads: bool) -> None:
    flights = set()
    for file in public.rglob("*"):
        path = "/" + file.relative_to(public).as_posix()
        if file.is_file() and file.suffix != ".html":
            site.answers[path] = (200, media_type(path), file.read_bytes())
    for page in pages:
        html = (public / page.lstrip("/") / "index.html").read_text("utf-8")
        flights |= set(re.findall(r'<template data-flight="([^"]+)"', html))
        site.page(page, html if with_ads else _AD.sub("", html))
    rates = [[flight, 0.5] for flight in sorted(flights)]
    plan = {"version": 1, "until": "2099-01-01T00:00:00Z", "flights": rates}
    site.answers["/ads/plan.json"] = (200, "application/json", json.dumps(plan).encode())


def _open(browser: Browser, address: str, screen: str) -> Any:
    width, height = _SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(_OBSERVE)
    page.goto(address)
    found = page.evaluate(_TO_THE_END)
    context.close()
    return found


def _show(found: dict[tuple[str, str, str], list[Any]], pages: Sequence[str]) -> None:
    print(f"{'':44}{'LCP ms':>9}{'without':>9}{'added':>8}{'CLS':>8}{'by ads':>8}")
    added = []
    for page in pages:
        for screen in _SCREENS:
            with_ads, without = found[page, screen, "with"], found[page, screen, "without"]
            lcp, bare = (median(one["lcp"] for one in runs) for runs in (with_ads, without))
            shift = max(one["shift"] for one in with_ads)
            by_ads = max(one["byAds"] for one in with_ads)
            added.append(
                median(a["lcp"] - b["lcp"] for a, b in zip(with_ads, without, strict=True))
            )
            print(
                f"{page[:36]:37}{screen:7}{lcp:9.0f}{bare:9.0f}{added[-1]:8.0f}{shift:8.3f}{by_ads:8.3f}"
            )
    print(f"\nadded LCP, median of pages and screens: {median(added):.0f} ms")


if __name__ == "__main__":
    main()
