"""What an output tree owes to its readers. Run it on any tree: a fixture's or a build's."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from paywall.site.manifest import read_manifest
from paywall.site.paths import file_of, read_path, spell

SCHEMA = Path(__file__).parents[2] / "docs" / "manifest.schema.json"


def manifest_faults(output: Path) -> list[str]:
    """Return everything wrong with a tree's manifest, in words; nothing if all is well."""
    source = (output / "manifest.json").read_bytes()
    document = json.loads(source)
    faults = list(schema_faults(document))
    if not faults:
        read_manifest(source)  # raises where the service would close everything
        faults = [*path_faults(document), *tree_faults(document, output)]
    return faults


def schema_faults(document: object) -> Iterator[str]:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for error in Draft202012Validator(schema).iter_errors(document):
        yield f"{error.json_path}: {error.message}"


def path_faults(document: dict[str, Any]) -> Iterator[str]:
    for path in (*document["pages"], *document["files"]):
        if read_path(spell(path)) != path:
            yield f"{path}: not canonical"
    for directory, pages in document["files"].items():
        for page in pages:
            if page not in document["pages"]:
                yield f"{directory}: shown by {page}, which is not a gated page"


def tree_faults(document: dict[str, Any], output: Path) -> Iterator[str]:
    """Compare the manifest with the trees, both ways."""
    listed = set()
    for page in document["pages"]:
        listed.add(output / "members" / file_of(page))
        for tree in ("public", "members"):
            if not (output / tree / file_of(page)).is_file():
                yield f"{page}: missing from {tree}/"
    for directory in document["files"]:
        files = set(files_of(output / "members" / directory[1:]))
        listed |= files
        if not files:
            yield f"{directory}: holds no file in members/"
    for file in (output / "members").rglob("*"):
        if file.is_file() and file not in listed:
            yield f"{file.relative_to(output)}: listed nowhere, so served to nobody"


def files_of(directory: Path) -> Iterator[Path]:
    if directory.is_dir():
        yield from (file for file in directory.iterdir() if file.is_file())
