"""Front matter as strings, each with the line that an editor sees it on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.magazine.front_matter import FrontMatterError, read_front_matter

NAMES = st.lists(st.text("abcdefgh", min_size=1, max_size=6), unique=True, min_size=1, max_size=6)
BLANKS = st.lists(st.integers(0, 2), min_size=6, max_size=6)
ITEMS = st.lists(st.integers(0, 3), min_size=6, max_size=6)


@given(NAMES, BLANKS, ITEMS)
def test_every_field_and_every_item_has_its_line(
    names: list[str], blanks: list[int], items: list[int]
) -> None:
    lines, expected = ["---"], {}
    for name, empty, count in zip(names, blanks, items, strict=False):
        lines += ["# une remarque"] * empty
        lines.append(f"{name}:" if count else f"{name}: valeur")
        expected[name,] = len(lines)
        for n in range(count):
            lines.append(f"  - élément {n}")
            expected[name, n] = len(lines)
    front = read_front_matter("\n".join([*lines, "---", "Un texte.", ""]))
    assert {at: front.line_of(at) for at in expected} == expected
    assert front.body_line == len(lines) + 2
    assert front.body == "Un texte.\n"


def test_a_field_inside_an_item_has_its_own_line() -> None:
    front = read_front_matter("---\nsources:\n- title: A\n- title: B\n  year: 1823\n---\n")
    assert front.line_of(("sources", 1, "year")) == 5
    assert front.line_of(("sources", 1, "absent")) == 4
    assert front.line_of(("absent",)) == 1


@pytest.mark.parametrize("word", ["no", "1823", "2026-02-30", "1e3", "true", "0x1F", "12:30"])
def test_a_value_stays_the_text_that_was_typed(word: str) -> None:
    assert read_front_matter(f"---\ntitle: {word}\n---\n").fields == {"title": word}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_field_without_a_value_is_as_if_it_were_not_written(nothing: str) -> None:
    assert read_front_matter(f"---\ntitle: {nothing}\nb: c\n---\n").fields == {"b": "c"}


def test_a_rule_in_the_text_does_not_end_the_front_matter_again() -> None:
    front = read_front_matter("---\ntitle: A\n---\nUn.\n\n---\n\nDeux.\n")
    assert front.body == "Un.\n\n---\n\nDeux.\n"


def test_a_value_over_several_lines_is_one_text_on_the_line_of_its_name() -> None:
    front = read_front_matter("---\na: b\ntitle: >\n  Une\n  suite\nc: d\n---\n")
    assert front.fields["title"] == "Une suite\n"
    assert front.line_of(("title",)) == 3
    assert front.line_of(("c",)) == 6


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("", 1, "front matter"),
        ("title: A\n", 1, "front matter"),
        ("---\ntitle: A\n", 1, "front matter"),
        ("---\n- A\n---\n", 2, "YAML"),
        ("---\ntitle: été: A\n---\n", 2, "YAML"),
        ("---\na: é\nb: \x07\n---\n", 3, "YAML"),
        ("---\na: b\na: c\n---\n", 3, "a"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, field: str) -> None:
    with pytest.raises(FrontMatterError) as told:
        read_front_matter(text)
    assert (told.value.line, told.value.field) == (line, field)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_line_of_it(text: str) -> None:
    whole = f"---\n{text}\n---\n"
    try:
        front = read_front_matter(whole)
    except FrontMatterError as error:
        assert 1 <= error.line <= len(whole.splitlines()) + 1
    else:
        assert isinstance(front.fields, dict)
