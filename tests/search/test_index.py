"""The index put together from shards is the one that Pagefind would have made alone."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pagefind_alone import index_alone
from published import snapshot
from search_index import read_index

from plugins.magazine.digest import digest_of
from plugins.magazine.page import SearchRecord
from plugins.search.chunks import EVERY_PAGE
from plugins.search.engine import SearchIndexError
from plugins.search.index import CHUNKS, WORDS, index_files
from plugins.search.library import Entry, Library
from plugins.search.shard import Record

THEMES = [f"Thème {n}, l'« été » & <co>" for n in range(40)]
NAMES = ("section", "theme", "issue", "class_year")
TEXTS = (
    "L'été, à l’École : aujourd’hui l'Ecole polytechnique.",
    "Un pont-canal — R&D, « 3,14 » ; x < y <b>gras</b> &amp; </body>",
    "iPhone, A.B.C., snake_case, élève élève Élève eleve ELEVE 🌍 _a_ https://exemple.org/à/b?c=d",
    "Deux\u00a0blancs\u202fétroits, un\u200bcoupé \u200b, des\n\nlignes et\tdes tabulations.",
    "— … ; : !",
    "",
)


def record(number: int) -> Record:
    words = [f"mot{n}" for n in range(number % 7, number % 60)]
    return f"/articles/{number}/", SearchRecord(
        title=f"Titre {number} de l’Été",
        text=" ".join((TEXTS[number % len(TEXTS)], *words, THEMES[number % 40])),
        kind="Articles",
        sort_date=f"{1990 + number % 9}-{number:03}" if number % 10 else "",
        meta={
            "byline": "Émilie",
            "date": "mai",
            "standfirst": "Le  pont,\nencore." if number % 2 else "",
        },
        filters=dict.fromkeys(NAMES, (THEMES[number % 40], THEMES[number * 7 % 40])),
    )


RECORDS = [record(number) for number in range(300)]


def write(records: list[Record], folder: Path, name: str = "index") -> Path:
    """Write the index as a build does, whose cache and site may lie in other folders."""
    entries = [
        Entry(url, said.sort_date, digest_of(url, said), partial(lambda kept: kept, said))
        for url, said in records
    ]
    for path, content in index_files(Library(entries, folder / "cache", "fr")).items():
        file = folder / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else Path(content).read_bytes())
    return folder / name


def test_the_index_says_what_pagefind_would_have_said(tmp_path: Path) -> None:
    ours = read_index(write(RECORDS, tmp_path))
    alone = read_index(index_alone(RECORDS, tmp_path))
    assert ours.words.pop(EVERY_PAGE)[""].keys() == ours.pages.keys()
    assert ours.chunks.pop() == (EVERY_PAGE, EVERY_PAGE)
    assert len(alone.chunks) > 1
    for part in ("pages", "lengths", "words", "chunks", "filters", "fields"):
        assert getattr(ours, part) == getattr(alone, part), part
    dates = {url: known.sort_date or "0000" for url, known in RECORDS}
    ordered, expected = ([dates[u] for u in index.orders["date"]] for index in (ours, alone))
    assert ordered == expected == sorted(expected)


def test_the_order_of_records_does_not_matter(tmp_path: Path) -> None:
    first = snapshot(write(RECORDS, tmp_path / "one"))
    again = snapshot(write(random.sample(RECORDS, len(RECORDS)), tmp_path / "two"))
    assert again == first


def edited(records: list[Record], number: int, words: str = "inouï") -> list[Record]:
    url, known = records[number]
    other = (url, replace(known, text=f"{known.text} {words}"))
    return [*records[:number], other, *records[number + 1 :]]


@pytest.mark.parametrize(
    "after", [edited(RECORDS, 31), RECORDS[1:], [*RECORDS, record(300)], RECORDS[:1], RECORDS]
)
def test_a_warm_index_is_the_cold_one(tmp_path: Path, after: list[Record]) -> None:
    write(RECORDS, tmp_path)
    warm = snapshot(write(after, tmp_path, "warm"))
    assert warm == snapshot(write(after, tmp_path / "cold"))


def test_after_any_edits_the_index_is_the_cold_one(tmp_path: Path) -> None:
    chance, records = random.Random(5), RECORDS
    write(records, tmp_path)
    for step in range(8):
        removed = chance.sample(records, chance.choice((0, 0, 1, 3)))
        added = [record(1000 + 10 * step + n) for n in range(chance.choice((0, 0, 1, 3)))]
        records = [*(known for known in records if known not in removed), *added]
        for _ in range(3):
            records = edited(records, chance.randrange(len(records)), f"mot{step} " * 40 * step)
        warm = snapshot(write(records, tmp_path, f"warm-{step}"))
        assert warm == snapshot(write(records, tmp_path / f"cold-{step}")), step


def test_an_edit_changes_the_part_of_its_season_and_no_other(tmp_path: Path) -> None:
    write(RECORDS, tmp_path)
    before = parts(tmp_path)
    write(edited(RECORDS, 31), tmp_path, "after")
    gone, come = before - parts(tmp_path), parts(tmp_path) - before
    assert [name[:6] for name in gone] == ["1994-1"]
    assert [name[:6] for name in come] == ["1994-1"]


def test_a_part_that_no_record_is_in_is_forgotten(tmp_path: Path) -> None:
    write(RECORDS, tmp_path)
    write(RECORDS[1:2], tmp_path, "after")
    assert [name[:6] for name in parts(tmp_path)] == ["1991-0"]


def parts(folder: Path) -> set[str]:
    """Folders of parts; those that hold the whole are left out."""
    return {p.name for p in (folder / "cache").iterdir() if p.name not in (CHUNKS, WORDS)}


@pytest.mark.parametrize("database", ["kept", "gone", "cut", "other rows", "fewer rows"])
@pytest.mark.parametrize(
    "harm", ["cut", "other", "fragment gone", "fragment empty", "half written"]
)
def test_a_damaged_part_is_built_again(tmp_path: Path, harm: str, database: str) -> None:
    index = snapshot(write(RECORDS, tmp_path))
    words = tmp_path / "cache" / WORDS
    if database == "gone":
        words.unlink()
    elif database == "cut":
        words.write_bytes(words.read_bytes()[:-9000])
    elif database == "other rows":
        with closing(sqlite3.connect(words)) as rows, rows:
            rows.execute("UPDATE kept SET content = x'00'")
    elif database == "fewer rows":
        with closing(sqlite3.connect(words)) as rows, rows:
            rows.execute("DELETE FROM kept")
    shard = next(path for path in (tmp_path / "cache").iterdir() if path.name.startswith("1994"))
    if harm == "cut":
        (shard / "words").write_bytes((shard / "words").read_bytes()[:-1])
    elif harm == "other":
        (shard / "words").write_bytes(b"something else")
    elif harm == "fragment gone":
        next(shard.glob("*.pf_fragment")).unlink()
    elif harm == "fragment empty":
        next(shard.glob("*.pf_fragment")).write_bytes(b"")
    else:
        shard.rename(shard.with_name(f"{shard.name}.1.part"))
    assert snapshot(write(RECORDS, tmp_path, "again")) == index


def test_what_pagefind_says_of_its_failure_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_GLOB", "*.nothing")  # then it finds none of our pages
    with pytest.raises(SearchIndexError, match="not able to build an index"):
        write(RECORDS[:1], tmp_path)


def test_a_field_that_results_do_not_show_is_refused(tmp_path: Path) -> None:
    url, known = RECORDS[0]
    with pytest.raises(ValueError, match="mood"):
        write([(url, replace(known, meta={"mood": "gai"}))], tmp_path)
