"""A gated article: its preview for anybody, its full text at the same address for readers."""

import json

import pytest
from gated_magazine import PLANTED, SEALED
from magazine_factory import MagazineFactory, Result
from published import read_page

FOLDER = "/numeros/13-ombres/"
FIRST = "le veilleur 100"
LAST = "le veilleur 129"


def shown(html: str) -> str:
    return " ".join(read_page(html).find("body").text_content().replace("’", "'").split())


def json_ld(html: str) -> list[dict[str, object]]:
    scripts = read_page(html).xpath('//script[@type="application/ld+json"]')
    return [json.loads(script.text) for script in scripts]


def test_the_preview_ends_at_the_editors_mark(gated: Result) -> None:
    preview = shown(gated.public(FOLDER + "inscrits/"))
    assert "Une entrée courte." in preview
    assert FIRST not in preview
    assert "La suite" in preview  # the reader is told that there is more


def test_the_full_text_has_the_address_of_its_preview(gated: Result) -> None:
    full = shown(gated.members(FOLDER + "inscrits/"))
    assert "Une entrée courte." in full
    assert FIRST in full
    assert LAST in full
    assert "La suite se lit" not in full


def test_without_a_mark_the_preview_is_the_first_paragraphs(gated: Result) -> None:
    preview = shown(gated.public(FOLDER + "sans-marque/"))
    assert FIRST in preview
    assert "le veilleur 110" not in preview  # about 120 words of some 400
    assert LAST in shown(gated.members(FOLDER + "sans-marque/"))


def test_a_single_long_paragraph_is_cut_at_a_sentence(magazine: MagazineFactory) -> None:
    sentences = [f"La phrase {n} compte sept mots ici." for n in range(60)]
    magazine.article("articles/2026/a.md", " ".join(sentences), access="subscriber")
    preview = read_page(magazine.build().public("/articles/a/")).find_class("prose")[0]
    text = preview.text_content().strip()
    assert text.endswith("ici.")
    assert 80 < len(text.split()) <= 120


def test_what_follows_the_mark_is_in_no_part_of_the_preview_page(gated: Result) -> None:
    page = gated.public(SEALED)
    for name in ("heading", "correction", "source", "footnote", "link title"):
        assert PLANTED[name][:30].replace("'", "’") not in page, name
    tree = read_page(page)
    assert tree.xpath('//a[starts-with(@href, "#comment-la-meche")]') == []
    assert tree.find_class("headings") == []
    assert tree.find_class("corrections") == []
    full = read_page(gated.members(SEALED))
    assert len(full.find_class("headings")[0].findall(".//li")) == 3
    assert len(full.find_class("corrections")) == 1


def test_the_preview_keeps_the_footnotes_that_it_calls(gated: Result) -> None:
    notes = read_page(gated.public(SEALED)).find_class("notes")
    assert len(notes) == 1
    assert "un mètre et demi" in notes[0].text_content()
    assert "notaire" not in notes[0].text_content()


@pytest.mark.parametrize("slug", ["scellee", "inscrits", "tardive", "sans-marque"])
def test_a_preview_says_to_search_engines_that_it_is_not_free(gated: Result, slug: str) -> None:
    (article,) = (d for d in json_ld(gated.public(f"{FOLDER}{slug}/")) if "headline" in d)
    assert article["isAccessibleForFree"] is False
    assert "hasPart" not in article  # the text is not in the page, so nothing points at it


@pytest.mark.parametrize("slug", ["libre", "ouverte"])
def test_an_open_article_says_that_it_is_free(gated: Result, slug: str) -> None:
    (article,) = (d for d in json_ld(gated.public(f"{FOLDER}{slug}/")) if "headline" in d)
    assert article["isAccessibleForFree"] is True


def test_no_page_carries_an_article_body_for_machines(gated: Result) -> None:
    pages = list(gated.output.rglob("*.html"))
    assert len(pages) > 20
    assert [page for page in pages if "articleBody" in page.read_text("utf-8")] == []


def test_lists_mark_gated_articles_and_show_nothing_of_their_text(gated: Result) -> None:
    issue = gated.public("/numeros/13-ombres/")
    assert "La chambre scellée" in issue
    assert "Au milieu de l’ombre, un point de lumière." in issue  # the standfirst is for all
    assert "On entre par une porte basse" not in issue


def test_the_wall_says_how_to_read_on(gated: Result) -> None:
    wall = read_page(gated.public(SEALED)).find_class("wall")[0]
    links = wall.xpath(".//a/@href")
    back = "?vers=/numeros/13-ombres/scellee/"
    assert links[:2] == [f"/abonnement/{back}", f"/connexion/{back}"]
    assert "1er novembre 2027" in wall.text_content().replace("\xa0", " ")
    for_registered = read_page(gated.public(FOLDER + "inscrits/")).find_class("wall")[0]
    assert "avec un compte" in for_registered.text_content()
    back = "?vers=/numeros/13-ombres/inscrits/"
    ways = for_registered.xpath(".//a/@href")
    assert ways[:2] == [f"/connexion/{back}", f"/abonnement/{back}"]  # an account is enough


def test_a_closed_issue_leads_on_and_back(gated: Result) -> None:
    (box,) = read_page(gated.public("/numeros/13-ombres/")).find_class("access")
    back = "?vers=/numeros/13-ombres/"
    assert box.xpath(".//a/@href") == [f"/abonnement/{back}", f"/connexion/{back}"]


def test_whoever_reads_a_full_text_may_sign_out_or_see_the_account(gated: Result) -> None:
    (bar,) = read_page(gated.members(SEALED)).find_class("member")
    assert (bar.get("method"), bar.get("action")) == ("post", "/acces/fermer/")
    assert bar.xpath(".//a/@href") == ["/compte/"]
    assert bar.findtext(".//button") == "Se déconnecter"
    assert read_page(gated.public(SEALED)).find_class("member") == []


def test_a_mark_inside_a_block_is_an_error_rather_than_a_leak(magazine: MagazineFactory) -> None:
    text = "Le début.\n\n- un <!-- more -->\n- deux, que personne ne doit lire sans payer\n"
    magazine.article("articles/2026/a.md", text, access="subscriber")
    result = magazine.build()
    assert result.exit_code == 1
    assert "<!-- more -->" in result.stderr
