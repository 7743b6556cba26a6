"""Runs Pagefind's command, and takes from it what runs in the browser.

Its Python client is left alone: up to version 1.5.2 it sleeps a tenth of a second a record, and
may end the engine while files are being written (https://github.com/Pagefind/pagefind/issues/1271).
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

SCRIPTS = ("pagefind.js", "pagefind-worker.js")
"""Its own interfaces are not published: the search page has its own."""
_ENTRY = "pagefind-entry.json"


class SearchIndexError(Exception):
    """Pagefind made no index; the message is what it said."""


def pagefind_version() -> str:
    """The version of the engine, which says how words are stemmed and files are written."""
    return version("pagefind-bin")


def run_pagefind(pages: Path, made: Path) -> None:
    """Index a folder of pages into another, which Pagefind makes."""
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(made)]
    done = subprocess.run(  # noqa: S603 (our own interpreter and paths)
        command, cwd=pages, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        raise SearchIndexError(done.stdout + done.stderr)


def engine_files(language: str) -> dict[str, bytes]:
    """The scripts and the engine that run in the browser, and the entry of an index."""
    with TemporaryDirectory() as aside:
        pages, made = Path(aside, "pages"), Path(aside, "made")
        pages.mkdir()
        page = f'<html lang="{language}"><body data-pagefind-body>{language}</body></html>'
        (pages / "index.html").write_text(page, "utf-8")
        run_pagefind(pages, made)
        wasm = (path.name for path in made.glob(f"wasm.{language}.pagefind"))
        names = (*SCRIPTS, "wasm.unknown.pagefind", _ENTRY, *wasm)
        return {name: (made / name).read_bytes() for name in names}


def entry_file(
    engine: Mapping[str, bytes], language: str, index: str, pages: int
) -> dict[str, bytes]:
    """The entry, which leads to the root of an index of so many pages."""
    entry = json.loads(engine[_ENTRY])
    entry["languages"][language] |= {"hash": index, "page_count": pages}
    text = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return {_ENTRY: text.encode()}
