"""Gated sentences are in no public byte; each of them is in the text of its readers."""

from pathlib import Path

import pytest
from gated_magazine import PLANTED, SEALED, photograph
from leak_scan import leaks
from magazine_factory import Result

METADATA = {"image metadata", "public image metadata"}


def test_no_public_file_holds_a_planted_sentence(gated: Result) -> None:
    public = gated.output / "public"
    assert leaks(public, PLANTED) == set()
    assert len(list(public.rglob("*.pf_fragment"))) > 5  # the index was there to be read


@pytest.mark.parametrize("name", sorted(PLANTED.keys() - METADATA))
def test_a_reader_finds_every_planted_sentence(gated: Result, name: str) -> None:
    page = gated.output / "members" / SEALED.lstrip("/")
    assert leaks(page, {name: PLANTED[name]}) == {("index.html", name)}


def test_no_image_keeps_what_its_file_said_of_itself(gated: Result) -> None:
    sentences = {name: PLANTED[name] for name in METADATA}
    assert leaks(gated.output / "members" / "images", sentences) == set()
    assert leaks(gated.output / "public" / "images", sentences) == set()


def test_the_scan_of_these_tests_sees_what_is_hidden(tmp_path: Path) -> None:
    """Otherwise finding nothing would prove nothing."""
    sentence = PLANTED["paragraph"]
    (tmp_path / "photo.jpg").write_bytes(photograph((8, 8), sentence))
    (tmp_path / "page.html").write_text(sentence.replace("trois", "<em>troi</em>s"), "utf-8")
    (tmp_path / "data.json").write_text(
        "".join(f"\\u{ord(c):04x}" if c > "z" else c for c in sentence)
    )
    found = leaks(tmp_path, {"paragraph": sentence})
    assert {name for name, _ in found} == {"photo.jpg", "page.html", "data.json"}
