"""Light and dark: the system's wish, and the reader's own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sight import luminance


def toggle(page: Page) -> None:
    page.get_by_role("button", name="Affichage sombre").click()


def test_the_dark_choice_holds_on_the_next_page_and_after_a_reload(page: Page) -> None:
    page.goto("/")
    assert luminance(page) > 0.9
    toggle(page)
    assert luminance(page) < 0.2
    page.goto("/numeros/")
    assert luminance(page) < 0.2
    expect(page.get_by_role("button", name="Affichage sombre")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.reload()
    assert luminance(page) < 0.2
    toggle(page)
    assert luminance(page) > 0.9


def test_a_dark_page_is_dark_from_its_first_paint(page: Page) -> None:
    page.goto("/")
    toggle(page)
    page.route("**/scheme-toggle*.js", lambda route: route.abort())  # what runs after the text
    page.goto("/numeros/")
    assert luminance(page) < 0.2


@pytest.mark.parametrize("javascript", [True, False])
def test_the_systems_dark_wish_is_followed_with_or_without_javascript(
    new_context: Callable[..., BrowserContext], *, javascript: bool
) -> None:
    page = new_context(color_scheme="dark", java_script_enabled=javascript).new_page()
    page.goto("/")
    assert luminance(page) < 0.2


def test_a_reader_may_prefer_light_on_a_dark_system(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(color_scheme="dark").new_page()
    page.goto("/")
    toggle(page)
    assert luminance(page) > 0.9
    page.goto("/numeros/")
    assert luminance(page) > 0.9
