"""Print what each kind of page weighs, over the wire, for a reader who comes for the first time.

Run it with ``make weigh``. Bytes of bodies as they travel (compressed), on a telephone's
screen, with the page read to its end so that its lazy images are counted.
"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from chromium import chromium
from demo_site import build, served
from page_kinds import PAGE_KINDS, PageKind
from playwright.sync_api import Page, Request
from sight import scroll_through

PHONE = {"width": 390, "height": 844}
COLUMNS = ("document", "stylesheet", "script", "font", "image", "other")
TITLES = ("HTML", "CSS", "JS", "fonts", "images", "other", "total")


def main() -> None:
    """Build, serve, open every page kind, print a table."""
    with (
        TemporaryDirectory() as folder,
        served(build(Path(folder)), Path(folder)) as site,
        chromium() as browser,
    ):
        opener = browser.new_context()
        opener.new_page().goto(site.link("/"))
        access = opener.storage_state()
        print(f"{'bytes':<18}" + "".join(f"{title:>9}" for title in TITLES) + "   files")
        for kind in PAGE_KINDS:
            stored = access if kind.reserved else None
            context = browser.new_context(
                viewport=PHONE, base_url=site.address, storage_state=stored
            )
            print_row(kind, requests_of(context.new_page(), kind))


def requests_of(page: Page, kind: PageKind) -> list[Request]:
    """What a new reader's browser fetches to show this page."""
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(kind.address)
    scroll_through(page)
    return requests


def print_row(kind: PageKind, requests: list[Request]) -> None:
    """One line of the table."""
    bytes_of: Counter[str] = Counter()
    for request in requests:
        column = request.resource_type if request.resource_type in COLUMNS else "other"
        bytes_of[column] += request.sizes()["responseBodySize"]
    numbers = [*(bytes_of[column] for column in COLUMNS), bytes_of.total()]
    print(f"{kind.name:<18}" + "".join(f"{n:>9}" for n in numbers) + f"{len(requests):>8}")


if __name__ == "__main__":
    main()
