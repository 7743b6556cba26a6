"""Structured data: of the right type, true to the page, and unable to break out of it."""

from typing import Any

import pytest
from every_kind import PAGES
from magazine_factory import MagazineFactory, Result
from page_heads import SITE, json_ld, metas
from published import read_page

EXPECTED = {
    "home": {"WebSite", "Periodical"},
    "issue": {"PublicationIssue", "BreadcrumbList"},
    "article": {"NewsArticle", "BreadcrumbList"},
    "article of an issue": {"NewsArticle", "BreadcrumbList"},
    "person": {"Person", "BreadcrumbList"},
    "collective": {"Organization", "BreadcrumbList"},
    "event": {"Event", "BreadcrumbList"},
    "section": {"BreadcrumbList"},
    "theme": {"BreadcrumbList"},
    "class year": {"BreadcrumbList"},
    "nominations": {"BreadcrumbList"},
    "research": {"BreadcrumbList"},
    "page": {"BreadcrumbList"},
}
ATTACK = "</script><script>alert(1)</script><!-- & \"'"


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_page_says_what_it_is_about(site: Result, kind: str) -> None:
    assert json_ld(site, PAGES[kind]).keys() == EXPECTED[kind]


@pytest.mark.parametrize("kind", [kind for kind in EXPECTED if kind != "home"])
def test_breadcrumbs_lead_from_home_to_the_page(site: Result, kind: str) -> None:
    items = json_ld(site, PAGES[kind])["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert items[0]["item"] == f"{SITE}/"
    assert items[-1]["item"] == SITE + PAGES[kind]
    for item in items:
        path = item["item"].removeprefix(f"{SITE}/") + "index.html"
        assert (site.output / "public" / path).is_file()


def test_an_article_names_its_authors_dates_issue_and_section(site: Result) -> None:
    article = json_ld(site, PAGES["article of an issue"])["NewsArticle"]
    assert article["headline"] == "La tache claire"
    assert article["datePublished"] == "2026-11-01"
    assert article["author"] == [
        {"@type": "Person", "name": "Émilie Aubrac", "url": SITE + PAGES["person"]}
    ]
    assert article["isPartOf"]["issueNumber"] == 12
    assert article["articleSection"] == "Sciences"
    assert article["isAccessibleForFree"] is True
    assert article["image"] == [metas(site, PAGES["article of an issue"])["og:image"]]


def test_a_collective_author_is_an_organisation_and_a_correction_a_change(site: Result) -> None:
    article = json_ld(site, PAGES["article"])["NewsArticle"]
    assert article["author"][0]["@type"] == "Organization"
    assert article["dateModified"] == "2026-11-20"


def test_a_person_and_an_event_say_what_the_page_says(site: Result) -> None:
    person = json_ld(site, PAGES["person"])["Person"]
    assert (person["birthDate"], person["deathDate"]) == ("1854", "1912-07")
    event = json_ld(site, PAGES["event"])["Event"]
    assert event["startDate"] == "2027-03-14T18:30"
    assert event["location"]["name"] == "Brest"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Result:
    magazine = MagazineFactory(tmp_path_factory.mktemp("attacked"))
    person, issue = "people/emilie-aubrac.md", "issues/12-lumiere/issue.md"
    quoted = ATTACK.replace('"', '\\"')
    magazine.replace(person, '"Émilie Aubrac"', f'"{quoted}"')
    magazine.replace(person, '"Géomètre des ombres', f'"{quoted}')
    magazine.replace(issue, '"La lumière"', f'"{quoted}"')
    image = {"file": "cover.png", "alt": ATTACK, "caption": ATTACK, "credit": ATTACK}
    magazine.article(
        "issues/12-lumiere/la-tache.md",
        f"Le texte, ``{ATTACK}``.\n\n## Titre `{ATTACK}`\n\n![{ATTACK}](cover.png)\n",
        title=ATTACK,
        standfirst=ATTACK,
        image=image,
        sources=[{"title": ATTACK, "author": ATTACK}],
        corrections=[{"date": "2026-11-20", "text": ATTACK}],
    )
    magazine.replace("taxonomy.yaml", "Sciences", "'</script><b>S'")
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    return result


def scripts_and_bold(result: Result) -> dict[str, list[Any]]:
    """Elements that only the attack could have made, by page."""
    found = {}
    for path in (result.output / "public").rglob("*.html"):
        page = read_page(path.read_text("utf-8"))
        foreign = page.xpath("//script[not(@src) and not(@type='application/ld+json')] | //head//b")
        found[path.name] = [element for element in foreign if "alert" in (element.text or "")]
    return found


def test_no_word_of_an_editor_becomes_a_script(attacked: Result) -> None:
    assert {name: found for name, found in scripts_and_bold(attacked).items() if found} == {}


def test_words_that_look_like_markup_arrive_in_structured_data(attacked: Result) -> None:
    article = json_ld(attacked, "/numeros/12-lumiere/la-tache/")["NewsArticle"]
    assert article["headline"].startswith("</script><script>alert(1)</script>")
    assert article["author"][0]["name"].startswith("</script>")
    assert article["articleSection"] == "</script><b>S"
    assert article["isPartOf"]["name"].startswith("</script>")


def test_words_that_look_like_markup_are_shown_as_words(attacked: Result) -> None:
    page = read_page(attacked.public("/numeros/12-lumiere/la-tache/"))
    assert page.findtext(".//title").startswith("</script><script>alert(1)</script>")
    assert page.find(".//h1").text_content().startswith("</script><script>alert(1)</script>")
    assert page.xpath("//*[@data-x or @onerror]") == []
