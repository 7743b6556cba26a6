"""YAML front matter as plain strings, lists and mappings, each with its line.

Scalars stay strings: the schema gives them their type. So ``no`` is never ``False``,
and an impossible date is one problem in one field rather than the end of the file.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from plugins.magazine.messages import tell

FENCE = "---"
Location = tuple[str | int, ...]


class FrontMatterError(ValueError):
    """The front matter cannot be read. ``line`` counts from 1 in the file."""

    def __init__(self, line: int, field_name: str, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.field = field_name


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields, the line of each, and the body with the line it starts on."""

    fields: dict[str, Any]
    lines: dict[Location, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def line_of(self, location: Location) -> int:
        """The line of a field, or of the nearest one that encloses it."""
        for end in range(len(location), 0, -1):
            if location[:end] in self.lines:
                return self.lines[location[:end]]
        return 1


def read_text(path: Path) -> str:
    """The text of a file; raises :class:`FrontMatterError` when it cannot be read."""
    return decoded(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; raises :class:`FrontMatterError` when they cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        unreadable = tell("illisible : {error}", error=error.strerror)
        raise FrontMatterError(1, "path", unreadable) from error


def decoded(content: bytes) -> str:
    """UTF-8 as text, line ends alike; raises :class:`FrontMatterError` for anything else."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FrontMatterError(line, "encoding", tell("le fichier n’est pas en UTF-8")) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_front_matter(text: str) -> FrontMatter:
    """Split a file into its fields and its body; raises :class:`FrontMatterError`."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != FENCE:
        raise FrontMatterError(1, "front matter", tell("le fichier ne commence pas par « --- »"))
    closing = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if closing is None:
        raise FrontMatterError(
            1, "front matter", tell("le second « --- », qui ferme l’en-tête, manque")
        )
    fields, where = read_yaml("".join(lines[1:closing]), first_line=2)
    return FrontMatter(fields, where, "".join(lines[closing + 1 :]), closing + 2)


def read_yaml(text: str, first_line: int = 1) -> tuple[dict[str, Any], dict[Location, int]]:
    """Read a YAML mapping as strings, lists and mappings, with the line of every value."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        message = tell("YAML illisible : {problem}", problem=error.problem or error.context)
        message += _remedy(str(error.problem))
        raise FrontMatterError(line, "YAML", message) from error
    except yaml.reader.ReaderError as error:
        line = first_line + text.encode()[: error.position].count(b"\n")
        message = tell("YAML illisible : {problem}", problem=error.reason)
        raise FrontMatterError(line, "YAML", message) from error
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError(first_line, "YAML", tell("l’en-tête n’est pas une liste de champs"))
    where: dict[Location, int] = {}
    try:
        return _plain(node, (), where, first_line), where
    except RecursionError as error:
        endless = tell("YAML illisible : {problem}", problem="alias")
        raise FrontMatterError(first_line, "YAML", endless) from error


def _remedy(problem: str) -> str:
    """What usually mends a YAML error; the parser's own words name the symptom."""
    if "mapping values are not allowed" in problem or "expected key" in problem:
        return " " + tell("(mettez la valeur entre guillemets doubles)")
    if "cannot start any token" in problem or "tab character" in problem:
        return " " + tell("(une tabulation ? mettez des espaces)")
    return ""


def _plain(node: yaml.Node, at: Location, where: dict[Location, int], first_line: int) -> Any:
    where[at] = first_line + node.start_mark.line
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, n), where, first_line) for n, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return node.value if node.tag != "tag:yaml.org,2002:null" else None
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in mapping:
            line = first_line + key.start_mark.line
            raise FrontMatterError(line, name, tell("le champ est écrit deux fois"))
        written = _plain(value, (*at, name), where, first_line)
        where[*at, name] = first_line + key.start_mark.line
        mapping[name] = written
    return {name: value for name, value in mapping.items() if value is not None}
