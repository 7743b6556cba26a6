"""Calls without their note, and notes that nothing calls."""

import pytest
from magazine_factory import MagazineFactory
from refused import refused

from plugins.magazine.body import BodyReader

X = "articles/x.md"


def _told(magazine: MagazineFactory, body: str) -> list[str]:
    magazine.article(X, body=body)
    return refused(magazine)


def test_a_call_of_a_note_that_is_not_written_is_told_on_each_of_its_lines(
    magazine: MagazineFactory,
) -> None:
    body = (
        "Un fait[^a].\n\n*Un autre*[^l'ombre], et[^a].\n\n- encore[^l'ombre]: ici\n\n"
        "[^a]: La note.\n"
    )
    message = "body: “[^l'ombre]” calls a note that is not written (“[^l'ombre]: …”)"
    assert _told(magazine, body) == [f"content/{X}:12: {message}", f"content/{X}:14: {message}"]


def test_a_call_in_raw_html_is_told_too(magazine: MagazineFactory) -> None:
    told = _told(magazine, "Un.\n\n<div>Deux[^b].</div>\n")
    assert told == [f"content/{X}:12: body: “[^b]” calls a note that is not written (“[^b]: …”)"]


def test_a_note_that_nothing_calls_is_told_on_its_own_line_alone(
    magazine: MagazineFactory,
) -> None:
    body = "Écrivez `[^c]`.\n\nUn fait[^a].\n\n[^c]: Sans appel.\n[^a]: La note.\n[^b]: Non plus.\n"
    message = "body: nothing in the text calls the note"
    assert _told(magazine, body) == [
        f"content/{X}:14: {message} “[^c]”",
        f"content/{X}:16: {message} “[^b]”",
    ]


@pytest.mark.parametrize("call", ["Un fait[^b], un autre[^a].", "Un fait[^b] et encore[^b]."])
def test_a_note_without_a_text_is_told_on_its_line(magazine: MagazineFactory, call: str) -> None:
    told = _told(magazine, f"{call}\n\n[^a]: La note.\n\n[^b]:\n")
    assert f"content/{X}:14: body: the note “[^b]” is empty" in told


def test_a_note_that_another_note_calls_is_called() -> None:
    flaws = BodyReader().read("Un fait[^a].\n\n[^a]: Voir[^b].\n\n[^b]: Suite.\n").flaws
    assert flaws.uncalled_notes == flaws.undefined_notes == ()


@pytest.mark.parametrize(
    "source",
    [
        "Tapez `[^a]` ou \\[^a] pour un appel.",
        "Du code :\n\n    [^a]",
        "```\n[^a]\n```\n\nOu \\[^a].",
        "Une ![^image](x.png), un [^lien](https://example.org/).",
    ],
)
def test_what_looks_like_a_call_in_code_or_is_escaped_calls_nothing(source: str) -> None:
    assert BodyReader().read(source).flaws.undefined_notes == ()
