"""Where a preview stops: at the editor's mark, else after its first paragraphs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.magazine.body import Body, BodyReader

WORDS = st.integers(1, 160)
BLOCKS = st.lists(
    st.tuples(st.sampled_from(["p", "p", "p", "h", "list", "quote", "figure"]), WORDS),
    min_size=1,
    max_size=8,
)


def words(count: int, stem: str = "mot") -> str:
    """So many different words, in sentences of nine."""
    return " ".join(f"{stem}{n}." if n % 9 == 8 else f"{stem}{n}" for n in range(count))


def read(*blocks: str) -> Body:
    return BodyReader().read("\n\n".join(blocks) + "\n")


def length(text: str) -> int:
    return len(text.split())


def test_the_mark_cuts_where_it_stands_and_is_shown_nowhere() -> None:
    body = read("Le début.", "## Un titre", "<!-- more -->", "La suite.")
    assert "Le début." in body.preview
    assert "Un titre" in body.preview
    assert "La suite." not in body.preview
    assert "La suite." in body.full
    assert "more" not in body.preview + body.full


def test_a_second_mark_opens_nothing_more() -> None:
    body = read("Le début.", "<!-- more -->", "Le milieu.", "<!-- more -->", "La fin.")
    assert "Le milieu." not in body.preview
    assert "more" not in body.full


def test_the_mark_may_show_more_than_half() -> None:
    body = read(words(300), "<!-- more -->", "La suite.")
    assert body.preview_words == 300


def test_a_mark_in_code_cuts_nothing() -> None:
    body = read("Écrivez `<!-- more -->` ici.", words(20), "    <!-- more -->", words(200))
    assert "mot19" in body.preview
    assert body.flaws.misplaced_marks == ()


def test_without_a_mark_the_preview_is_the_first_whole_paragraphs() -> None:
    body = read(words(50, "un"), words(60, "deux"), words(20, "trois"), words(400, "quatre"))
    assert "deux59" in body.preview
    assert "trois0" not in body.preview
    assert body.preview_words == 110


def test_a_short_text_shows_half_of_itself_at_most() -> None:
    body = read(words(30, "un"), words(30, "deux"))
    assert "un29" in body.preview
    assert "deux" not in body.preview


def test_a_giant_first_paragraph_is_cut_after_a_sentence() -> None:
    body = read(words(900))
    assert body.preview_words == 117
    assert body.preview.endswith("mot116.</p>")


def test_a_giant_sentence_is_cut_between_words_and_says_so() -> None:
    body = read(" ".join(f"mot{n}" for n in range(900)))
    assert body.preview.endswith("mot119…</p>")


@pytest.mark.parametrize("first", ["## Un titre", '![Une tache](x.png "Légende")', "- un\n- deux"])
def test_what_opens_a_text_before_its_first_paragraph_is_not_its_preview(first: str) -> None:
    body = read(first, words(40), words(300, "fin"))
    assert body.preview == f"<p>{words(40)}</p>"


def test_a_heading_ends_an_automatic_preview() -> None:
    body = read(words(40), "## Un titre", words(20, "suite"), words(300, "fin"))
    assert "Un titre" not in body.preview
    assert "suite0" not in body.preview


def test_a_text_without_a_paragraph_has_an_empty_preview() -> None:
    assert read("- un\n- deux\n- trois").preview == ""


@given(BLOCKS)
def test_an_automatic_preview_never_shows_more_than_half_nor_120_words(
    blocks: list[tuple[str, int]],
) -> None:
    patterns = {"p": "{}", "h": "## {}", "list": "- {}", "quote": "> {}", "figure": "![{}](x.png)"}
    written = [
        patterns[kind].format(words(count, f"b{n}m")) for n, (kind, count) in enumerate(blocks)
    ]
    body = read(*written)
    assert length(body.preview_text) <= 120
    assert length(body.preview_text) <= length(body.text) / 2 + 1
    assert "<h2" not in body.preview
    assert "<img" not in body.preview


@given(BLOCKS, st.integers(0, 8))
def test_what_the_preview_does_not_show_is_all_in_the_rest(
    blocks: list[tuple[str, int]], mark: int
) -> None:
    written = [words(count, f"b{n}m") for n, (_, count) in enumerate(blocks)]
    body = read(*written[:mark], "<!-- more -->", *written[mark:])
    shown, kept = set(re.findall(r"b\dm\d+", body.preview)), " ".join(body.rest)
    assert all(word in shown or word in kept for word in re.findall(r"b\dm\d+", body.full))
    assert not shown & set(re.findall(r"b\dm\d+", kept))


def test_notes_of_the_rest_are_not_in_the_preview() -> None:
    body = read(
        "Un fait[^a].",
        "<!-- more -->",
        "Un autre[^b], et le premier[^a].",
        "[^b]: Source réservée.",
        "[^a]: Source ouverte.",
    )
    assert "Source ouverte." in body.preview
    assert "Source réservée." not in body.preview
    assert '"note-b"' not in body.preview
    assert "Source réservée." in body.rest


def test_a_preview_that_calls_no_note_has_no_list_of_notes() -> None:
    body = read("Un fait.", "<!-- more -->", "Un autre[^b].", "[^b]: Source réservée.")
    assert 'class="notes"' not in body.preview
    assert 'class="notes"' in body.full


def test_a_paragraph_that_is_cut_calls_no_note() -> None:
    body = read(words(200) + "[^a]" + words(300, "fin"), "[^a]: Source réservée.")
    assert "Source réservée." not in body.preview
    assert "note-call" not in body.preview


def test_images_of_the_rest_are_gated_and_those_of_the_preview_are_not() -> None:
    body = read("![A](a.png)", "<!-- more -->", "![B](b.png)", "![A encore](a.png)")
    gated = {image.alt: image.gated for image in body.images}
    assert gated == {"A": False, "B": True, "A encore": True}


def test_a_text_that_is_one_long_list_shows_the_list_s_beginning() -> None:
    body = read("\n".join(f"- point {n} de la liste" for n in range(80)))
    assert body.preview.startswith("<p>point 0 de la liste")
    assert body.preview_words <= 121


def test_a_tiny_first_paragraph_is_followed_by_the_beginning_of_the_next() -> None:
    body = read("Il faisait nuit.", words(800, "suite"))
    assert body.preview.startswith("<p>Il faisait nuit.</p>")
    assert 60 < body.preview_words <= 121
