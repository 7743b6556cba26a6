"""``issues.json``: what may be sold one by one. Its schema is ``docs/issues.schema.json``."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from plugins.magazine.data_files import utc
from plugins.magazine.graph import Issue
from plugins.magazine.moments import midnight
from plugins.magazine.typography import set_plain

VERSION = 1


def issues(ordered: Iterable[Issue], zone: ZoneInfo) -> dict[str, Any]:
    """Every issue with its own access, in the order given; its articles may have another."""
    return {"version": VERSION, "issues": [_issue(issue, zone) for issue in ordered]}


def _issue(issue: Issue, zone: ZoneInfo) -> dict[str, Any]:
    fields = issue.fields
    return {
        "slug": issue.slug,
        "number": fields.number,
        "title": set_plain(fields.title),
        "url": issue.url,
        "published": fields.date,
        "access": fields.access,
        "opens": utc(midnight(fields.opens, zone) if fields.opens else None),
    }
