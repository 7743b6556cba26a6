"""Files of the content format: front matter in plain YAML, then a body."""

import json
from collections.abc import Mapping
from pathlib import Path


def write_entry(path: Path, fields: Mapping[str, object], body: str = "") -> None:
    """Write a Markdown file; fields without a value are left out."""
    lines = [f"{name}: {_yaml(value)}" for name, value in fields.items() if value not in (None, ())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["---", *lines, "---", "", body]), "utf-8")


def _yaml(value: object) -> str:
    """One line of YAML: JSON is a subset of it; dates are written as they read."""
    return json.dumps(value, ensure_ascii=False, default=str)
