"""A text that somebody paid for says so wherever it is met, and carries nobody else's ad."""

import json

import pytest
from bookings import book
from in_process import edition_of
from lxml import html
from magazine_factory import MagazineFactory, Result
from published import read_page

PAID = {"advertiser": "Lunettes <& Cie>", "link": "https://lunetier.example/?a=1&b=2"}
AUTHOR = "Émilie Aubrac"
LABEL = "Communiqué · Lunettes <& Cie>"
URL = "/articles/verres/"
BODY = """\
Nos verres sont [taillés ici](https://lunetier.example/atelier), dit
<a rel="me" href="https://lunetier.example/nous">l'atelier</a>, [voisin](/articles/autre/).
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Result:
    magazine = MagazineFactory(tmp_path_factory.mktemp("advertorial"))
    book(magazine, "Jumelles")
    magazine.article("articles/verres.md", BODY, title="Verres", advertorial=PAID)
    magazine.article("articles/autre.md", title="Autre texte")
    result = magazine.build(LANG="fr_FR.UTF-8")
    assert result.exit_code == 0, result.stderr
    return result


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_its_page_says_at_its_head_who_paid(published: Result) -> None:
    (head,) = read_page(published.public(URL)).find_class("article-head")
    assert text(head).startswith(LABEL)
    assert "Texte payé par Lunettes <& Cie>. La rédaction ne l’a pas écrit." in text(head)


def test_nobody_of_the_magazine_signs_it(published: Result) -> None:
    (head,) = read_page(published.public(URL)).find_class("article-head")
    assert not head.find_class("by")
    for url in ("/", "/articles/", "/rubriques/sciences/"):
        lines = read_page(published.public(url)).xpath(
            f"//a[@href='{URL}']/ancestor::article//p[contains(@class, 'quiet')]"
        )
        assert lines
        assert not any(AUTHOR in text(line) for line in lines)
    assert URL not in published.public("/personnes/emilie-aubrac/")


def test_its_links_away_are_marked_as_paid_and_the_magazines_are_not(published: Result) -> None:
    links = read_page(published.public(URL)).xpath("//article//a[starts-with(@href, 'http')]")
    own = [a for a in links if "lunetier.example" in a.get("href")]
    assert len(own) == 3
    assert {a.get("rel") for a in own} == {"sponsored noopener"}
    (inside,) = read_page(published.public(URL)).xpath(
        "//*[@class='prose']//a[@href='/articles/autre/']"
    )
    assert inside.get("rel") is None


def test_it_carries_no_ad_and_other_texts_do(published: Result) -> None:
    assert read_page(published.public(URL)).find_class("ad") == []
    assert "Jumelles" in published.public("/articles/autre/")


@pytest.mark.parametrize("url", ["/", "/articles/", "/themes/optique/", "/rubriques/sciences/"])
def test_every_list_says_it(published: Result, url: str) -> None:
    found = read_page(published.public(url)).xpath(
        f"//a[@href='{URL}']/ancestor::*[.//*[@class='label']][1]"
    )
    assert found
    assert all(LABEL in text(one) for one in found)


def test_other_texts_that_lead_on_to_it_say_it(published: Result) -> None:
    page = read_page(published.public("/articles/autre/"))
    cards = [card for card in page.find_class("card") if card.xpath(f".//a[@href='{URL}']")]
    assert cards
    assert all(LABEL in text(card) for card in cards)


def test_feeds_say_it_in_the_title_and_in_the_text(published: Result) -> None:
    atom = published.public("/flux/magazine.atom.xml")
    assert "Communiqué · Lunettes &lt;&amp; Cie&gt; · Verres" in atom
    assert "&lt;strong&gt;Communiqué · Lunettes &amp;lt;&amp;amp; Cie&amp;gt;" in atom
    (entry,) = (e for e in atom.split("<entry>") if URL in e)
    assert "<name>Lunettes &lt;&amp; Cie&gt;</name>" in entry
    assert AUTHOR not in entry


def test_machines_are_told(published: Result) -> None:
    scripts = read_page(published.public(URL)).xpath("//script[@type='application/ld+json']/text()")
    article = next(t for t in map(json.loads, scripts) if "headline" in t)
    assert article["@type"] == "AdvertiserContentArticle"
    assert article["sponsor"]["name"] == PAID["advertiser"]
    assert article["author"] == [article["sponsor"]]
    other = read_page(published.public("/articles/autre/"))
    assert "NewsArticle" in other.xpath("string(//script[@type='application/ld+json'])")


def test_its_card_and_its_search_result_name_who_paid(magazine: MagazineFactory) -> None:
    magazine.article("articles/verres.md", title="Verres", advertorial=PAID)
    (page,) = (p for p in edition_of(magazine).pages if p.url == URL)
    assert page.card and page.search
    card = page.card()
    assert (card.label, card.subtitle) == ("Communiqué", PAID["advertiser"])
    record = page.search(page)
    assert (record.kind, record.meta["byline"]) == ("Communiqués", PAID["advertiser"])


def test_it_needs_no_author(magazine: MagazineFactory) -> None:
    magazine.article("articles/verres.md", advertorial=PAID, authors=None)
    result = magazine.build(LANG="fr_FR.UTF-8")
    assert result.exit_code == 0, result.stderr
    assert "Texte payé par" in result.public(URL)


def test_a_link_that_runs_is_refused_and_nothing_else_is_asked(magazine: MagazineFactory) -> None:
    wrong = PAID | {"link": "javascript:alert(1)"}
    magazine.article("articles/verres.md", advertorial=wrong, authors=None)
    result = magazine.build()
    assert result.exit_code == 1
    assert "advertorial.link" in result.stderr
    assert "authors" not in result.stderr
