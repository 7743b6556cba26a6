"""A Pagefind index, read as its engine in the browser reads it."""

import gzip
import json
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import cbor2
from magazine_factory import Result

MARK = b"pagefind_dcd"


def fragments(result: Result) -> dict[str, dict[str, Any]]:
    """What search knows of each page, by address."""
    found = {}
    for path in (result.output / "public" / "pagefind" / "fragment").iterdir():
        record = json.loads(content(path))
        found[record["url"]] = record
    return found


def entry(result: Result) -> dict[str, Any]:
    """Where the engine starts reading."""
    return json.loads((result.output / "public" / "pagefind" / "pagefind-entry.json").read_bytes())


def content(path: Path) -> bytes:
    unzipped = gzip.decompress(path.read_bytes())
    assert unzipped.startswith(MARK)
    return unzipped.removeprefix(MARK)


@dataclass
class Index:
    """All that an index says, with addresses in the place of numbers and of names."""

    pages: dict[str, dict[str, Any]]
    lengths: dict[str, int]
    words: dict[str, dict[str, dict[str, Any]]]
    chunks: list[tuple[str, str]]
    filters: dict[str, dict[str, set[str]]]
    orders: dict[str, list[str]]
    fields: list[str]


def read_index(folder: Path) -> Index:
    (meta,) = folder.glob("*.pf_meta")
    _, pages, chunks, filters, orders, fields = cbor2.loads(content(meta))
    said = [json.loads(content(folder / "fragment" / f"{n}.pf_fragment")) for n, _ in pages]
    urls = [page["url"] for page in said]
    words = [
        word
        for *_, name in chunks
        for word in cbor2.loads(content(folder / "index" / f"{name}.pf_index"))[0]
    ]
    kept = [cbor2.loads(content(folder / "filter" / f"{n}.pf_filter")) for _, n in filters]
    return Index(
        pages=dict(zip(urls, said, strict=True)),
        lengths={url: length for url, (_, length) in zip(urls, pages, strict=True)},
        words={
            stem: {form: _places(at, urls) for form, at in (("", bare), *forms)}
            for stem, bare, forms in words
        },
        chunks=[(first, last) for first, last, _ in chunks],
        filters={name: {v: {urls[n] for n in at} for v, at in values} for name, values in kept},
        orders={name: [urls[number] for number in numbers] for name, numbers in orders},
        fields=list(fields),
    )


def _places(postings: list[Any], urls: list[str]) -> dict[str, Any]:
    numbers = accumulate(posting[0] for posting in postings)
    return {urls[n]: places for n, (_, *places) in zip(numbers, postings, strict=True)}
