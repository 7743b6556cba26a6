"""Writes the search index of public pages."""

from pathlib import Path
from typing import Any

from pelican.generators import Generator

from plugins.search.index import write_index


class SearchGenerator(Generator):  # type: ignore[misc]
    """Indexes what anybody may read: gated articles by their title and preview."""

    stage = 70

    def generate_output(self, _writer: Any) -> None:
        """Write ``public/pagefind/``."""
        edition = self.context["edition"]
        public = (page for page in edition.pages if page.tree == "public")
        records = ((page.url, page.search) for page in public if page.search)
        folder, settings = Path(self.output_path) / "public" / "pagefind", edition.settings
        write_index(records, folder, settings.content_lang, settings.cache / "search")
