"""The page that the service fills in: the magazine's own, with two places to fill."""

import pytest
from lxml import html
from magazine_factory import MagazineFactory, Result
from published import read_page

LANGS = ("fr", "en")
MARKERS = ("<!--bicorne:title-->", "<!--bicorne:main-->")

in_both_languages = pytest.mark.parametrize("lang", LANGS)


def shell(result: Result, lang: str) -> str:
    return (result.output / f"shell.{lang}.html").read_text("utf-8")


def filled(result: Result, lang: str) -> html.HtmlElement:
    """The shell as the service sends it."""
    page = shell(result, lang).replace(MARKERS[0], "Mes commandes")
    return read_page(page.replace(MARKERS[1], "<p class='filled'>Rien encore.</p>"))


@in_both_languages
def test_each_marker_stands_in_a_shell_once(site: Result, lang: str) -> None:
    assert [shell(site, lang).count(marker) for marker in MARKERS] == [1, 1]


@in_both_languages
def test_what_fills_it_is_its_title_and_its_main_part(site: Result, lang: str) -> None:
    page = filled(site, lang)
    assert page.findtext(".//title") == "Mes commandes · La Gazette du bicorne"
    assert page.xpath("//main[@id='contenu']/*/@class") == ["filled"]


@in_both_languages
def test_a_shell_is_dressed_like_the_pages_of_its_build(site: Result, lang: str) -> None:
    page, home = filled(site, lang), read_page(site.public("/"))
    scripts = "//script[not(@data-page)]/@src"  # a shell is not counted, and has no ads
    for loaded in ("//link[@rel='stylesheet']/@href", scripts, "//link[@rel='icon']/@href"):
        assert page.xpath(loaded) == home.xpath(loaded) != []
    assert page.xpath("//header//a[@href='/']")
    assert page.xpath("//footer//a/@href") == home.xpath("//footer//a/@href")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", ("Aller au texte", "Numéros")), ("en", ("Skip to the text", "Issues"))],
)
def test_a_shell_speaks_its_language_throughout(
    site: Result, lang: str, words: tuple[str, ...]
) -> None:
    page = filled(site, lang)
    assert page.get("lang") == lang
    assert page.xpath("//main/@lang") == []
    for word in words:
        assert word in page.text_content()


@in_both_languages
def test_search_engines_and_social_networks_are_told_nothing(site: Result, lang: str) -> None:
    page = filled(site, lang)
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical' or @rel='alternate']") == []
    assert page.xpath("//meta[@property or starts-with(@name, 'twitter')]") == []
    assert page.xpath("//script[not(@src)]") == []
    assert page.find_class("ad") == page.find_class("print-address") == []


def test_nobody_can_fetch_a_shell(site: Result) -> None:
    shells = {path.relative_to(site.output).as_posix() for path in site.output.rglob("shell*")}
    assert shells == {"shell.fr.html", "shell.en.html"}


def test_an_english_magazine_has_the_same_two_shells(magazine: MagazineFactory) -> None:
    result = magazine.build(settings={"MAGAZINE": {"interface_lang": "en"}})
    assert [filled(result, lang).get("lang") for lang in LANGS] == ["fr", "en"]
    assert "Aller au texte" in shell(result, "fr")
    assert "Skip to the text" in shell(result, "en")


def test_a_name_that_looks_like_a_marker_is_none(magazine: MagazineFactory) -> None:
    result = magazine.build(settings={"SITENAME": f"La {MARKERS[1]}"})
    assert [shell(result, "fr").count(marker) for marker in MARKERS] == [1, 1]
