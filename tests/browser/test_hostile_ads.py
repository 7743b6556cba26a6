"""What advertisers send runs nowhere: neither on pages nor opened by itself, on any web server.

The pages are served without the service's headers, so that nothing hides behind its policy.
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from approving import approve
from bookings import BOOKING
from every_ad import HTML5
from hostile_creatives import CREATIVES, FIELDS, HTML, SVG
from magazine_factory import TAXONOMY, MagazineFactory
from playwright.sync_api import Browser, Page

LINK = "https://example.org/"
REFUSED = re.compile(r"^content/ads/([a-z0-9-]+)/booking\.md:", re.MULTILINE)
MOST_BUILDS = 4
_TOUCH = """() => document.querySelectorAll(".ad, .ad *").forEach((one) =>
  one.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })))"""


def write_all(magazine: MagazineFactory) -> dict[str, str]:
    """A booking for each hostile thing, on an article of its own theme; what each is, by slug."""
    files = {"svg": SVG, "html": HTML}
    named = {}
    for kind, creatives in files.items():
        for n, (name, content) in enumerate(creatives.items()):
            slug = f"{kind}-{n}"
            magazine.write(f"ads/{slug}/a.{kind}", content)
            named[slug] = _book(magazine, slug, name, {}, {"file": f"a.{kind}"})
    for n, (name, fields) in enumerate(FIELDS.items()):
        named[f"field-{n}"] = _book(magazine, f"field-{n}", name, fields, {})
    for n, (name, fields) in enumerate(CREATIVES.items()):
        named[f"creative-{n}"] = _book(magazine, f"creative-{n}", name, {}, fields)
    magazine.write("taxonomy.yaml", TAXONOMY + "".join(f"  {slug}: {slug}\n" for slug in named))
    return named


def _book(
    magazine: MagazineFactory, slug: str, name: str, fields: dict[str, str], shown: dict[str, str]
) -> str:
    magazine.image(f"ads/{slug}/a.png", (300, 250))
    creative = {"file": "a.png", "size": "300x250", "alt": "Un mot", "link": LINK} | shown
    written = BOOKING | {"advertiser": "Acme", "goal": 1000, "themes": [slug]} | fields
    path = f"ads/{slug}/booking.md"
    magazine.entry(path, written | {"creatives": [creative]}, "Un bref.\n")
    approve(magazine, path)
    magazine.article(f"articles/2026/{slug}.md", themes=[slug])
    return name


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[MagazineFactory, set[str], set[str]]:
    """A magazine with all that is not refused: what was sent, and what stands on a page."""
    magazine = MagazineFactory(tmp_path_factory.mktemp("hostile"))
    sent = set(write_all(magazine))
    left = set(sent)
    for _ in range(MOST_BUILDS):
        result = magazine.build(settings=HTML5)
        refused = set(REFUSED.findall(result.stderr))
        if not refused:
            break
        for slug in refused:
            shutil.rmtree(magazine.content / "ads" / slug)
        left -= refused
    assert result.exit_code == 0, result.stderr
    return magazine, sent, left


@pytest.fixture(scope="module")
def address(hostile: tuple[MagazineFactory, set[str], set[str]]) -> Iterator[str]:
    with plainly_served(hostile[0].output / "public") as address:
        yield address


@contextmanager
def plainly_served(folder: Path) -> Iterator[str]:
    """A web server that knows no policy."""
    handler = partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        pass


class Guard:
    """Notes whatever a page does that it should not."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.faults = page, list[str]()
        page.on("dialog", lambda dialog: (self.faults.append("a dialog"), dialog.dismiss()))
        page.on("popup", lambda _: self.faults.append("another window"))
        page.on("request", lambda request: self._ask(request.url, address))

    def _ask(self, url: str, address: str) -> None:
        own = url.startswith((address, "data:")) and "ran" not in url.rpartition("/")[2]
        if not own:
            self.faults.append(f"asks for {url}")

    def look(self, url: str) -> list[str]:
        """Open an address, touch everything, and say what was wrong."""
        self.faults.clear()
        self.page.goto(url)
        self.page.wait_for_function("!document.querySelector('.ad > template')")  # has been chosen
        self.page.evaluate(_TOUCH)
        self.page.wait_for_timeout(50)
        for frame in self.page.frames:
            if frame.evaluate("window.ran"):
                self.faults.append(f"runs in {frame.url}")
        if self.page.url != url:
            self.faults.append(f"leads to {self.page.url}")
        return list(self.faults)


@pytest.fixture
def guard(browser: Browser, address: str) -> Iterator[Guard]:
    context = browser.new_context()
    yield Guard(context.new_page(), address)
    context.close()


def test_what_is_not_refused_stands_on_its_page_and_runs_nothing(
    hostile: tuple[MagazineFactory, set[str], set[str]], guard: Guard, address: str
) -> None:
    _, sent, left = hostile
    assert len(sent) >= 60
    assert 30 <= len(left) < len(sent)
    for slug in sorted(left):
        assert guard.look(f"{address}/articles/{slug}/") == [], slug
        assert guard.page.locator(f"[data-flight={slug}] a[data-creative]").count() == 1, slug


def test_what_is_published_of_it_runs_nothing_when_it_is_opened_by_itself(
    hostile: tuple[MagazineFactory, set[str], set[str]], guard: Guard, address: str
) -> None:
    public = hostile[0].output / "public"
    files = [*public.glob("images/*/*.svg"), *public.glob("cadres/*/*.html")]
    assert len(files) >= 10
    for file in files:
        assert guard.look(f"{address}/{file.relative_to(public).as_posix()}") == [], file


def test_links_lead_to_the_advertiser_and_nothing_is_written_out_of_its_place(
    hostile: tuple[MagazineFactory, set[str], set[str]], guard: Guard, address: str
) -> None:
    for slug in sorted(hostile[2]):
        guard.page.goto(f"{address}/articles/{slug}/")
        links = guard.page.locator(".ad a")
        assert all(
            url.startswith(LINK) for url in links.evaluate_all("all => all.map(a => a.href)")
        )
        names = guard.page.locator(".ad, .ad *").evaluate_all(
            "all => all.flatMap(one => one.getAttributeNames())"
        )
        assert not [name for name in names if name.startswith("on") or name == "style"], slug
        assert guard.page.locator(".ad script, .ad iframe:not([sandbox=''])").count() == 0


def test_the_guard_sees_what_runs(guard: Guard, address: str) -> None:
    """Else all of this would pass whatever happened."""
    guard.page.route(
        "**/trap",
        lambda route: route.fulfill(
            body="<script>window.ran=1;fetch('/ran')</script>", content_type="text/html"
        ),
    )
    faults = guard.look(f"{address}/trap")
    assert any("asks for" in fault for fault in faults)
    assert any("runs in" in fault for fault in faults)


def test_the_inventory_keeps_names_as_they_were_written(
    hostile: tuple[MagazineFactory, set[str], set[str]],
) -> None:
    inventory = json.loads((hostile[0].output / "ads.json").read_text("utf-8"))
    assert {flight["creatives"][0]["link"][:20] for flight in inventory["flights"].values()} == {
        LINK
    }
