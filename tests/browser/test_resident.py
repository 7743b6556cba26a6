"""`desk serve` before an editor's eyes: the page follows the file."""

from collections.abc import Iterator

import pytest
from magazine_factory import MagazineFactory
from playwright.sync_api import Browser, Page, expect
from resident_process import Resident
from watch import Watch

ARTICLE = "issues/12-lumiere/la-tache.md"
SECONDS = 60_000


@pytest.fixture
def resident(magazine: MagazineFactory) -> Iterator[Resident]:
    resident = Resident(magazine, serving=True)
    try:
        resident.wait(lambda: "/acces/?jeton=" in resident.says())
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
