"""Which advertisement a page shows: approved, inside its dates, on its themes."""

from pathlib import Path

import pytest
from bookings import book
from magazine_factory import TAXONOMY, MagazineFactory, Result
from published import read_page

PAGES = {
    "optics": {"themes": ["optique"]},
    "energy": {"themes": ["energie"]},
    "chance": {"themes": ["hasard"]},
    "both": {"themes": ["chimie", "musique"]},
    "excluded": {"themes": ["hasard", "energie"]},
    "obituary": {"themes": ["optique"], "genre": "obituary"},
    "quiet": {"themes": ["optique"], "ads": "none"},
    "gated": {"themes": ["optique"], "access": "subscriber"},
}
NOT_SHOWN = {
    "Suspendu": {"status": "suspended"},
    "Proposé": {"status": "proposed"},
    "Demain": {"start": "2026-11-23"},
    "Hier": {"end": "2026-11-21"},
}


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    magazine = MagazineFactory(tmp_path_factory.mktemp("placed"))
    more = "  musique: Musique\n  chimie: Chimie\n"
    magazine.write("taxonomy.yaml", TAXONOMY + more)
    book(magazine, "Lunettes", themes=["optique"])
    book(magazine, "Jumelles", themes=["optique"])
    book(magazine, "Loto", themes=["hasard"], excluded_themes=["energie"])
    book(magazine, "Piano", themes=["musique"])
    book(magazine, "Orgues", themes=["musique", "chimie"])
    for advertiser, fields in NOT_SHOWN.items():
        book(magazine, advertiser.replace("é", "e"), themes=["energie"], **fields)
    for slug, fields in PAGES.items():
        magazine.article(f"articles/2026/{slug}.md", **fields)
    for n in range(12):
        magazine.article(f"articles/2026/more-{n}.md")
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    return result


def advertiser(result: Result, url: str, tree: str = "public") -> str | None:
    """Who advertises on a page; the magazine itself, nobody."""
    page = read_page(result.members(url) if tree == "members" else result.public(url))
    boxes = page.find_class("ad")
    assert len(boxes) <= 1
    if not boxes:
        return None
    paid = boxes[0].xpath('.//a[contains(@rel, "sponsored")]')
    return paid[0].find(".//img").get("alt").partition(" en ")[0] if paid else "magazine"


def test_an_ad_is_shown_where_its_theme_is(placed: Result) -> None:
    assert advertiser(placed, "/articles/optics/") in ("Lunettes", "Jumelles")
    assert advertiser(placed, "/articles/chance/") == "Loto"
    assert advertiser(placed, "/themes/optique/") in ("Lunettes", "Jumelles")


def test_the_ad_that_shares_most_themes_is_chosen(placed: Result) -> None:
    assert advertiser(placed, "/articles/both/") == "Orgues"


def test_an_excluded_theme_keeps_an_ad_away(placed: Result) -> None:
    assert advertiser(placed, "/articles/excluded/") == "magazine"


def test_what_is_not_approved_or_not_running_is_never_shown(placed: Result) -> None:
    assert advertiser(placed, "/articles/energy/") == "magazine"
    public = placed.output / "public"
    texts = [p.read_text("utf-8") for p in public.rglob("*.html")]
    assert not any(name in text for name in NOT_SHOWN for text in texts)
    drawn = {path.name.partition("-")[0] for path in (public / "images").rglob("*.webp")}
    assert drawn.isdisjoint({"suspendu", "propose", "demain", "hier"})
    assert "lunettes" in drawn


def test_a_house_notice_stands_where_no_ad_matches(placed: Result) -> None:
    (box,) = read_page(placed.public("/articles/energy/")).find_class("ad")
    assert "Publicité" not in box.text_content()
    assert "L’association" in box.text_content()
    assert box.xpath(".//a/@href") == ["/abonnement/"]


@pytest.mark.parametrize("slug", ["obituary", "quiet"])
def test_no_ad_and_no_notice_stand_on_an_obituary_or_where_the_editor_wants_none(
    placed: Result, slug: str
) -> None:
    assert advertiser(placed, f"/articles/{slug}/") is None
    assert "ad-label" not in placed.public(f"/articles/{slug}/")


def test_a_gated_article_shows_its_ad_to_all_its_readers(placed: Result) -> None:
    shown = advertiser(placed, "/articles/gated/")
    assert shown in ("Lunettes", "Jumelles")
    assert advertiser(placed, "/articles/gated/", "members") == shown


def test_equal_bookings_share_the_pages(placed: Result) -> None:
    shown = {advertiser(placed, f"/articles/more-{n}/") for n in range(12)}
    assert shown == {"Lunettes", "Jumelles"}


def test_an_ad_stays_out_of_placements_that_were_not_booked(placed: Result) -> None:
    assert advertiser(placed, "/") == "magazine"  # no home placement was booked
    assert advertiser(placed, "/rubriques/sciences/") == "magazine"  # a list of no theme


@pytest.mark.parametrize(
    ("day", "seen"), [("first", True), ("last", True), ("before", False), ("after", False)]
)
def test_an_ad_runs_from_its_first_to_its_last_day_where_the_magazine_lives(
    tmp_path: Path, day: str, seen: bool
) -> None:
    """From 10 December, 00:00, to 12 December, 24:00, in Paris, which is an hour early."""
    moments = {"before": 1796857199, "first": 1796857200, "last": 1797116399, "after": 1797116400}
    magazine = MagazineFactory(tmp_path)
    book(magazine, "Lunettes", start="2026-12-10", end="2026-12-12")
    result = magazine.build(SOURCE_DATE_EPOCH=str(moments[day]))
    assert (advertiser(result, "/numeros/12-lumiere/la-tache/") == "Lunettes") is seen


def test_the_magazines_own_ad_takes_the_place_of_its_notice(magazine: MagazineFactory) -> None:
    book(magazine, "Abonnement", kind="house", excluded_themes=["hasard"])
    magazine.article("articles/2026/hasard.md", themes=["hasard"])
    result = magazine.build()
    (box,) = read_page(result.public("/numeros/12-lumiere/la-tache/")).find_class("ad")
    assert box.find(".//img").get("alt") == "Abonnement en 300x250"
    assert box.find(".//a").get("rel") == "noopener"  # nobody paid for it
    assert "Publicité" not in box.text_content()
    (notice,) = read_page(result.public("/articles/hasard/")).find_class("ad")
    assert notice.find(".//img") is None
