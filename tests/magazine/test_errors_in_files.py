"""Files that cannot be read as an entry of the magazine."""

import pytest
from in_process import edition_of
from magazine_factory import ISSUE, PERSON, TAXONOMY, MagazineFactory
from refused import refused

P = "pages/p.md"


def test_broken_yaml_is_told_on_its_line(magazine: MagazineFactory) -> None:
    for name, written in {
        "bracket": "title: [La tache",
        "colon": "title: La tache: claire",
        "control": "title: La\x07tache",
        "tab": "\ttitle: La tache",
    }.items():
        opening = "---\nsources:\n- title: Été\n"
        magazine.write(f"pages/{name}.md", f"{opening}{written}\ndescription: Une page\n---\n")
    assert refused(magazine) == [
        "content/pages/bracket.md:5: YAML: unreadable YAML: did not find expected ',' or ']'",
        "content/pages/colon.md:4: YAML: unreadable YAML: mapping values are not allowed in this "
        "context (put the value between double quotes)",
        "content/pages/control.md:4: YAML: unreadable YAML: control characters are not allowed",
        "content/pages/tab.md:4: YAML: unreadable YAML: found a tab character that violates "
        "indentation (a tab? use spaces)",
    ]


def test_front_matter_that_is_a_list_is_refused(magazine: MagazineFactory) -> None:
    magazine.write(P, "---\n- La tache\n---\n")
    assert refused(magazine) == [f"content/{P}:2: YAML: the front matter is not a list of fields"]


def test_a_file_that_does_not_open_with_a_fence_is_refused(magazine: MagazineFactory) -> None:
    magazine.write("pages/a.md", "")
    magazine.write("pages/b.md", "title: La tache\n")
    magazine.write("pages/c.md", "\n---\ntitle: La tache\n---\n")
    problem = "1: front matter: the file does not start with “---”"
    assert refused(magazine) == [f"content/pages/{name}.md:{problem}" for name in "abc"]


def test_front_matter_that_is_never_closed_is_refused(magazine: MagazineFactory) -> None:
    magazine.write(P, "---\ntitle: La tache\ndescription: Une\n\nUn texte.\n")
    assert refused(magazine) == [
        f"content/{P}:1: front matter: the second “---”, which ends the front matter, is missing"
    ]


def test_empty_front_matter_lacks_every_required_field(magazine: MagazineFactory) -> None:
    magazine.write(P, "---\n---\n")
    assert refused(magazine) == [
        f"content/{P}:1: description: required field is missing",
        f"content/{P}:1: title: required field is missing",
    ]


def test_a_field_written_twice_is_told_on_its_second_line(magazine: MagazineFactory) -> None:
    magazine.write(P, "---\ntitle: Un\ndescription: Ce que c'est\ntitle: Deux\n---\n")
    assert refused(magazine) == [f"content/{P}:4: title: the field is written twice"]


def test_a_field_of_a_group_written_twice_is_told_on_its_second_line(
    magazine: MagazineFactory,
) -> None:
    magazine.write(P, "---\ntitle: Un\nsources:\n- title: Optique\n  year: 1823\n  title: O\n---\n")
    assert refused(magazine) == [f"content/{P}:6: title: the field is written twice"]


def test_a_file_that_is_not_utf_8_is_told_on_the_line_of_its_first_foreign_letter(
    magazine: MagazineFactory,
) -> None:
    magazine.write(P, "---\ntitle: La tache\ndescription: éclairée\n---\n".encode("latin-1"))
    assert refused(magazine) == [f"content/{P}:3: encoding: the file is not UTF-8"]


def test_a_file_with_a_byte_order_mark_is_read(magazine: MagazineFactory) -> None:
    magazine.write(P, "---\ntitle: Été\ndescription: Une page\n---\n".encode("utf-8-sig"))
    (page,) = edition_of(magazine).graph.pages
    assert page.fields.title == "Été"


def test_a_file_with_windows_line_ends_keeps_its_line_numbers(magazine: MagazineFactory) -> None:
    magazine.write(P, "---\r\ntitle: Un\r\ndescription: Une\r\n---\r\n\r\n[a](#rien)\r\n")
    assert refused(magazine) == [f"content/{P}:6: link: “#rien”: no such fragment"]


def test_a_link_to_a_file_that_is_gone_is_told(magazine: MagazineFactory) -> None:
    magazine.write(P, "").unlink()
    (magazine.content / P).symlink_to("nowhere.md")
    assert refused(magazine) == [f"content/{P}:1: path: unreadable: No such file or directory"]


def test_a_file_in_a_folder_that_says_nothing_of_its_kind_is_refused(
    magazine: MagazineFactory,
) -> None:
    nested = "issues/12-lumiere/notes/x.md"
    paths = ["brouillons/x.md", nested, "issues/x.md", "x.md"]
    for path in paths:
        magazine.write(path, "---\ntitle: Un\n---\n")
    problem = "1: path: this folder does not say what kind of file this is"
    assert refused(magazine) == [f"content/{path}:{problem}" for path in paths]


def test_a_booking_by_another_name_is_told_how_one_is_called(magazine: MagazineFactory) -> None:
    magazine.write("ads/x/reservation.md", "---\nadvertiser: Un\n---\n")
    problem = "1: path: a booking is called booking.md"
    assert refused(magazine) == [f"content/ads/x/reservation.md:{problem}"]


def test_hidden_files_and_those_set_aside_are_left_out(magazine: MagazineFactory) -> None:
    magazine.write("articles/.x.md", "rien")
    magazine.write("articles/_x.md", "rien")
    magazine.write("_brouillons/x.md", "rien")
    assert "/articles/x/" not in {page.url for page in edition_of(magazine).pages}


def test_a_file_name_with_capitals_is_refused(magazine: MagazineFactory) -> None:
    magazine.article("articles/La-Tache.md")
    assert refused(magazine) == [
        "content/articles/La-Tache.md:1: slug: file name “La-Tache.md”: lower-case letters, "
        "digits and hyphens only; rename it “la-tache.md”"
    ]


def test_a_name_that_cannot_be_an_address_is_told_with_one_that_can(
    magazine: MagazineFactory,
) -> None:
    magazine.entry("people/Élodie d'Œuf.md", PERSON)
    magazine.image("issues/13_été/cover.png")
    magazine.entry("issues/13_été/issue.md", ISSUE | {"number": 13, "articles": []})
    rule = "lower-case letters, digits and hyphens only"
    assert refused(magazine) == [
        f"content/issues/13_été/issue.md:1: slug: folder name “13_été”: {rule}; rename it “13-ete”",
        f"content/people/Élodie d'Œuf.md:1: slug: file name “Élodie d'Œuf.md”: {rule}; "
        "rename it “elodie-d-oeuf.md”",
    ]


def test_a_slug_with_capitals_is_told_on_its_line(magazine: MagazineFactory) -> None:
    magazine.entry("people/x.md", PERSON | {"slug": "Émilie"})
    assert refused(magazine) == [
        "content/people/x.md:8: slug: “Émilie”: lower-case letters, digits and hyphens only"
    ]


def test_a_mark_that_cannot_cut_is_told_on_its_line(magazine: MagazineFactory) -> None:
    blocks = {
        "item": "- Une ligne.\n\n    <!-- more -->\n\n    Sa suite.",
        "quote": "> Une citation.\n>\n> <!--more-->\n>\n> Sa suite.",
        "text": "Du texte <!-- more --> et la suite.",
    }
    for name, block in blocks.items():
        magazine.article(f"articles/{name}.md", body=f"Un début.\n\n{block}\n\nUne fin.\n")
    problem = "body: “<!-- more -->” must stand alone between two blank lines"
    assert refused(magazine) == [
        f"content/articles/item.md:14: {problem}",
        f"content/articles/quote.md:14: {problem}",
        f"content/articles/text.md:12: {problem}",
    ]


def test_every_mark_after_the_first_is_told_on_its_line(magazine: MagazineFactory) -> None:
    blocks = ["`<!-- more -->`", "Un.", "<!-- more -->", "Deux.", "<!--more-->", "Trois."]
    magazine.article("articles/x.md", body="\n\n".join([*blocks, "<!-- more -->", "Fin.\n"]))
    problem = "body: a text has one “<!-- more -->”, this one is too many"
    assert refused(magazine) == [
        f"content/articles/x.md:18: {problem}",
        f"content/articles/x.md:22: {problem}",
    ]


def test_a_missing_taxonomy_is_told(magazine: MagazineFactory) -> None:
    (magazine.content / "taxonomy.yaml").unlink()
    assert refused(magazine) == [
        "content/taxonomy.yaml:1: path: unreadable: No such file or directory"
    ]


def test_a_taxonomy_of_another_shape_is_told(magazine: MagazineFactory) -> None:
    magazine.write("taxonomy.yaml", "sections: [sciences]\nthemes: {}\n")
    assert refused(magazine) == [
        "content/taxonomy.yaml:1: taxonomy: needs “sections: {slug: {name, description}}” and "
        "“themes: {slug: name}”"
    ]


def test_a_theme_may_say_where_advertisers_class_it(magazine: MagazineFactory) -> None:
    magazine.write("taxonomy.yaml", TAXONOMY + '  musique: {name: Musique, iab: ["338", "346"]}\n')
    taxonomy = edition_of(magazine).graph.taxonomy
    assert taxonomy.themes["musique"] == "Musique"
    assert (taxonomy.iab["musique"], taxonomy.iab["optique"]) == (("338", "346"), ())


@pytest.mark.parametrize(
    ("theme", "problem"),
    [
        ('{name: Musique, iab: ["Music and Audio"]}', "iab: “Music and Audio” is no identifier"),
        ("{name: Musique, iab: 338}", "iab: must be a list"),
        ("{name: Musique, iba: [338]}", "iba: unknown field (did you mean iab?)"),
        ("{name: [Musique]}", "name: must be a text"),
    ],
)
def test_a_wrong_theme_is_told_on_its_line(
    magazine: MagazineFactory, theme: str, problem: str
) -> None:
    magazine.write("taxonomy.yaml", TAXONOMY + f"  musique: {theme}\n")
    (told,) = refused(magazine)
    assert told.startswith(f"content/taxonomy.yaml:8: themes.musique.{problem}")
