"""``manifest.json``: who may read what. Its schema is ``docs/manifest.schema.json``."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from plugins.magazine.data_files import utc
from plugins.magazine.graph import Article
from plugins.magazine.page import Page

VERSION = 2


def manifest(pages: Iterable[Page], files: Mapping[str, list[str]]) -> dict[str, Any]:
    """Gated pages with what they take, and folders of gated files with their pages."""
    gated = {
        page.url: {
            "access": page.gate.access,
            "issue": page.gate.issue,
            "opens": utc(page.gate.opens),
            "published": _published(page),
        }
        for page in pages
        if page.tree == "members" and page.gate
    }
    return {"version": VERSION, "pages": gated, "files": dict(files)}


def _published(page: Page) -> date | None:
    """The day of a page's issue: a subscription that ran then keeps it, whole."""
    if not isinstance(page.about, Article):
        return None
    issue = page.about.issue
    return issue.fields.date if issue else page.about.fields.date
