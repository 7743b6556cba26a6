"""Every page leads to the account, and what leads there leads somewhere without the service too."""

import pytest
from every_kind import NOTICES, PAGES
from magazine_factory import MagazineFactory, Result
from published import read_page

SERVICE = ("/abonnement/", "/connexion/", "/compte/")


@pytest.mark.parametrize("kind", PAGES | NOTICES)
def test_a_page_leads_to_the_account_from_its_head_its_menu_and_its_foot(
    site: Result, kind: str
) -> None:
    page = read_page(site.public((PAGES | NOTICES)[kind]))
    for place in ("//header//div[@class='tools']/a", "//header//details//a", "//footer//a"):
        assert "/compte/" in page.xpath(f"{place}/@href"), place
    (named,) = page.xpath("//header//div[@class='tools']/a[@href='/compte/']/@aria-label")
    assert named == "Mon compte"


@pytest.mark.parametrize("url", SERVICE)
def test_without_the_service_its_addresses_hold_a_page(site: Result, url: str) -> None:
    assert read_page(site.public(url)).findtext(".//h1")


def test_without_the_service_the_account_says_that_it_does_not_answer(site: Result) -> None:
    text = read_page(site.public("/compte/")).find("body").text_content()
    assert "Les comptes ne répondent pas" in text
    assert "Réessayez dans quelques minutes." in text


@pytest.mark.parametrize("slug", ["compte", "connexion", "acces"])
def test_no_page_may_take_an_address_of_the_service(magazine: MagazineFactory, slug: str) -> None:
    magazine.entry(f"pages/{slug}.md", {"title": "Une page", "description": "Une page."})
    result = magazine.build()
    assert result.exit_code == 1
    assert f"/{slug}/" in result.stderr


def test_a_text_may_link_to_the_account(magazine: MagazineFactory) -> None:
    magazine.article("articles/2026/a.md", "Voir [le compte](/compte/).\n")
    (link,) = read_page(magazine.build().public("/articles/a/")).xpath(
        "//article//a[.='le compte']"
    )
    assert link.get("href") == "/compte/"
