"""What the other files for the service owe to it. Run it on any built tree."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

DOCS = Path(__file__).parents[2] / "docs"


def read(output: Path, name: str) -> Any:
    return json.loads((output / f"{name}.json").read_bytes())


def schema_faults(name: str, document: object) -> list[str]:
    """What in a document is against the written schema of such files."""
    schema = json.loads((DOCS / f"{name}.schema.json").read_text("utf-8"))
    errors = Draft202012Validator(schema).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in errors]


def issues_faults(output: Path) -> list[str]:
    """What is wrong with a tree's issues, by themselves and beside the manifest."""
    document = read(output, "issues")
    return schema_faults("issues", document) or list(_issues(document, output))


def feed_faults(output: Path) -> list[str]:
    """What is wrong with a tree's full texts, by themselves and beside the manifest."""
    document = read(output, "feed")
    return schema_faults("feed", document) or list(_feed(document, output))


def _issues(document: dict[str, Any], output: Path) -> Iterator[str]:
    issues = document["issues"]
    days = [issue["published"] for issue in issues]
    if days != sorted(days, reverse=True):
        yield "not the newest first"
    for issue in issues:
        if not (output / "public" / issue["url"].lstrip("/") / "index.html").is_file():
            yield f"{issue['slug']}: no page at {issue['url']}"
    slugs = [issue["slug"] for issue in issues]
    if len(set(slugs)) < len(slugs):
        yield "one slug for two issues"
    for page, entry in read(output, "manifest")["pages"].items():
        if entry["issue"] is not None and entry["issue"] not in slugs:
            yield f"{page}: of an issue that is not there, {entry['issue']}"


def _feed(document: dict[str, Any], output: Path) -> Iterator[str]:
    gated, home = read(output, "manifest"), document["home"]
    for item in document["items"]:
        path = item["path"]
        if (item["full_html"] is not None) != (path in gated["pages"]):
            yield f"{path}: gated here and public in the manifest, or the reverse"
        for html in filter(None, (item["preview_html"], item["full_html"])):
            yield from _addresses(path, html)
        shown = re.findall(r'src="([^"]*)"', item["full_html"] or item["preview_html"])
        if [home.rstrip("/") + image for image in item["images"]] != list(dict.fromkeys(shown)):
            yield f"{path}: shows {shown}"
        for image in item["images"]:
            yield from _image(image, path, gated, output)


def _addresses(path: str, html: str) -> Iterator[str]:
    for address in re.findall(r'(?:href|src)="([^"]*)"', html):
        if not re.match(r"https?://|mailto:|tel:", address):
            yield f"{path}: {address} cannot be followed from elsewhere"
    if "srcset" in html:
        yield f"{path}: formats that a feed reader may not show"


def _image(image: str, path: str, gated: dict[str, Any], output: Path) -> Iterator[str]:
    """A public image is public; a gated one opens with the page that shows it."""
    owners = gated["files"].get(image[: image.rindex("/") + 1])
    tree = "public" if owners is None else "members"
    if not (output / tree / image.lstrip("/")).is_file():
        yield f"{path}: {image} is not in {tree}/"
    if owners is not None and path not in owners:
        yield f"{path}: {image} is not opened by this page"
