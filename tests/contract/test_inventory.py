"""What the build writes of ads is what the service reads, and what pages really carry."""

import re
from pathlib import Path

import pytest
from bookings import book
from every_ad import HTML5, write_every_ad
from gated_magazine import write_gated_issue
from lxml import html
from magazine_factory import ADS_KEY, MagazineFactory, Result
from published import read_page

from paywall.ads.inventory import Inventory, PageAds, read_inventory
from paywall.ads.marks import mark_of
from paywall.site.representations import without_ads

NOT_COUNTED = {"/404.html", "/connexion/", "/compte/"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Result:
    magazine = MagazineFactory(tmp_path_factory.mktemp("every-ad"))
    write_every_ad(magazine)
    write_gated_issue(magazine)
    book(magazine, "Cher lecteur", goal=1000, price="1250.50", daily_cap=90, themes=["optique"])
    book(magazine, "Pas abonné", themes=["optique"], subscribers=False)
    book(magazine, "Bientôt", themes=["images"], start="2026-12-10")
    book(magazine, "Fini", themes=["images"], start="2026-10-01", end="2026-10-31")
    book(magazine, "À voir", themes=["images"], status="proposed")
    book(magazine, "Tout seul", themes=["mots"], goal="exclusive")
    book(magazine, "Nous", themes=["mots"], kind="house")
    result = magazine.build(settings=HTML5)
    assert result.exit_code == 0, result.stderr
    return result


@pytest.fixture(scope="module")
def inventory(built: Result) -> Inventory:
    return read_inventory(built.output)


def boxes(built: Result, page: PageAds) -> list[html.HtmlElement]:
    text = built.public(page.url) if page.tier == "public" else built.members(page.url)
    return list(read_page(text).find_class("ad"))


def carried(built: Result, page: PageAds) -> list[str]:
    """The flights on a page, in their order."""
    found = (box.xpath(".//*[@data-flight]/@data-flight") for box in boxes(built, page))
    return [flight for flights in found for flight in flights]


def test_the_service_reads_every_booking_that_the_build_knows(inventory: Inventory) -> None:
    dear = inventory.flights["cher-lecteur"]
    assert (dear.goal, dear.exclusive, dear.price_cents, dear.daily_cap) == (
        1000,
        False,
        125050,
        90,
    )
    assert dear.creatives[0].link == "https://example.org/cher-lecteur?a=1&b=2"
    assert inventory.flights["fini"].status == "approved"  # reports still speak of it
    assert inventory.flights["a-voir"].status == "proposed"
    assert inventory.flights["tout-seul"].exclusive
    assert inventory.flights["les-bougies"].kind == "event-sponsor"
    assert inventory.timezone == "Europe/Paris"
    assert inventory.themes["optique"].name == "Optique"


def test_every_page_but_notices_is_counted_in_its_tier(built: Result, inventory: Inventory) -> None:
    counted = {(page.tier, page.url) for page in inventory.pages}
    for tier in ("public", "members"):
        tree = built.output / tier
        files = {file.relative_to(tree).as_posix() for file in tree.rglob("index.html")}
        urls = {"/" + file.removesuffix("index.html") for file in files} - NOT_COUNTED
        assert {url for counted_tier, url in counted if counted_tier == tier} == urls
    assert len(counted) == len(inventory.pages)


def test_what_it_says_of_a_page_is_what_the_page_carries(
    built: Result, inventory: Inventory
) -> None:
    for page in inventory.pages:
        assert carried(built, page) == list(page.flights), (page.tier, page.url)
        assert bool(boxes(built, page)) == (page.placement is not None), page.url
    assert sum(len(page.flights) for page in inventory.pages) > 20


def test_flights_that_have_not_begun_are_on_no_page_but_foretold(
    built: Result, inventory: Inventory
) -> None:
    (page,) = (page for page in inventory.pages if page.url == "/articles/images/")
    assert page.coming == ("bientot",)
    texts = (file.read_text("utf-8") for file in (built.output / "public").rglob("*.html"))
    assert not any(
        "bientot" in text or "fini" in re.findall(r"data-flight=.(\w+)", text) for text in texts
    )


def test_an_article_counts_for_its_section(inventory: Inventory) -> None:
    sections = {page.url: page.section for page in inventory.pages}
    assert sections["/articles/mots/"] == "Sciences"
    assert sections["/articles/"] == ""


def test_an_exclusive_booking_shares_its_pages_with_none(inventory: Inventory) -> None:
    (page,) = (page for page in inventory.pages if page.url == "/articles/mots/")
    assert page.flights == ("tout-seul",)


def test_bookings_that_want_no_subscribers_are_not_in_full_pages(
    built: Result, inventory: Inventory
) -> None:
    by_tier = {
        tier: {flight for page in inventory.pages if page.tier == tier for flight in page.flights}
        for tier in ("public", "members")
    }
    assert "pas-abonne" in by_tier["public"]
    assert by_tier["members"]
    assert "pas-abonne" not in by_tier["members"]
    full = (file.read_text("utf-8") for file in (built.output / "members").rglob("*.html"))
    assert not any("pas-abonne" in text for text in full)


def test_a_full_page_without_ads_lacks_its_boxes_and_nothing_else(built: Result) -> None:
    taken = 0
    for file in (built.output / "members").rglob("index.html"):
        page = read_page(file.read_text("utf-8"))
        for box in page.find_class("ad"):
            box.drop_tree()
            taken += 1
        rest = read_page(without_ads(file.read_bytes()).decode())
        assert rest.find_class("ad") == []
        assert rest.text_content().split() == page.text_content().split()
    assert taken > 1


def test_what_pages_offer_is_marked_as_the_service_will_check(
    built: Result, inventory: Inventory
) -> None:
    key, checked = bytes.fromhex(ADS_KEY), 0
    for page in inventory.pages:
        for box in boxes(built, page):
            for one in box.xpath(".//*[@data-flight]"):
                for banner in one.xpath(".//a[@data-creative]"):
                    said = box.get("data-placement"), one.get("data-flight")
                    mark = mark_of(key, page.url, page.tier, *said, banner.get("data-creative"))
                    assert banner.get("data-mark") == mark
                    checked += 1
    assert checked > 30


def test_the_inventory_is_private(built: Result) -> None:
    assert (built.output / "ads.json").is_file()
    assert [file for file in (built.output / "public").rglob("*.json") if "ads" in file.name] == []


def test_two_magazines_have_two_keys(tmp_path: Path) -> None:
    magazine = MagazineFactory(tmp_path)
    magazine.build(settings={"ADS": {"key": "elsewhere/ads.key"}})
    made = bytes.fromhex((tmp_path / "elsewhere" / "ads.key").read_text("ascii"))
    assert len(made) == 32
    assert made != bytes.fromhex(ADS_KEY)
