"""The index that Pagefind makes by itself of the same records, from a page each."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from patience import PATIENCE_SECONDS

from plugins.magazine.page import SearchRecord


def index_alone(records: Iterable[tuple[str, SearchRecord]], folder: Path) -> Path:
    pages, made = folder / "pages", folder / "made"
    for url, record in records:
        page = pages / url.lstrip("/") / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(_page(record), "utf-8")
    command = [sys.executable, "-m", "pagefind", "--site", pages, "--output-path", made]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
    return made


def _page(record: SearchRecord) -> str:
    said = "".join(
        f'<meta data-pagefind-{kind}="{name}[content]" content="{escape(value)}">'
        for kind, name, value in _said(record)
    )
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8">{said}</head>'
        f"<body data-pagefind-body>{escape(record.text)}</body></html>"
    )


def _said(record: SearchRecord) -> Iterator[tuple[str, str, str]]:
    meta = {"title": record.title, "kind": record.kind} | record.meta
    yield from (("meta", name, value) for name, value in meta.items() if value)
    for name, values in {"kind": (record.kind,), **record.filters}.items():
        yield from (("filter", name, value) for value in dict.fromkeys(values))
    yield "sort", "date", record.sort_date or "0000"
