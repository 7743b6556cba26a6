"""Makes a Pagefind index of search records.

Pagefind's command reads a small page a record. Its Python client is left alone: up to
version 1.5.2 it sleeps a tenth of a second a record, and may end the engine while files
are being written (https://github.com/Pagefind/pagefind/issues/1271).
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from plugins.magazine.page import SearchRecord
from plugins.search.settle import settle

UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
"""Pagefind's own interfaces: the search page has its own."""


class SearchIndexError(Exception):
    """Pagefind made no index; the message is what it said."""


def write_index(records: Iterable[tuple[str, SearchRecord]], output: Path, language: str) -> None:
    """Write the index of records, each with its address, in a folder that does not exist yet.

    Pagefind works in a folder of its own: should the build be killed, it writes nowhere else.
    """
    with TemporaryDirectory() as folder:
        pages, made = Path(folder, "pages"), Path(folder, "made")
        for url, record in records:
            page = pages / url.lstrip("/") / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(record_page(record, language), "utf-8")
        if pages.exists():
            _run_pagefind(pages, made)
            settle(made)
            shutil.copytree(made, output, ignore=shutil.ignore_patterns(*UNUSED))


def record_page(record: SearchRecord, language: str) -> str:
    """The page that Pagefind reads in the place of the real one."""
    said = "".join(
        f'<meta data-pagefind-{kind}="{name}[content]" content="{escape(value)}">'
        for kind, name, value in _said(record)
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">{said}</head>'
        f"<body data-pagefind-body>{escape(record.text)}</body></html>"
    )


def _said(record: SearchRecord) -> Iterator[tuple[str, str, str]]:
    """What results show, what they are filtered by and what they are sorted by."""
    meta = {"title": record.title, "kind": record.kind} | record.meta
    yield from (("meta", name, value) for name, value in meta.items() if value)
    for name, values in {"kind": (record.kind,), **record.filters}.items():
        yield from (("filter", name, value) for value in dict.fromkeys(values))
    yield "sort", "date", record.sort_date or "0000"


def _run_pagefind(pages: Path, made: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(made)]
    done = subprocess.run(  # noqa: S603 (our own interpreter and paths)
        command, cwd=pages, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        raise SearchIndexError(done.stdout + done.stderr)
