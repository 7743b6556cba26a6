"""How an advertisement looks: labelled, in a reserved box, with an honest link."""

import pytest
from bookings import book
from lxml import html
from magazine_factory import MagazineFactory, Result
from PIL import Image
from published import read_page

ARTICLE, THEME = "/numeros/12-lumiere/la-tache/", "/themes/optique/"


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    magazine = MagazineFactory(tmp_path_factory.mktemp("placed"))
    book(magazine, "Lunettes & Cie", ("300x250", "970x250"), themes=["optique"])
    book(magazine, "Dés fins", ("300x250",), scale=2, themes=["hasard"])
    magazine.article("articles/2026/hasard.md", themes=["hasard"])
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    return result


def box(result: Result, url: str) -> html.HtmlElement:
    (found,) = read_page(result.public(url)).find_class("ad")
    return found


def test_an_ad_says_that_it_is_one_and_whose(placed: Result) -> None:
    label = box(placed, ARTICLE).find_class("ad-label")[0].text_content()
    assert "Publicité" in label
    assert "Lunettes & Cie" in label
    assert label.strip() == "Publicité · Lunettes & Cie"
    named = box(placed, ARTICLE).get("aria-labelledby")
    assert box(placed, ARTICLE).get_element_by_id(named).text_content() == label


def test_its_link_is_marked_as_paid_and_leads_where_the_advertiser_wants(placed: Result) -> None:
    link = box(placed, ARTICLE).find(".//a")
    assert set(link.get("rel").split()) == {"sponsored", "noopener"}
    assert link.get("href") == "https://example.org/lunettes-cie?a=1&b=2"


@pytest.mark.parametrize(
    ("url", "size"),
    [(ARTICLE, (300, 250)), (THEME, (970, 250)), ("/articles/hasard/", (300, 250))],
)
def test_its_place_is_reserved_and_its_image_sharp(
    placed: Result, url: str, size: tuple[int, int]
) -> None:
    image = box(placed, url).find(".//img")
    assert (int(image.get("width")), int(image.get("height"))) == size
    with Image.open(placed.output / "public" / image.get("src").lstrip("/")) as file:
        assert file.width >= size[0]
        assert file.width * size[1] == file.height * size[0]


def test_a_narrow_screen_gets_the_small_creative_in_a_box_of_its_size(placed: Result) -> None:
    shown = box(placed, THEME).find_class("ad-shown")[0]
    wide, narrow = (shown.find_class(f"ad-{screen}") for screen in ("wide", "narrow"))
    assert [a.get("data-creative") for a in (*wide, *narrow)] == ["970x250", "300x250"]
    image = narrow[0].find("img")
    assert (image.get("width"), image.get("height")) == ("300", "250")
    with Image.open(placed.output / "public" / image.get("src").lstrip("/")) as file:
        assert file.size == (300, 250)


def test_a_creative_of_twice_its_size_is_sharp_where_screens_are(placed: Result) -> None:
    image = box(placed, "/articles/hasard/").find(".//img")
    plain, double = (one.split() for one in image.get("srcset").split(","))
    assert plain == [image.get("src"), "1x"]
    assert double[1] == "2x"
    with Image.open(placed.output / "public" / double[0].lstrip("/")) as file:
        assert file.size == (600, 500)


def test_it_has_an_alternative_text_and_no_script(placed: Result) -> None:
    found = box(placed, ARTICLE)
    assert found.find(".//img").get("alt") == "Lunettes & Cie en 300x250"
    assert found.xpath(".//script | .//iframe") == []


def test_a_page_that_is_not_counted_carries_the_first_choice_alone(
    magazine: MagazineFactory,
) -> None:
    book(magazine, "Longues-vues", themes=["optique"])
    book(magazine, "Lunettes", themes=["optique"])
    assert box(magazine.build(), ARTICLE).xpath(".//template")
    alone = box(magazine.build(settings={"ADS": {"counting": False}}), ARTICLE)
    assert len(alone.xpath(".//img")) == 1
    assert alone.xpath(".//template") == []


def test_search_and_feeds_carry_no_ad(placed: Result) -> None:
    for path in (placed.output / "public" / "flux").rglob("*.xml"):
        assert "Lunettes" not in path.read_text("utf-8")


@pytest.mark.parametrize("fields", [{}, {"status": "proposed"}, {"start": "2026-12-01"}])
def test_a_creative_of_a_wrong_size_is_an_error_on_its_line(
    magazine: MagazineFactory, fields: dict[str, str]
) -> None:
    """Even before its first day: it would stop the build of that day."""
    path = book(magazine, "Lunettes", ("300x250", "970x250"), **fields)
    magazine.image("ads/lunettes/lunettes-970x250.png", (970, 90))
    result = magazine.build()
    assert result.exit_code == 1
    line = magazine.line_of(path, "creatives")
    assert result.lines[0] == (
        f"content/{path}:{line}: creatives.2.size: "
        "the creative measures 970 × 90, it must be 970x250 or twice that"
    )
