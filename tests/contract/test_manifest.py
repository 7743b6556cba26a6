"""The written schema, the builder's manifest and the service's reader say the same."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from manifest_contract import SCHEMA, manifest_faults, schema_faults

from paywall.errors import ManifestError
from paywall.site.manifest import read_manifest

PAGE = "/numeros/812-lumiere/la-tache-de-fresnel/"
ENTRY = {
    "access": "subscriber",
    "issue": "812-lumiere",
    "opens": "2027-10-31T23:00:00Z",
    "published": "2026-11-01",
}


def without(field: str) -> dict[str, object]:
    return {name: value for name, value in ENTRY.items() if name != field}


ALONE = {"access": "registered", "issue": None, "opens": None, "published": None}
GOOD = {
    "version": 2,
    "pages": {PAGE: ENTRY, "/recherche/éther/": ALONE},
    "files": {"/images/3f2a9c01/": [PAGE]},
}

# Refused by the schema; the last column tells whether the service closes the whole tree.
BAD: dict[str, tuple[dict[str, Any], bool]] = {
    "another version": ({"version": 3}, True),
    "version as text": ({"version": "2"}, True),
    "unknown member": ({"comment": ""}, True),
    "pages as a list": ({"pages": []}, True),
    "entry without issue": ({"pages": {PAGE: without("issue")}}, True),
    "unknown field in an entry": ({"pages": {PAGE: ENTRY | {"until": None}}}, True),
    "date without time zone": ({"pages": {PAGE: ENTRY | {"opens": "2027-10-31T23:00:00"}}}, True),
    "a day, not an instant": ({"pages": {PAGE: ENTRY | {"opens": "2027-10-31"}}}, True),
    "a day of publication that is an instant": (
        {"pages": {PAGE: ENTRY | {"published": "2026-11-01T00:00:00Z"}}},
        True,
    ),
    "access nobody has heard of": ({"pages": {PAGE: ENTRY | {"access": "patron"}}}, False),
    "public page listed": ({"pages": {PAGE: ENTRY | {"access": "public"}}}, False),
    "page without slash": ({"pages": {PAGE.rstrip("/"): ENTRY}}, False),
    "page above the root": ({"pages": {"/../" + PAGE[1:]: ENTRY}}, False),
    "empty segment": ({"pages": {"/" + PAGE: ENTRY}}, False),
    "directory of nobody": ({"files": {"/images/3f2a9c01/": []}}, False),
    "file in place of a directory": ({"files": {"/images/3f2a9c01/x.avif": [PAGE]}}, False),
}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for tree in ("public", "members"):
        for page in GOOD["pages"]:
            write(tmp_path / tree / page[1:] / "index.html")
    write(tmp_path / "members" / "images" / "3f2a9c01" / "x-800.avif")
    (tmp_path / "manifest.json").write_text(json.dumps(GOOD), "utf-8")
    return tmp_path


def write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


def test_a_whole_tree_has_no_fault(output: Path) -> None:
    assert manifest_faults(output) == []


def test_the_service_reads_what_the_schema_allows() -> None:
    manifest = read_manifest(json.dumps(GOOD).encode())
    (entry,) = manifest.entries(PAGE) or ()
    assert (entry.access, entry.issue) == ("subscriber", "812-lumiere")
    assert entry.opens is not None
    assert entry.opens.isoformat() == "2027-10-31T23:00:00+00:00"
    assert manifest.entries("/images/3f2a9c01/x-800.avif") == (entry,)
    assert manifest.entries("/images/3f2a9c01/autre/x-800.avif") is None
    assert manifest.entries("/") is None


def test_the_service_still_reads_the_former_version() -> None:
    """It is deployed first: until the next build, the tree is an old one."""
    former = {"version": 1, "pages": {PAGE: without("published")}, "files": {}}
    (entry,) = read_manifest(json.dumps(former).encode()).entries(PAGE) or ()
    assert (entry.access, entry.issue) == ("subscriber", "812-lumiere")


def test_the_schema_wants_the_day_of_publication_of_every_page() -> None:
    assert list(schema_faults(GOOD | {"pages": {PAGE: without("published")}}))


@pytest.mark.parametrize("name", BAD)
def test_the_schema_refuses_what_would_be_misread(name: str) -> None:
    changes, closes_everything = BAD[name]
    document = deepcopy(GOOD) | changes
    assert list(schema_faults(document))
    if closes_everything:
        with pytest.raises(ManifestError):
            read_manifest(json.dumps(document).encode())


def test_the_service_refuses_a_date_that_does_not_exist() -> None:
    """A pattern cannot tell; the reader can."""
    document = GOOD | {"pages": {PAGE: ENTRY | {"opens": "2027-02-30T23:00:00Z"}}}
    with pytest.raises(ManifestError):
        read_manifest(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("missing", "fault"),
    [
        ("public" + PAGE + "index.html", "missing from public/"),
        ("members" + PAGE + "index.html", "missing from members/"),
        ("members/images/3f2a9c01/x-800.avif", "holds no file"),
    ],
)
def test_a_listed_file_that_is_missing_is_a_fault(output: Path, missing: str, fault: str) -> None:
    (output / missing).unlink()
    assert any(fault in said for said in manifest_faults(output))


def test_a_members_file_listed_nowhere_is_a_fault(output: Path) -> None:
    write(output / "members" / "oublie" / "index.html")
    assert any("oublie" in said for said in manifest_faults(output))


def test_a_directory_shown_by_a_public_page_is_a_fault(output: Path) -> None:
    document = GOOD | {"files": {"/images/3f2a9c01/": ["/"]}}
    (output / "manifest.json").write_text(json.dumps(document), "utf-8")
    assert any("not a gated page" in said for said in manifest_faults(output))


def test_the_example_of_the_document_follows_the_schema() -> None:
    text = SCHEMA.with_name("manifest.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert list(schema_faults(json.loads(example))) == []
    read_manifest(example.encode())
