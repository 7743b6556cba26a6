"""The schemas of what the build hands to the service refuse what would be misread."""

from copy import deepcopy
from typing import Any

import pytest
from service_contract import schema_faults

ISSUE = {
    "slug": "812-lumiere",
    "number": 812,
    "title": "La lumière",
    "url": "/numeros/812-lumiere/",
    "published": "2026-11-01",
    "access": "subscriber",
    "opens": "2027-10-31T23:00:00Z",
}
ITEM = {
    "path": "/numeros/812-lumiere/la-tache/",
    "guid": "urn:uuid:6fa459ea-ee8a-5ca4-894e-db77e160355e",
    "title": "La tache",
    "summary": "Au milieu de l’ombre, un point de lumière.",
    "published_at": "2026-10-31T23:00:00Z",
    "updated_at": "2026-10-31T23:00:00Z",
    "authors": ["Émilie Aubrac"],
    "themes": ["Optique"],
    "preview_html": "<p>Un début.</p>",
    "full_html": "<p>Un début.</p><p>Une suite.</p>",
    "images": ["/images/3f2a9c01/disque-970.jpg"],
}
GOOD: dict[str, dict[str, Any]] = {
    "issues": {"version": 1, "issues": [ISSUE, ISSUE | {"access": "public", "opens": None}]},
    "feed": {
        "version": 1,
        "title": "La Gazette",
        "description": "Une revue.",
        "language": "fr",
        "home": "https://revue.example/",
        "items": [ITEM, ITEM | {"full_html": None, "authors": [], "images": []}],
    },
}


def issue(**changes: object) -> dict[str, object]:
    return {"issues": [ISSUE | changes]}


def item(**changes: object) -> dict[str, object]:
    return {"items": [ITEM | changes]}


BAD: dict[str, tuple[str, dict[str, object]]] = {
    "another version of issues": ("issues", {"version": 2}),
    "issues by slug": ("issues", {"issues": {"812-lumiere": ISSUE}}),
    "an issue without a slug": ("issues", {"issues": [{"number": 812}]}),
    "an issue that is published at an instant": ("issues", issue(published="2026-11-01T00:00:00Z")),
    "an issue that opens on a day": ("issues", issue(opens="2027-11-01")),
    "an access nobody has heard of": ("issues", issue(access="patron")),
    "an unknown field of an issue": ("issues", issue(price=12)),
    "an address elsewhere": ("issues", issue(url="https://example.org/")),
    "another version of the feed": ("feed", {"version": 2}),
    "a home without a host": ("feed", {"home": "/"}),
    "too many items": ("feed", {"items": [ITEM] * 51}),
    "an item without its full text": ("feed", {"items": [{"path": "/a/"}]}),
    "an item without a preview": ("feed", item(preview_html=None)),
    "an unknown field of an item": ("feed", item(access="public")),
    "an item under a name of its own": ("feed", item(guid="/numeros/812-lumiere/la-tache/")),
    "an image of a format that few show": ("feed", item(images=["/images/3f2a9c01/x-970.avif"])),
    "an image elsewhere": ("feed", item(images=["https://example.org/images/a/x.jpg"])),
    "a moment without a zone": ("feed", item(updated_at="2026-11-01T00:00:00")),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_schema_takes_what_it_describes(name: str) -> None:
    assert schema_faults(name, GOOD[name]) == []


@pytest.mark.parametrize("case", BAD)
def test_a_schema_refuses_what_would_be_misread(case: str) -> None:
    name, changes = BAD[case]
    assert schema_faults(name, deepcopy(GOOD[name]) | changes)
