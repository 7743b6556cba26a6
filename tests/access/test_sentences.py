"""The audit knows every sentence, however short and wherever it stands in its paragraph."""

import pytest

from plugins.access.secrets import _windows
from plugins.access.text import words

PARAGRAPH = (
    "Le jeudi matin il pleuvait sur la ville entière. Fresnel avait vendu le brevet. "
    "Personne ne le sut avant longtemps, et les archives se taisent encore sur cette affaire."
)


@pytest.mark.parametrize("sentence", PARAGRAPH.replace(". ", ".|").split("|"))
def test_a_sentence_in_the_middle_of_a_paragraph_holds_a_window(sentence: str) -> None:
    found = words(sentence)
    inside = {tuple(found[n : n + size]) for size in range(4, 9) for n in range(len(found))}
    assert inside & set(_windows(PARAGRAPH))


def test_a_sentence_of_three_words_is_not_looked_for() -> None:
    assert list(_windows("Voir plus bas.")) == []
