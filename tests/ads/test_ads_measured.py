"""How well ads are matched, on extracts that nobody looked at while tuning."""

import pytest
from labelled import FOLDER, briefs, extracts, measure
from magazine_factory import REPOSITORY

from plugins.ads.matching.words import words_of
from plugins.magazine.problems import Problems
from plugins.magazine.taxonomy import read_taxonomy

SIZES = {"tuning": 60, "held": 60}


def test_pages_get_the_ads_that_suit_them() -> None:
    """As a page is matched: by themes and text."""
    found = measure("held", themes=True)
    assert found.precision_at_1 >= 0.80
    assert found.ndcg_at_3 >= 0.75


@pytest.mark.parametrize("part", ["tuning", "held"])
def test_the_set_is_what_it_says(part: str) -> None:
    known = read_taxonomy(REPOSITORY / "content", Problems()).themes
    found = extracts(part)  # type: ignore[arg-type]
    assert len(found) == SIZES[part]
    for extract in found:
        assert 60 <= len(words_of(extract.text)) <= 130, extract.number  # elisions are left out
        assert extract.themes <= known.keys()
        assert extract.grades.keys() <= briefs().keys()
        assert max(extract.grades.values()) == 3 or extract.number in (30, 48)
        assert set(extract.grades.values()) <= {1, 2, 3}


def test_forty_briefs_of_visibly_fictional_advertisers() -> None:
    written = briefs()
    assert len(written) == 40
    assert all("(annonceur fictif)" in brief["advertiser"] for brief in written.values())
    assert all(19 <= len(brief["brief"].split()) <= 45 for brief in written.values())


def test_the_split_is_written_in_the_set() -> None:
    first = (FOLDER / "extracts-1.yaml").read_text("utf-8")
    assert "les numéros impairs règlent, les numéros pairs mesurent" in first
