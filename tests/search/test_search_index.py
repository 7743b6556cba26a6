"""Search finds what anybody may read, and nothing more."""

import gzip

import pytest
from gated_magazine import FILLER, PLANTED, SEALED
from magazine_factory import Result
from search_index import entry, fragments, read_index

from plugins.search.postings import FIELDS

FOLDER = "/numeros/13-ombres/"


def test_a_gated_article_is_indexed_by_its_title_standfirst_and_preview(indexed: Result) -> None:
    record = fragments(indexed)[FOLDER + "inscrits/"]
    text = record["content"]
    assert record["meta"]["title"] == "Pour inscrits"
    assert text.startswith("Au milieu de l’ombre, un point de lumière.")
    assert "Une entrée courte." in text
    assert FILLER.format(n=100)[:30] not in text


def test_an_open_article_is_indexed_in_full(indexed: Result) -> None:
    assert FILLER.format(n=129)[:40] in fragments(indexed)[FOLDER + "ouverte/"]["content"]


def test_a_preview_is_found_by_what_it_shows_of_its_notes_and_not_by_the_rest(
    indexed: Result,
) -> None:
    record = str(fragments(indexed)[SEALED]).replace("’", "'")
    assert "un mètre et demi" in record
    for name, sentence in PLANTED.items():
        assert sentence[:25] not in record, name


def test_the_word_index_knows_no_word_that_only_a_gated_text_holds(indexed: Result) -> None:
    """Pagefind spells its words in its chunks: « kervadec » stands in one credit."""
    chunks = list((indexed.output / "public" / "pagefind" / "index").iterdir())
    spelled = b"".join(gzip.decompress(path.read_bytes()) for path in chunks)
    assert b"entr" in spelled
    for word in (b"kervadec", b"ursul", b"fanal"):
        assert word not in spelled


def test_what_results_show_below_a_title_does_not_repeat_it(indexed: Result) -> None:
    for url, record in fragments(indexed).items():
        assert not record["content"].startswith(record["meta"]["title"]), url


def test_a_word_that_only_a_title_holds_is_in_the_index(indexed: Result) -> None:
    index = read_index(indexed.output / "public" / "pagefind")
    title = FIELDS.index("title")
    ((_, in_fields),) = [index.words["inscrit"][""][FOLDER + "inscrits/"]]
    assert -title - 1 in in_fields


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (FOLDER, "Numéros"),
        (FOLDER + "libre/", "Articles"),
        ("/personnes/emilie-aubrac/", "Personnes"),
        ("/recherche/ombres/", "Recherche"),
        ("/agenda/veillee/", "Agenda"),
        ("/a-propos/", "Pages"),
    ],
)
def test_pages_of_every_kind_are_indexed(indexed: Result, url: str, kind: str) -> None:
    record = fragments(indexed)[url]
    assert record["filters"]["kind"] == [kind]
    assert record["meta"]["kind"] == kind
    assert record["meta"]["title"]


def test_articles_are_filtered_by_section_theme_issue_and_class_year(indexed: Result) -> None:
    assert fragments(indexed)[SEALED]["filters"] == {
        "kind": ["Articles"],
        "section": ["Sciences"],
        "theme": ["Optique"],
        "issue": ["13 · Les ombres"],
        "class_year": ["1873"],
        "access": ["subscriber"],
    }
    assert "access" not in fragments(indexed)[FOLDER + "libre/"]["filters"]
    research = fragments(indexed)["/recherche/ombres/"]["filters"]
    assert sorted(research["theme"]) == ["Hasard et chaos", "Optique"]
    assert research["class_year"] == ["1873"]


def test_results_show_what_a_reader_chooses_by(indexed: Result) -> None:
    meta = fragments(indexed)[SEALED]["meta"]
    assert meta["title"] == "La chambre scellée"
    assert meta["standfirst"] == "Au milieu de l’ombre, un point de lumière."
    assert meta["byline"] == "Émilie Aubrac"


def test_the_index_is_french_so_that_words_are_found_by_their_stem(indexed: Result) -> None:
    languages = entry(indexed)["languages"]
    assert set(languages) == {"fr"}
    assert languages["fr"]["wasm"] == "fr"
    assert languages["fr"]["page_count"] == len(fragments(indexed))
    assert (indexed.output / "public" / "pagefind" / "wasm.fr.pagefind").exists()


def test_every_result_leads_to_a_public_page_that_search_engines_may_list(
    indexed: Result,
) -> None:
    sitemap = indexed.public("/sitemap.xml")
    for url in fragments(indexed):
        assert (indexed.output / "public" / url.lstrip("/") / "index.html").exists()
        assert f"http://localhost:8000{url}<" in sitemap


def test_only_the_engine_is_published_and_none_of_pagefinds_own_pages(indexed: Result) -> None:
    folder = indexed.output / "public" / "pagefind"
    assert sorted(path.name for path in folder.glob("*.js")) == [
        "pagefind-worker.js",
        "pagefind.js",
    ]
    assert list(folder.glob("*.css")) == []


def test_a_page_is_listed_once_under_a_value_that_it_has_twice(indexed: Result) -> None:
    """Its author and the person it is about are of one class year."""
    assert fragments(indexed)[SEALED]["filters"]["class_year"] == ["1873"]
    assert fragments(indexed)["/recherche/ombres/"]["filters"]["class_year"] == ["1873"]
