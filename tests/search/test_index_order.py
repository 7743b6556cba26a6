"""The index is in an order of its own, so that two builds of one text are equal."""

import gzip
import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from magazine_factory import Result
from published import snapshot

from plugins.magazine.page import SearchRecord
from plugins.search.index import SearchIndexError, write_index
from plugins.search.settle import IndexFormatError, settle

THEMES = [f"Thème {n}, l'« été » & <co>" for n in range(40)]
NAMES = ("section", "theme", "issue", "class_year")
RECORDS = [
    (
        f"/articles/{n}/",
        SearchRecord(
            title=f"Titre {n}",
            text=f"Le texte numéro {n} parle de {THEMES[n % 40]}.",
            kind="Articles",
            sort_date=f"2026-{n:03}",
            meta={"byline": "Émilie"},
            filters=dict.fromkeys(NAMES, (THEMES[n % 40], THEMES[n * 7 % 40])),
        ),
    )
    for n in range(300)
]


def test_two_indexes_of_the_same_records_are_equal(tmp_path: Path) -> None:
    """Pagefind leaves some of its lists in an order of chance."""
    for name in ("one", "two", "three"):
        write_index(random.sample(RECORDS, len(RECORDS)), tmp_path / name, "fr")
    first, *others = (snapshot(tmp_path / name) for name in ("one", "two", "three"))
    assert len([path for path in first if path.startswith("fragment/")]) == len(RECORDS)
    assert others == [first, first]


def test_filters_and_their_values_are_in_alphabetical_order(tmp_path: Path) -> None:
    write_index(RECORDS, tmp_path / "index", "fr")
    (meta,) = (tmp_path / "index").glob("*.pf_meta")
    content = gzip.decompress(meta.read_bytes())
    names = sorted(("kind", *NAMES), key=lambda name: content.index(b"\x82" + cbor_text(name)))
    assert names == sorted(names)
    for path in (tmp_path / "index" / "filter").iterdir():
        values = gzip.decompress(path.read_bytes())
        places = [values.find(theme.encode()) for theme in sorted(THEMES)]
        assert places == sorted(places)


def cbor_text(text: str) -> bytes:
    """A short text in CBOR (RFC 8949)."""
    return bytes([0x60 + len(text)]) + text.encode()


def test_a_settled_index_stays_as_it_is(indexed: Result, tmp_path: Path) -> None:
    folder = tmp_path / "pagefind"
    shutil.copytree(indexed.output / "public" / "pagefind", folder)
    before = snapshot(folder)
    settle(folder)
    assert snapshot(folder) == before


@pytest.mark.parametrize("content", [b"pagefind_dcd\xa0", b"pagefind_dcd\x80\x80", b"other"])
def test_an_index_of_another_format_is_refused(
    indexed: Result, tmp_path: Path, content: bytes
) -> None:
    folder = tmp_path / "pagefind"
    shutil.copytree(indexed.output / "public" / "pagefind", folder)
    some = random.choice(list((folder / "filter").iterdir()))
    some.write_bytes(gzip.compress(content))
    with pytest.raises(IndexFormatError):
        settle(folder)


def test_no_records_make_no_index(tmp_path: Path) -> None:
    write_index([], tmp_path / "index", "fr")
    assert not (tmp_path / "index").exists()


def test_what_pagefind_says_of_its_failure_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_GLOB", "*.nothing")  # then it finds none of our pages
    with pytest.raises(SearchIndexError, match="not able to build an index"):
        write_index(RECORDS[:1], tmp_path / "index", "fr")


def test_words_that_look_like_markup_are_indexed_as_they_were_written(tmp_path: Path) -> None:
    words = 'R&D "a < b" <b>l\'été</b> &amp; </body>'
    record = replace(RECORDS[0][1], title=words, text=words, filters={"theme": (words,)})
    write_index([("/a/", record)], tmp_path / "index", "fr")
    (fragment,) = (tmp_path / "index" / "fragment").iterdir()
    found = json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(b"pagefind_dcd"))
    assert found["meta"]["title"] == found["content"] == words
    assert found["filters"]["theme"] == [words]
