"""Writes the Pagefind index from the search records of public pages."""

import asyncio
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pagefind.index import IndexConfig, PagefindIndex
from pelican.generators import Generator

from plugins.magazine.page import Page
from plugins.search.engine import Engine
from plugins.search.settle import settle

_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
"""Pagefind's own interfaces: the search page has its own."""


class SearchGenerator(Generator):  # type: ignore[misc]
    """Indexes what anybody may read: gated articles by their title and preview."""

    stage = 70

    def generate_output(self, _writer: Any) -> None:
        """Write ``public/pagefind/``."""
        edition = self.context["edition"]
        pages = [p for p in edition.pages if p.search and p.tree == "public"]
        output = Path(self.output_path) / "public" / "pagefind"
        asyncio.run(_index(pages, output, edition.settings.content_lang))
        settle(output)
        for pattern in _UNUSED:
            for file in output.glob(pattern):
                shutil.rmtree(file) if file.is_dir() else file.unlink()


async def _index(pages: Iterable[Page], output: Path, language: str) -> None:
    async with Engine() as engine:
        index = await engine.create_index(IndexConfig(output_path=str(output)))
        for page in pages:
            await _add(index, page, language)
        await index.write_files()


async def _add(index: PagefindIndex, page: Page, language: str) -> None:
    record = page.search
    assert record is not None  # noqa: S101 (the caller chose pages that have one)
    filters = {"kind": [record.kind]}
    filters |= {name: list(dict.fromkeys(values)) for name, values in record.filters.items()}
    meta = {"title": record.title, "kind": record.kind} | record.meta
    await index.add_custom_record(
        url=page.url,
        content=record.text,
        language=language,
        meta={key: value for key, value in meta.items() if value},
        filters={name: values for name, values in filters.items() if values},
        sort={"date": record.sort_date or "0000"},
    )
