"""What Pagefind makes of each word: asked once a word, not once an occurrence.

Pagefind's engine in the browser stems what a reader types, so what it looks in must have been
stemmed by Pagefind too. What a word adds to an index does not depend on its neighbours, so a
few pages that hold each word once tell all there is to know. Words stand between blanks.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from plugins.search.engine import run_pagefind
from plugins.search.packing import IndexFormatError, item, unpacked

WORDS_A_PAGE = 2_000
USUAL_WEIGHT = 25
"""What Pagefind's index takes for granted until it says otherwise."""
_PRIVATE = "___"
"""Pagefind keeps words that begin so for marks of its own."""


class Stem(NamedTuple):
    """What a word is found by, and how it was accented (empty: not at all)."""

    stem: str
    form: str


class Entry(NamedTuple):
    """A place that a word has in the index."""

    stem: Stem
    weight: int


Lexicon = dict[str, tuple[Entry, ...]]


def words_of(text: str) -> list[str]:
    """The words of a text, as Pagefind counts them."""
    return text.replace("\u200b", "").split()


def look_up(words: Iterable[str], language: str) -> Lexicon:
    """Ask Pagefind about words; what it does not index has no entries."""
    wanted = sorted(set(words))
    asked = [word for word in wanted if _PRIVATE not in word]
    pages = [asked[at : at + WORDS_A_PAGE] for at in range(0, len(asked), WORDS_A_PAGE)]
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    if pages:
        with TemporaryDirectory() as folder:
            for word, entry in _answers(pages, Path(folder), language):
                found[word].append(entry)
    return {word: tuple(sorted(found[word])) for word in wanted}


def _answers(pages: list[list[str]], folder: Path, language: str) -> Iterator[tuple[str, Entry]]:
    for number, words in enumerate(pages):
        page = folder / "pages" / str(number) / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(_word_list(words, language), "utf-8")
    made = folder / "made"
    run_pagefind(folder / "pages", made)
    (meta,) = (item(path) for path in made.glob("*.pf_meta"))
    by_number = [_words_listed(made, name, pages) for name, _ in meta[1]]
    for path in sorted((made / "index").iterdir()):
        for stem, bare, accented in item(path)[0]:
            for form, places in (("", bare), *accented):
                for number, position, weight in _decoded(places):
                    yield by_number[number][position], Entry(Stem(stem, form), weight)


def _word_list(words: list[str], language: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"></head>'
        f"<body data-pagefind-body>{escape(' '.join(words))}</body></html>"
    )


def _words_listed(made: Path, name: str, pages: list[list[str]]) -> list[str]:
    """The list that Pagefind read; its order and its number of words must be ours."""
    path = made / "fragment" / f"{name}.pf_fragment"
    said = json.loads(unpacked(path))
    words = pages[int(said["url"].strip("/"))]
    if said["content"] != " ".join(words) or said["word_count"] != len(words):
        raise IndexFormatError(str(path))
    return words


def _decoded(places: list[Any]) -> Iterator[tuple[int, int, int]]:
    """Page, position and weight of each place of a stem."""
    numbers = accumulate(place[0] for place in places)
    for number, (_, positions, _) in zip(numbers, places, strict=True):
        weight, position = USUAL_WEIGHT, 0
        for value in positions:
            if value < 0:
                weight, position = -value - 1, 0
            else:
                position += value
                yield number, position, weight
