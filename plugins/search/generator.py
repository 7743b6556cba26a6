"""Plans the search index of public pages."""

from functools import partial
from typing import Any

from pelican.generators import Generator

from plugins.magazine.page import Page, SearchRecord
from plugins.press.plan import Folder, Leaf, Stage
from plugins.search.index import index_files, is_lasting
from plugins.search.library import Entry, Library


class SearchGenerator(Generator):  # type: ignore[misc]
    """Indexes what anybody may read: gated articles by their title and preview."""

    stage = 5
    """Before the rest is planned, which need not be waited for."""

    replans = True

    def generate_output(self, _writer: Any) -> None:
        """Plan ``public/pagefind/``."""
        edition, keys, plan = (self.context[name] for name in ("edition", "keys", "plan"))
        settings = edition.settings
        entries = [
            Entry(page.url, page.search_date, keys.record(page), partial(_record, page))
            for page in edition.pages
            if page.search and page.tree == "public"
        ]
        if entries:
            library = Library(entries, settings.cache / "search", settings.content_lang)
            made = partial(_folder, library)
            key = keys.of("search", tuple(entry.key for entry in entries))
            apart = library.is_nearly_built
            leaf = Leaf("public/pagefind/", key, made, Stage.SEARCH, is_lasting, apart=apart)
            plan.add(leaf)


def _folder(library: Library) -> Folder:
    return Folder(index_files(library))


def _record(page: Page) -> SearchRecord:
    assert page.search is not None  # noqa: S101 (asked of pages that have one)
    record = page.search(page)
    page.forget()
    return record
