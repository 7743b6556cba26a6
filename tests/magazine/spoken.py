"""What the code says: every string that it hands to a catalogue."""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from magazine_factory import REPOSITORY

PLUGINS = REPOSITORY / "plugins"
DESK = REPOSITORY / "desk"
TEMPLATES = REPOSITORY / "theme" / "templates"
INTERFACE_CALLS = frozenset({"_", "gettext", "_gettext", "translate"})


def interface_of_templates() -> set[str]:
    """Strings of the templates, plurals as two strings, found by Babel."""
    found = extract_from_dir(
        TEMPLATES,
        [("**.html", "jinja2")],
        {"**.html": {"silent": "false", "trimmed": "false", "trim_blocks": "true"}},
    )
    messages = (message for _, _, message, _, _ in found)
    return {one for m in messages for one in ((m,) if isinstance(m, str) else m) if one}


def interface_of_plugins() -> set[str]:
    """Strings that the plugins hand to the interface's catalogue."""
    return {one for path in _modules() for one in _literals(path, INTERFACE_CALLS)}


def told_to_editors() -> set[str]:
    """Strings that are told at the terminal, those kept in a table or a name included."""
    return {one for path in _modules() for one in _literals(path, frozenset({"tell"}))}


def untraceable_calls() -> list[str]:
    """Calls of ``tell`` whose words cannot be found by reading the code."""
    return [
        f"{path.name}:{call.lineno}"
        for path in _modules()
        for tree in [_tree(path)]
        for call in _calls(tree, frozenset({"tell"}))
        if not isinstance(call.args[0], ast.Constant) and not _named(tree, call.args[0])
    ]


def catalogue(path: Path) -> dict[str, str]:
    """The messages of a ``.po`` file, plurals as two, with their translations."""
    with path.open("rb") as po:
        read = read_po(po, locale="en")
    pairs: dict[str, str] = {}
    for message in read:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        words = (message.string,) if isinstance(message.string, str) else message.string
        pairs |= dict(zip(ids, words, strict=True))
    return {msgid: text for msgid, text in pairs.items() if msgid}


def _modules() -> Iterator[Path]:
    for folder in (PLUGINS, DESK):
        yield from sorted(folder.rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _calls(tree: ast.AST, names: frozenset[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                yield node


def _literals(path: Path, names: frozenset[str]) -> Iterator[str]:
    tree = _tree(path)
    for call in _calls(tree, names):
        said = call.args[0]
        sources = [said] if isinstance(said, ast.Constant) else _named(tree, said)
        for source in sources:
            yield from (n.value for n in ast.walk(source) if _is_text(n))


def _named(tree: ast.Module, said: ast.expr) -> list[ast.expr]:
    """What is assigned, anywhere in the module, to the name or the table that is said."""
    name = getattr(said, "id", None) or getattr(getattr(said, "value", None), "id", None)
    assigned = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == name
    ]
    return [
        value.values[n]
        for value in assigned
        if isinstance(value, ast.Dict)
        for n in range(len(value.values))
    ] + [value for value in assigned if isinstance(value, ast.Constant)]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
