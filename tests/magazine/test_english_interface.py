"""The second language of the interface: English around a French text, each marked."""

import pytest
from lxml import html
from magazine_factory import BODY, MagazineFactory, Result

LA_TACHE = "/numeros/12-lumiere/la-tache/"
EVENT = {
    "title": "Nuit des phares",
    "start": "2027-03-14T18:30",
    "end": "2027-03-15T20:00",
    "group": "Les amis de l'optique",
    "description": "On monte voir la lentille.",
}


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Result:
    magazine = MagazineFactory(tmp_path_factory.mktemp("english"))
    magazine.article("issues/12-lumiere/la-tache.md", BODY * 8, access="subscriber")
    magazine.entry("events/nuit.md", EVENT)
    result = magazine.build(settings={"MAGAZINE": {"interface_lang": "en"}})
    assert result.exit_code == 0, result
    return result


def _page(result: Result, url: str) -> html.HtmlElement:
    return html.document_fromstring(result.public(url))


def _text(page: html.HtmlElement, path: str) -> str:
    return " ".join(" ".join(node.text_content() for node in page.xpath(path)).split())


def test_the_page_is_marked_as_english_and_its_text_as_french(english: Result) -> None:
    page = _page(english, LA_TACHE)
    assert page.get("lang") == "en"
    (main,) = page.xpath("//main")
    assert main.get("lang") == "fr"
    assert "Au milieu de son ombre" in main.text_content()


def test_the_navigation_is_in_english(english: Result) -> None:
    page = _page(english, "/")
    assert [a.text_content().strip() for a in page.xpath("(//nav)[1]//a")] == [
        "Issues", "Articles", "People", "Research", "Appointments and honours", "Calendar",
    ]  # fmt: skip
    assert _text(page, "//a[@class='skip-link']") == "Skip to the text"


def test_titles_and_descriptions_of_lists_are_in_english(english: Result) -> None:
    page = _page(english, "/numeros/")
    assert _text(page, "//title").startswith("Issues")
    (description,) = page.xpath("//meta[@name='description']/@content")
    assert description == "Every issue, from the newest to the oldest."
    assert page.xpath("//meta[@property='og:locale']/@content") == ["en_GB"]


def test_the_wall_and_the_date_of_an_article_are_in_english(english: Result) -> None:
    text = _text(_page(english, LA_TACHE), "//main")
    assert "1 November 2026" in text
    assert "min read" in text
    assert "réservée aux abonnés" not in text
    assert "subscribers" in text


def test_dates_of_events_are_in_english(english: Result) -> None:
    text = _text(_page(english, "/agenda/nuit/"), "//main")
    assert "14 and 15 March 2027, 18:30–20:00" in text


def test_a_class_year_is_explained_in_english(english: Result) -> None:
    page = _page(english, LA_TACHE)
    assert "class of 1873" in page.xpath("//abbr[@class='class-year']/@title")


def test_the_text_is_still_set_by_french_rules(english: Result) -> None:
    page = _page(english, LA_TACHE)
    assert "Au milieu de l’ombre" in _text(page, "//main")


def test_by_default_the_whole_page_is_french(magazine: MagazineFactory) -> None:
    page = _page(magazine.build(), LA_TACHE)
    assert page.get("lang") == "fr"
    (main,) = page.xpath("//main")
    assert main.get("lang") is None
    assert "Aller au texte" in page.text_content()
