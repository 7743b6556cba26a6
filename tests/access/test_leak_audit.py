"""Take away any one protection: the audit finds what leaks, and nothing is published."""

import pytest
from breaches import BREACHES
from gated_magazine import SEALED, gated_magazine
from magazine_factory import MagazineFactory
from published import snapshot, with_plugin


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> MagazineFactory:
    magazine = gated_magazine(tmp_path_factory.mktemp("gated"))
    assert magazine.build().exit_code == 0  # with every protection there is nothing to find
    return magazine


@pytest.mark.parametrize("name", BREACHES)
def test_without_its_protection_gated_matter_stops_the_build(
    published: MagazineFactory, name: str
) -> None:
    where, source = BREACHES[name]
    before = snapshot(published.output)
    settings = with_plugin(published, source)
    result = published.build(settings=settings)
    assert result.exit_code == 1
    told = [line for line in result.lines if f"gated text of {SEALED}" in line]
    assert any(line.startswith(where) for line in told), result.stderr
    assert "nothing is published" in result.lines[-1]
    assert snapshot(published.output) == before
    assert published.build().exit_code == 0  # nothing of the refused build is taken over
    assert snapshot(published.output) == before


def test_a_sentence_that_the_editors_also_published_is_no_leak(
    magazine: MagazineFactory,
) -> None:
    sentence = "Le veilleur comptait les navires un par un jusqu'à la fin de la nuit."
    gated = f"Début.\n\n<!-- more -->\n\n{sentence}\n"
    magazine.article("articles/2026/a.md", gated, access="registered")
    magazine.article("articles/2026/b.md", f"On lit ailleurs : « {sentence} »\n")
    assert magazine.build().exit_code == 0
    magazine.article("articles/2026/b.md", "Plus rien.\n", standfirst=sentence)
    assert magazine.build().exit_code == 0  # front matter is for everybody


def test_a_preview_that_is_cut_inside_a_paragraph_is_no_leak(magazine: MagazineFactory) -> None:
    """What follows it on the page may begin as the next sentence does."""
    sentences = [f"La phrase {n} compte sept mots ici." for n in range(60)]
    magazine.article("articles/2026/a.md", " ".join(sentences), access="subscriber")
    assert magazine.build().exit_code == 0
