"""One page leads to all sections and all themes."""

from magazine_factory import Result
from published import read_page


def test_every_section_and_every_theme_is_reached_from_one_page(site: Result) -> None:
    listed = set(read_page(site.public("/themes/")).xpath("//main//li/a/@href"))
    public = site.output / "public"
    pages = {
        f"/{path.parent.relative_to(public).as_posix()}/"
        for folder in ("rubriques", "themes")
        for path in (public / folder).glob("*/index.html")
    }
    assert listed == pages
    assert {"/rubriques/sciences/", "/themes/optique/"} < pages


def test_the_page_of_all_themes_counts_their_articles(site: Result) -> None:
    lines = read_page(site.public("/themes/")).xpath("//main//li")
    said = {line.findtext("a"): line.findtext("span") for line in lines}
    rows = read_page(site.public("/themes/optique/")).xpath("//article[@class='row']")
    assert said["Optique"] == f"{len(rows)} article{'s' if len(rows) > 1 else ''}"
    assert None in said.values()  # a theme that no article is of


def test_every_page_leads_to_it(site: Result) -> None:
    for url in ("/", "/articles/", "/404.html"):
        assert "/themes/" in read_page(site.public(url)).xpath("//footer//a/@href")
    assert "/themes/" in read_page(site.public("/themes/optique/")).xpath("//header//a/@href")
