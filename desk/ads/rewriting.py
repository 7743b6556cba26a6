"""Writes a decision into a booking's file, and leaves every other byte of it as it is."""

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path

import yaml

from plugins.magazine.booking import ApprovalFields, Status
from plugins.magazine.front_matter import FENCE
from plugins.magazine.messages import tell


class RewritingError(Exception):
    """The front matter is written in a way that cannot be added to."""


def decided(text: str, status: Status, approval: ApprovalFields | None = None) -> str:
    """A booking's file with its status, and with its approval if one is given."""
    start, end = _front(text)
    front = text[start:end]
    fields = _fields(front)
    edits = [(*_span(front, *fields["status"]), f"status: {status}")]
    if approval:
        line_end = "\r\n" if front.endswith("\r\n") else "\n"
        said = line_end.join(_lines(approval))
        if "approval" in fields:
            edits.append((*_span(front, *fields["approval"]), said))
        else:
            edits.append((len(front), len(front), said + line_end))
    for first, last, words in sorted(edits, reverse=True):
        front = front[:first] + words + front[last:]
    return text[:start] + front + text[end:]


def write_whole(file: Path, content: bytes) -> None:
    """Put a file in the place of another, with its rights: whoever reads it finds one, whole."""
    aside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("xb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        aside.chmod(file.stat().st_mode & 0o777)
        aside.replace(file)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()


def _lines(approval: ApprovalFields) -> tuple[str, ...]:
    return (
        "approval:",
        f"  by: {json.dumps(approval.by, ensure_ascii=False)}",
        f"  date: {approval.date.isoformat()}",
        f'  sha256: "{approval.sha256}"',
    )


def _front(text: str) -> tuple[int, int]:
    """Where the fields begin and end, between the two fences."""
    lines = text.splitlines(keepends=True)
    closing = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE)
    return len(lines[0]), sum(map(len, lines[:closing]))


def _fields(front: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """The nodes of each field; Python's own parser, whose places are in characters."""
    node = yaml.compose(front, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise RewritingError(tell("l’en-tête tient entre accolades : mettez un champ par ligne"))
    return {key.value: (key, value) for key, value in node.value}


def _span(front: str, key: yaml.Node, value: yaml.Node) -> tuple[int, int]:
    """From a field's name to the end of its value, without the comments that follow."""
    return key.start_mark.index, len(front[: _end(value)].rstrip())


def _end(node: yaml.Node) -> int:
    """Where the last word of a value ends; a block goes on, for YAML, up to the next field."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return max(_end(value) for _, value in node.value)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return max(map(_end, node.value))
    end: int = node.end_mark.index
    return end
