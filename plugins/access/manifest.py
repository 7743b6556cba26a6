"""``manifest.json``: who may read what. Its schema is ``docs/manifest.schema.json``."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from plugins.magazine.page import Page

VERSION = 1


def manifest(pages: Iterable[Page], files: Mapping[str, list[str]]) -> dict[str, Any]:
    """Gated pages with what they take, and folders of gated files with their pages."""
    gated = {
        page.url: {
            "access": page.gate.access,
            "issue": page.gate.issue,
            "opens": _utc(page.gate.opens),
        }
        for page in pages
        if page.tree == "members" and page.gate
    }
    return {"version": VERSION, "pages": gated, "files": dict(files)}


def encoded(content: dict[str, Any]) -> bytes:
    """One canonical spelling: keys in order, so that equal means identical."""
    written = msgspec.json.encode(content, order="deterministic")
    return msgspec.json.format(written, indent=1) + b"\n"


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
