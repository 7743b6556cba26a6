"""Plans the search index of public pages."""

import shutil
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from plugins.magazine.page import Page
from plugins.press.plan import Leaf
from plugins.search.index import write_index


class SearchGenerator(Generator):  # type: ignore[misc]
    """Indexes what anybody may read: gated articles by their title and preview."""

    stage = 70

    def generate_output(self, _writer: Any) -> None:
        """Plan ``public/pagefind/``."""
        edition, keys, plan = (self.context[name] for name in ("edition", "keys", "plan"))
        pages = [page for page in edition.pages if page.tree == "public" and page.search]
        key = keys.of("search", tuple(keys.record(page) for page in pages))
        folder = edition.settings.cache / "search" / key.hex()
        language = edition.settings.content_lang
        plan.add(Leaf("public/pagefind/", key, partial(_made, pages, folder, language)))


def _made(pages: list[Page], folder: Path, language: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_index(((page.url, page.search(page)) for page in pages if page.search), folder, language)
    return folder
