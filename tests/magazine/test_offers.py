"""Where a preview stops, it says the lowest price in force, as the service sells."""

from datetime import UTC, datetime, timedelta

import pytest
from in_process import edition_of
from magazine_factory import ISSUE, NOW, REPOSITORY, MagazineFactory, Result
from published import read_page
from refused import refused

from paywall.offers.file import read_offers as read_sold
from plugins.magazine.moments import moments
from plugins.magazine.offers import read_offers
from plugins.magazine.problems import Problems

SOLD = REPOSITORY / "content/offers.yaml"
CLOSED = "/articles/ferme/"

OFFERS = """\
currency: EUR
classes: [{name: alumnus}, {name: public}]
plans: [{name: digital, months: 12}, {name: print, months: 12}]
grids:
  - {starts_on: 2020-01-01, plans: {digital: {alumnus: 900, public: 1900}}}
  - starts_on: 2026-11-01
    plans: {digital: {alumnus: 2400, public: 4800}, print: {alumnus: 0, public: 7800}}
    issue: {alumnus: 800, public: 1000}
  - {starts_on: 2027-01-01, plans: {digital: {alumnus: 2650, public: 2650}}}
"""


@pytest.fixture
def magazine(magazine: MagazineFactory) -> MagazineFactory:
    """One with an article that is closed for years, and prices."""
    magazine.article("articles/2026/ferme.md", access="subscriber", opens="2030-01-01")
    magazine.write("offers.yaml", OFFERS)
    return magazine


def wall(result: Result) -> str:
    (found,) = read_page(result.public(CLOSED)).find_class("wall")
    return " ".join(found.text_content().split())


def test_the_lowest_price_in_force_is_told_and_that_it_is_not_for_all(
    magazine: MagazineFactory,
) -> None:
    assert "L’abonnement : à partir de 24 € par an, selon votre situation." in wall(
        magazine.build()
    )


def test_another_grid_remakes_the_pages_that_name_a_price(magazine: MagazineFactory) -> None:
    magazine.build()
    then = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
    before = magazine.build(SOURCE_DATE_EPOCH=str(then - 1))
    assert "L’abonnement : à partir de 24 € par an" in wall(before)
    after = wall(magazine.build(SOURCE_DATE_EPOCH=str(then)))
    assert "L’abonnement : à partir de 26,50 € par an." in after
    assert "situation" not in after  # for anybody


def test_a_price_that_is_written_anew_is_told_anew(magazine: MagazineFactory) -> None:
    magazine.build()
    magazine.replace("offers.yaml", "alumnus: 2400", "alumnus: 2200")
    assert "L’abonnement : à partir de 22 € par an" in wall(magazine.build())
    magazine.replace("offers.yaml", "digital, months: 12", "digital, months: 6")
    assert "L’abonnement : à partir de 22 € pour 6 mois" in wall(magazine.build())
    (magazine.content / "offers.yaml").unlink()
    assert "L’abonnement : à partir de" not in wall(magazine.build())


def test_a_text_that_a_free_account_opens_names_no_price(magazine: MagazineFactory) -> None:
    magazine.article("articles/2026/compte.md", access="registered")
    page = read_page(magazine.build().public("/articles/compte/"))
    (found,) = page.find_class("wall")
    assert "€" not in found.text_content()


def test_the_issue_alone_is_offered_on_its_closed_articles_and_on_its_page(
    magazine: MagazineFactory,
) -> None:
    closed = {"access": "subscriber", "opens": "2030-01-01"}
    magazine.entry("issues/12-lumiere/issue.md", ISSUE | closed)
    magazine.article("issues/12-lumiere/clos.md")
    result = magazine.build()
    for page, back in (
        ("/numeros/12-lumiere/clos/", "/numeros/12-lumiere/clos/"),
        ("/numeros/12-lumiere/", "/numeros/12-lumiere/"),
    ):
        (link,) = read_page(result.public(page)).xpath(
            "//a[contains(@href, '/numero/12-lumiere/')]"
        )
        assert link.get("href") == f"/abonnement/numero/12-lumiere/?vers={back}"
        assert link.text.startswith("Ou ce numéro seul, à vous pour toujours")
        assert "à partir de 8" in link.text
    then = str(int(datetime(2027, 1, 1, tzinfo=UTC).timestamp()))
    for source in (CLOSED, "/numeros/12-lumiere/clos/"):  # in no issue; a grid that sells none
        built = result if source == CLOSED else magazine.build(SOURCE_DATE_EPOCH=then)
        assert "Ou ce numéro seul" not in built.public(source)


def test_in_english(magazine: MagazineFactory) -> None:
    told = wall(magazine.build(settings={"MAGAZINE": {"interface_lang": "en"}}))
    assert "A subscription: from €24 a year, depending on your situation." in told


def test_pages_hold_until_the_next_grid_as_long_as_one_names_a_price(
    magazine: MagazineFactory,
) -> None:
    begins = datetime(2027, 1, 1, tzinfo=UTC)
    assert begins in list(moments(edition_of(magazine)))
    (magazine.content / "articles/2026/ferme.md").unlink()
    assert begins not in list(moments(edition_of(magazine)))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("{name: digital, months: 12}", "{name: digital, months: douze}", "3: plans.1.months: "),
        ("starts_on: 2027-01-01", "starts_on: bientôt", "9: grids.3.starts_on: "),
        ("public: 1900", "public: 19 €", "5: grids.1.plans.digital.public: "),
        ("public: 1900", "pubic: 1900", "5: grids.1.plans.digital.pubic: "),
        (", public: 1900", "", "5: grids.1.plans.digital: "),
        ("print: {alumnus: 0", "papier: {alumnus: 0", "7: grids.2.plans.papier: "),
        ("issue: {alumnus: 800", "issue: {alumni: 800", "8: grids.2.issue.alumni: "),
        ("currency: EUR\n", "", "1: currency: "),
        ("grids:", "grids: [", ""),
    ],
)
def test_prices_that_cannot_be_read_are_told_and_nothing_is_published(
    magazine: MagazineFactory, before: str, after: str, told: str
) -> None:
    magazine.replace("offers.yaml", before, after)
    problems = [line for line in refused(magazine) if told in line]
    assert problems
    assert all(line.startswith("content/offers.yaml:") for line in problems)


def test_the_service_sells_nothing_for_less() -> None:
    """Both read the same file, each by its own code: every day of two years, to the day."""
    offers, sold = read_offers(SOLD.parent, Problems()), read_sold(SOLD)
    for days in range(730):
        now = datetime.fromtimestamp(NOW, UTC) + timedelta(days=days)
        grid = sold.grid_on(now.date())
        assert grid is not None
        lowest = min(cents for asked in grid.plans.values() for cents in asked.values() if cents)
        price, issue = offers.prices_at(now).subscription, offers.prices_at(now).issue
        assert price is not None
        assert issue is not None
        assert (price.cents, price.currency) == (lowest, sold.currency)
        assert issue.cents == min(filter(None, grid.issue.values()))
