"""A Pagefind index, read as its engine in the browser reads it."""

import gzip
import json
from typing import Any

from magazine_factory import Result

MARK = b"pagefind_dcd"


def fragments(result: Result) -> dict[str, dict[str, Any]]:
    """What search knows of each page, by address."""
    found = {}
    for path in (result.output / "public" / "pagefind" / "fragment").iterdir():
        content = gzip.decompress(path.read_bytes())
        assert content.startswith(MARK)
        record = json.loads(content.removeprefix(MARK))
        found[record["url"]] = record
    return found


def entry(result: Result) -> dict[str, Any]:
    """Where the engine starts reading."""
    return json.loads((result.output / "public" / "pagefind" / "pagefind-entry.json").read_bytes())
