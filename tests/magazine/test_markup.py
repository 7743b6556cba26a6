"""A body's HTML: headings with fragments, figures, tables, the plain text of it all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from plugins.magazine.body import LONG_WORDS, BodyReader


def _read(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(BodyReader().read(text).full, create_parent="div")


@given(st.lists(st.sampled_from(["L'été", "Été", "ete", "?", "Fin 2", "Fin", "!"]), max_size=12))
def test_every_heading_has_a_fragment_of_its_own(titles: list[str]) -> None:
    text = "".join(f"## {title}\n\nUn texte.\n\n" for title in titles)
    ids = _read(text).xpath("//h2/@id")
    assert len(ids) == len(titles)
    assert len(set(ids)) == len(ids)
    assert all(name.replace("-", "").isalnum() and name.isascii() for name in ids)


def test_a_fragment_is_made_of_the_words_of_its_heading() -> None:
    assert _read("## Œuvres & *procédés* du XIXe\n").xpath("//h2/@id") == [
        "oeuvres-procedes-du-xixe"
    ]


def test_a_fragment_that_the_editor_chose_stays() -> None:
    ids = _read("## Un titre {#ici}\n\n## Ici\n").xpath("//h2/@id")
    assert ids == ["ici", "ici-2"]


def test_a_heading_of_the_first_level_leaves_that_to_the_page() -> None:
    tree = _read("# Un titre\n\nUn texte.\n")
    assert not tree.xpath("//h1")
    assert tree.xpath("//h2")


def test_a_long_text_with_three_headings_has_a_contents_list() -> None:
    sections = "".join(f"## Partie {n}\n\n{'mot ' * (LONG_WORDS // 3)}\n\n" for n in range(3))
    found = BodyReader().read(sections).headings
    assert [(h.anchor, h.title) for h in found] == [
        ("partie-0", "Partie 0"),
        ("partie-1", "Partie 1"),
        ("partie-2", "Partie 2"),
    ]


def test_a_short_text_has_no_contents_list() -> None:
    assert BodyReader().read("## Un\n\na\n\n## Deux\n\nb\n\n## Trois\n\nc\n").headings == ()


@pytest.mark.parametrize(
    ("title", "caption"),
    [
        ("La tache | E. Aubrac", 'La tache <span class="credit">E. Aubrac</span>'),
        ("La tache", "La tache"),
        ("| E. Aubrac", '<span class="credit">E. Aubrac</span>'),
    ],
)
def test_an_image_alone_is_a_figure_with_its_caption_and_credit(title: str, caption: str) -> None:
    full = BodyReader().read(f'Avant.\n\n![Une tache](x.png "{title}")\n\nAprès.\n').full
    assert f"<figcaption>{caption}</figcaption>" in full
    assert "<p><img" not in full
    assert "title=" not in full


def test_an_image_without_a_title_has_no_caption() -> None:
    tree = _read("![Une tache](x.png)\n")
    assert tree.xpath("//figure/img/@alt") == ["Une tache"]
    assert not tree.xpath("//figcaption")


@pytest.mark.parametrize("text", ["Voici ![alpha](x.png)", "![alpha](x.png) veut dire un"])
def test_an_image_among_words_is_no_figure(text: str) -> None:
    assert not _read(text).xpath("//figure")


def test_an_image_may_be_marked_as_wide() -> None:
    (figure,) = _read("![Une carte](x.png){.figure-wide}\n").xpath("//figure")
    assert "figure-wide" in figure.get("class").split()


def test_a_table_scrolls_by_itself_and_by_keyboard() -> None:
    (box,) = _read("| a | b |\n|---|---|\n| 1 | 2 |\n").xpath("//table/..")
    assert box.tag == "div"
    assert box.get("tabindex") == "0"
    assert box.get("aria-label")


def test_two_tables_have_two_names() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    names = _read(f"{table}\nEt puis.\n\n{table}").xpath("//div[@role='region']/@aria-label")
    assert len(set(names)) == 2


def test_no_style_is_written_where_the_security_policy_would_refuse_it() -> None:
    tree = _read("| a | b |\n|:-:|--:|\n| 1 | 2 |\n")
    assert not tree.xpath("//@style")
    assert tree.xpath("//td/@class") == ["align-center", "align-right"]


def test_the_plain_text_keeps_words_apart_and_letters_together() -> None:
    text = BodyReader().read(
        "## Titre\n\nUn *mo*t.\n\n- a\n- b\n\n| c | d |\n|---|---|\n| e | f |\n"
    )
    assert text.text == "Titre Un mot. a b c d e f"


def test_alternative_texts_and_captions_of_the_rest_are_among_what_must_not_leak() -> None:
    body = BodyReader().read(
        'Début.\n\n<!-- more -->\n\n![Un secret](x.png "Une légende | Un nom")\n\n'
        '[lien](https://example.org "Un titre")\n'
    )
    assert {"Un secret", "Un titre"} <= set(body.rest)
    assert any("Une légende" in text for text in body.rest)


def test_raw_html_leaves_no_empty_paragraph() -> None:
    assert not _read("Un.\n\n<p></p>\n\nDeux.\n").xpath("//p[not(node())]")
