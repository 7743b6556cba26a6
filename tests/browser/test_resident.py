"""`desk serve` before an editor's eyes: the page follows the file."""

import json
from collections.abc import Iterator

import pytest
from magazine_factory import REPOSITORY, MagazineFactory
from playwright.sync_api import Browser, Page, Route, expect
from resident_process import Resident
from sight import luminance
from watch import Watch

ARTICLE = "issues/12-lumiere/la-tache.md"
SECONDS = 60_000


@pytest.fixture
def resident(magazine: MagazineFactory) -> Iterator[Resident]:
    resident = Resident(magazine, serving=True)
    try:
        resident.wait(lambda: "/acces/ouvrir/?jeton=" in resident.says())
        yield resident
    finally:
        resident.stop()


@pytest.fixture
def editor(browser: Browser, resident: Resident) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR", base_url=resident.address)
    context.set_default_timeout(SECONDS)
    watch = Watch.over(context, resident.address)
    page = context.new_page()
    for _ in range(100):
        try:
            page.goto("/numeros/12-lumiere/la-tache/")
            break
        except Exception:
            page.wait_for_timeout(200)
    yield page
    assert watch.complaints == []
    assert watch.foreign == []
    context.close()


def test_a_page_follows_its_file_through_a_mistake(editor: Page, resident: Resident) -> None:
    title, overlay = editor.locator("h1"), editor.locator("#bicorne-error")
    expect(title).to_have_text("La tache claire")
    resident.magazine.replace(ARTICLE, "La tache claire", "La tache pâle")
    expect(title).to_have_text("La tache pâle", timeout=SECONDS)
    resident.magazine.replace(ARTICLE, '"sciences"', '"<b>scienses</b>"')
    expect(overlay).to_be_visible(timeout=SECONDS)
    expect(overlay).to_contain_text("Cette page n’est pas à jour")
    expect(overlay).to_contain_text(f"{ARTICLE}:")
    expect(overlay).to_contain_text("<b>scienses</b>")
    expect(overlay).to_have_role("alert")
    expect(title).to_have_text("La tache pâle")
    editor.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    editor.reload()
    expect(overlay).to_be_visible(timeout=SECONDS)
    resident.magazine.replace(ARTICLE, '"<b>scienses</b>"', '"histoire"')
    expect(overlay).to_have_count(0, timeout=SECONDS)
    expect(editor.locator("main")).to_contain_text("Histoire")


_PAGE = """<!doctype html><html lang="fr"><head><title>Essai</title>
<style>:root { color-scheme: light dark }</style>
<link rel="stylesheet" href="/reload.css"><script src="/reload.js" defer></script></head></html>"""


@pytest.fixture
def warned(browser: Browser) -> Iterator[Page]:
    """A dark telephone's page that is told of many mistakes."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name == "news":
            news = {"number": 1, "error": "articles/un.md:3: title: absent\n" * 60, "lang": "fr"}
            told = f"data: {json.dumps(news)}\n\n"
            route.fulfill(body=told, content_type="text/event-stream")
        elif name:
            route.fulfill(path=REPOSITORY / "paywall" / "site" / "reload" / name)
        else:
            route.fulfill(body=_PAGE, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto("http://localhost/")
    yield page
    context.close()


def test_what_hides_many_mistakes_is_in_sight(warned: Page) -> None:
    warned.get_by_role("button", name="Masquer").wait_for()
    expect(warned.get_by_role("button", name="Masquer")).to_be_in_viewport(ratio=1)
    warned.get_by_role("button", name="Masquer").click(timeout=5_000)
    expect(warned.locator("#bicorne-error")).to_have_count(0)


def test_mistakes_are_shown_in_the_pages_dark_colours(warned: Page) -> None:
    expect(warned.locator("#bicorne-error")).to_be_visible()
    assert luminance(warned, "#bicorne-error") < 0.2
