"""Every page says what it is: to browsers, to search engines, to social networks."""

import pytest
from every_kind import NOTICES, PAGES
from magazine_factory import Result
from page_heads import SITE, links, metas
from PIL import Image
from published import read_page

ALL = PAGES | NOTICES


@pytest.mark.parametrize("kind", ALL)
def test_a_page_has_a_title_a_description_and_one_canonical_address(
    site: Result, kind: str
) -> None:
    url = ALL[kind]
    head = read_page(site.public(url)).find("head")
    assert "La Gazette du bicorne" in head.findtext("title")
    assert 5 < len(metas(site, url)["description"]) <= 200
    assert [link["href"] for link in links(site, url, "canonical")] == [SITE + url]


def test_every_page_has_a_title_of_its_own(site: Result) -> None:
    titles = {url: read_page(site.public(url)).findtext(".//title") for url in ALL.values()}
    assert len(set(titles.values())) == len(titles)


@pytest.mark.parametrize("kind", ALL)
def test_a_shared_link_has_a_title_a_text_and_an_image_that_exists(site: Result, kind: str) -> None:
    url = ALL[kind]
    found = metas(site, url)
    assert found["og:url"] == SITE + url
    assert found["og:title"]
    assert found["og:description"] == found["description"]
    assert found["og:locale"] == "fr_FR"
    assert found["og:image:alt"]
    assert found["twitter:card"] == "summary_large_image"
    assert found["og:image"].startswith(f"{SITE}/")
    with Image.open(site.output / "public" / found["og:image"].removeprefix(f"{SITE}/")) as image:
        size = (int(found["og:image:width"]), int(found["og:image:height"]))
        assert image.size == size == (1200, 630)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("home", "website"), ("article", "article"), ("person", "profile"), ("section", "website")],
)
def test_a_shared_link_says_what_kind_of_page_it_leads_to(
    site: Result, kind: str, expected: str
) -> None:
    assert metas(site, PAGES[kind])["og:type"] == expected


def test_articles_people_and_issues_have_a_card_of_their_own(site: Result) -> None:
    kinds = ("home", "article", "article of an issue", "person", "collective", "issue", "research")
    cards = {metas(site, PAGES[kind])["og:image"] for kind in kinds}
    assert len(cards) == len(kinds)


def test_an_article_says_when_it_was_published_and_corrected(site: Result) -> None:
    found = metas(site, PAGES["article"])
    assert found["article:published_time"] == "2026-11-10"
    assert found["article:modified_time"] == "2026-11-20"
    assert "article:modified_time" not in metas(site, PAGES["article of an issue"])


@pytest.mark.parametrize("kind", ALL)
def test_the_feeds_that_a_page_announces_exist(site: Result, kind: str) -> None:
    announced = links(site, ALL[kind], "alternate")
    assert {link["type"] for link in announced} == {
        "application/rss+xml",
        "application/atom+xml",
    }
    for link in announced:
        assert (site.output / "public" / link["href"].lstrip("/")).is_file()
        assert link["title"]


def test_a_section_and_its_articles_announce_the_feed_of_the_section(site: Result) -> None:
    for kind in ("section", "article"):
        announced = {link["href"] for link in links(site, PAGES[kind], "alternate")}
        assert "/flux/rubriques/sciences.rss.xml" in announced
        assert "/flux/rubriques/histoire.rss.xml" not in announced


def test_only_notices_are_kept_from_search_engines(site: Result) -> None:
    for url in PAGES.values():
        assert "robots" not in metas(site, url)
    for url in NOTICES.values():
        assert "noindex" in metas(site, url)["robots"]


@pytest.mark.parametrize("kind", ALL)
def test_a_page_loads_nothing_from_elsewhere_and_no_inline_script(site: Result, kind: str) -> None:
    page = read_page(site.public(ALL[kind]))
    loaded = page.xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href")
    assert loaded
    for address in loaded:
        assert address.startswith("/"), address
        assert not address.startswith("//"), address
        assert (site.output / "public" / address.lstrip("/")).is_file(), address
    scripts = page.xpath("//script[not(@src) and not(@type='application/ld+json')]")
    assert scripts == []
    assert page.xpath("//@style | //@onclick | //@onload") == []
