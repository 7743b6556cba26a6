"""The search page, used with the keyboard and the mouse."""

import re
from collections.abc import Callable

import pytest
from page_kinds import GATED
from playwright.sync_api import BrowserContext, Locator, Page, expect


@pytest.fixture
def search(page: Page) -> Page:
    """The search page, once its filters are filled."""
    page.goto("/chercher/")
    expect(choices(page, "Rubrique").get_by_role("option")).not_to_have_count(1)
    return page


def choices(page: Page, field: str) -> Locator:
    """The list of choices with this label."""
    return page.get_by_role("combobox", name=field, exact=True)


def results(page: Page) -> Locator:
    return page.locator("[data-search-results] > li")


def announced(page: Page) -> Locator:
    return page.get_by_role("status")


def announced_count(page: Page) -> int:
    expect(announced(page)).to_have_text(re.compile(r"^\d+ résultats?$"))
    return int((announced(page).text_content() or "").split()[0])


def look_for(page: Page, words: str) -> None:
    """Type, and wait for the answer to these words."""
    before = announced(page).text_content()
    page.get_by_label("Mots cherchés").fill(words)
    expect(announced(page)).not_to_have_text(before or "")


def test_typing_shows_results_and_announces_how_many(search: Page) -> None:
    expect(announced(search)).to_have_text("Écrivez un mot, ou choisissez un filtre.")
    look_for(search, "lumière")
    assert announced_count(search) >= 5
    expect(results(search)).not_to_have_count(0)
    expect(search.locator("[data-search-results] mark").first).to_be_visible()


def test_french_words_are_found_in_their_other_forms(search: Page) -> None:
    look_for(search, "éclairées")
    assert announced_count(search) > 0
    expect(search.locator("mark").first).not_to_have_text("éclairées")


def test_a_word_of_the_reserved_part_finds_nothing_of_the_article(search: Page) -> None:
    look_for(search, "deutérium")  # the molecules of the article's last section
    expect(search.locator(f'[data-search-results] a[href="{GATED}"]')).to_have_count(0)


@pytest.mark.parametrize("word", ["introuvable", "xylophoniste"])
def test_a_word_found_nowhere_finds_nothing_and_says_what_to_try(search: Page, word: str) -> None:
    look_for(search, word)  # the second begins like the X of class years, and that is not enough
    expect(announced(search)).to_contain_text("Essayez un mot plus court")
    expect(results(search)).to_have_count(0)


def test_a_filter_narrows_the_results_to_what_it_says(search: Page) -> None:
    look_for(search, "science")
    total = announced_count(search)
    choose_kind(search, "Personnes")
    assert 0 < announced_count(search) < total
    kinds = search.locator("[data-search-results] .label").all_text_contents()
    assert set(kinds) == {"Personnes"}


def choose_kind(page: Page, kind: str) -> None:
    """Keep one kind of page, and wait for the answer."""
    before = announced(page).text_content()
    field = choices(page, "Nature")
    [text] = [t for t in field.get_by_role("option").all_text_contents() if t.startswith(kind)]
    field.select_option(label=text)
    expect(announced(page)).not_to_have_text(before or "")


@pytest.mark.parametrize("field", ["Nature", "Rubrique", "Thème", "Numéro", "Promotion"])
def test_a_filter_alone_lists_as_many_pages_as_it_announces(search: Page, field: str) -> None:
    choice = choices(search, field).get_by_role("option").nth(1).text_content() or ""
    choices(search, field).select_option(label=choice)
    expect(results(search)).not_to_have_count(0)
    assert choice.endswith(f"({announced_count(search)})")


def test_a_first_search_fetches_no_filter(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/chercher/")
    expect(choices(page, "Rubrique").get_by_role("option")).not_to_have_count(1)
    look_for(page, "lumière")
    assert [url for url in fetched if url.endswith(".pf_index")]
    assert [url for url in fetched if url.endswith(".pf_filter")] == []


def test_a_filter_alone_does_not_fetch_every_word(search: Page) -> None:
    fetched: list[str] = []
    search.on("request", lambda request: fetched.append(request.url))
    choose_kind(search, "Personnes")
    expect(results(search)).not_to_have_count(0)
    assert len([url for url in fetched if url.endswith(".pf_index")]) == 1


def test_sorting_by_date_shows_the_newest_first(search: Page) -> None:
    look_for(search, "Fresnel")
    expect(results(search)).not_to_have_count(0)
    choices(search, "Classer par").select_option(label="Date")
    expect(search).to_have_url(re.compile(r"\?q=Fresnel&ordre=date$"))
    first = search.locator("[data-search-results] > li a").first
    expect(first).to_have_attribute("href", re.compile("^/agenda/|^/numeros/812"))
    dates = search.locator("[data-search-results] [data-date]").all_text_contents()
    years = [int(match[0]) for date in dates if (match := re.search(r"\d{4}", date))]
    assert len(set(years)) > 1
    assert years == sorted(years, reverse=True)


def test_more_results_come_ten_at_a_time_and_take_the_focus(search: Page) -> None:
    look_for(search, "lumière")
    expect(results(search)).to_have_count(10)
    search.get_by_role("button", name="Voir plus de résultats").click()
    expect(results(search)).to_have_count(min(20, announced_count(search)))
    expect(results(search).nth(10).get_by_role("link")).to_be_focused()


def test_a_search_has_an_address_that_finds_it_again(search: Page, page: Page) -> None:
    look_for(search, "Poincaré")
    choose_kind(search, "Articles")
    expect(search).to_have_url(re.compile(r"q=Poincar%C3%A9&kind=Article"))
    said = announced(search).text_content()
    page.reload()
    expect(announced(page)).to_have_text(said or "")
    expect(page.get_by_label("Mots cherchés")).to_have_value("Poincaré")


def test_slash_goes_to_the_field_and_a_result_opens_with_the_keyboard(search: Page) -> None:
    search.keyboard.press("/")
    field = search.get_by_label("Mots cherchés")
    expect(field).to_be_focused()
    search.keyboard.type("Coriolis")
    expect(results(search)).not_to_have_count(0)
    expect(field).to_have_value("Coriolis")
    link = results(search).first.get_by_role("link")
    address = link.get_attribute("href")
    press_tab_until_focused(search, link)
    search.keyboard.press("Enter")
    search.wait_for_url(f"**{address}")


def press_tab_until_focused(page: Page, target: Locator) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach it")


def test_clearing_empties_the_field_the_filters_and_the_results(search: Page) -> None:
    look_for(search, "Cauchy")
    expect(results(search)).not_to_have_count(0)
    search.get_by_role("link", name="Tout effacer").click()
    expect(results(search)).to_have_count(0)
    expect(search.get_by_label("Mots cherchés")).to_have_value("")
    expect(search).to_have_url(re.compile("/chercher/$"))


def test_what_a_reader_types_is_never_markup(search: Page) -> None:
    look_for(search, "<img src=x onerror=alert(1)> lumière")
    expect(search.locator("[data-search-results] img")).to_have_count(0)


def test_the_not_found_page_searches_for_what_is_typed_there(page: Page) -> None:
    page.goto("/nulle-part/")
    page.get_by_label("Mots cherchés").fill("Becquerel")
    page.get_by_label("Mots cherchés").press("Enter")
    page.wait_for_url("**/chercher/?q=Becquerel")
    expect(results(page)).not_to_have_count(0)


def result(page: Page, address: str) -> Locator:
    """The result that leads to an address."""
    return results(page).filter(has=page.locator(f'a[href="{address}"]'))


def test_a_word_of_a_title_finds_its_page_first_and_the_excerpt_does_not_repeat_it(
    search: Page,
) -> None:
    look_for(search, "tache Fresnel")
    expect(results(search).first.get_by_role("link")).to_have_attribute("href", GATED)
    excerpt = result(search, GATED).locator("[data-excerpt]")
    expect(excerpt).not_to_contain_text("La tache de Fresnel")
    expect(excerpt.locator("mark").first).to_be_visible()


def test_an_excerpt_says_where_it_is_cut_and_leaves_no_sign_alone_there(search: Page) -> None:
    look_for(search, "Fresnel")
    excerpts = search.locator("[data-excerpt]")
    expect(excerpts).not_to_have_count(0)
    texts = excerpts.all_text_contents()
    assert any(text.startswith("…") for text in texts)
    for text in texts:
        assert re.match(r"…\u00a0[\w«(]|[A-ZÀ-Ý«]", text), text
        assert re.search(r"[^\s,;:–]…$|[.!?»]\u00a0…$|[.!?»]$", text), text


def test_a_mark_is_on_the_word_alone(search: Page) -> None:
    look_for(search, "onde")
    expect(search.locator("mark")).not_to_have_count(0)
    for mark in search.locator("mark").all_text_contents():
        assert re.fullmatch(r"\w([\w’-]*\w)?", mark), mark


def test_a_gated_result_has_the_lock_that_lists_have(search: Page) -> None:
    look_for(search, "Fresnel")
    expect(result(search, GATED)).to_contain_text("Accès réservé")
    person = result(search, "/personnes/augustin-fresnel/")
    expect(person).to_have_count(1)
    expect(person).not_to_contain_text("Accès réservé")


def test_on_a_wide_screen_filters_are_there(search: Page) -> None:
    expect(choices(search, "Nature")).to_be_visible()
    expect(search.get_by_text("Filtrer", exact=True)).to_be_hidden()


@pytest.fixture
def narrow(new_context: Callable[..., BrowserContext]) -> Page:
    """A telephone's page."""
    return new_context(viewport={"width": 390, "height": 844}).new_page()


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_narrow_screen_filters_wait_behind_a_word(
    new_context: Callable[..., BrowserContext], *, javascript: bool
) -> None:
    size = {"width": 390, "height": 844}
    page = new_context(viewport=size, java_script_enabled=javascript).new_page()
    page.goto("/chercher/")
    expect(choices(page, "Nature")).to_be_hidden()
    page.get_by_text("Filtrer", exact=True).click()
    expect(choices(page, "Nature")).to_be_visible()


def test_on_a_narrow_screen_the_first_result_is_in_sight(narrow: Page) -> None:
    narrow.goto("/chercher/?q=Fresnel")
    expect(results(narrow).first.locator("[data-excerpt]")).to_be_in_viewport(ratio=1)


def test_on_a_narrow_screen_filters_that_an_address_sets_are_shown(narrow: Page) -> None:
    narrow.goto("/chercher/?q=Fresnel&kind=Personnes")
    expect(choices(narrow, "Nature")).to_have_value("Personnes")
    expect(choices(narrow, "Nature")).to_be_visible()
