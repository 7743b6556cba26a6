"""What a page's head tells browsers, search engines and social networks."""

import json
from typing import Any

from magazine_factory import Result
from published import read_page

SITE = "http://localhost:8000"


def metas(result: Result, url: str) -> dict[str, str]:
    """The contents of ``<meta>`` elements by name or property; no name stands twice."""
    found: dict[str, str] = {}
    for meta in read_page(result.public(url)).xpath("//head/meta[@name or @property]"):
        name = meta.get("name") or meta.get("property")
        if name != "theme-color":  # once for each colour scheme
            assert name not in found, name
            found[name] = meta.get("content")
    return found


def links(result: Result, url: str, rel: str) -> list[dict[str, str]]:
    """The ``<link>`` elements of one kind."""
    found = read_page(result.public(url)).xpath(f'//head/link[@rel="{rel}"]')
    return [dict(link.attrib) for link in found]


def json_ld(result: Result, url: str) -> dict[str, dict[str, Any]]:
    """The structured data of a page, by type."""
    scripts = read_page(result.public(url)).xpath('//script[@type="application/ld+json"]')
    documents = [json.loads(script.text) for script in scripts]
    assert all(document["@context"] == "https://schema.org" for document in documents)
    by_type = {document["@type"]: document for document in documents}
    assert len(by_type) == len(documents)
    return by_type
