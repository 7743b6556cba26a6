"""What the service's pages and mails say: every string that is looked up in a catalogue."""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import paywall
from paywall.mail.letters import SUBJECTS

PACKAGE = Path(paywall.__file__).parent
CATALOGUE = PACKAGE / "locale/en/LC_MESSAGES/bicorne.po"
FOLDERS = (
    PACKAGE / "views/templates",
    PACKAGE / "mail/templates",
    PACKAGE / "ads/reports/templates",
)
TOLD_TO_READERS = (
    PACKAGE / "accounts/address_change.py",
    PACKAGE / "accounts/orders.py",
    PACKAGE / "accounts/subscriptions.py",
    PACKAGE / "views/buying.py",
)
"""Modules whose refusals readers meet; those of others are for whoever runs the service."""


def spoken() -> set[str]:
    """Everything that is said, plurals as two strings."""
    return of_templates() | of_calls() | refusals() | set(SUBJECTS.values())


def of_templates() -> set[str]:
    """What templates say, found by Babel."""
    options = {"silent": "false", "trimmed": "false", "trim_blocks": "true"}
    return {
        one
        for folder in FOLDERS
        for kind in ("html", "txt")
        for _, _, message, _, _ in extract_from_dir(
            folder, [(f"**.{kind}", "jinja2")], {f"**.{kind}": options}
        )
        for one in ((message,) if isinstance(message, str) else message)
        if one
    }


def of_calls() -> set[str]:
    """What `say` is given in so many words."""
    return {text for file in PACKAGE.rglob("*.py") for text in _literals(file, "say", 1)}


def refusals() -> set[str]:
    """Why something cannot be done."""
    return {text for file in TOLD_TO_READERS for text in _literals(file, "RefusedError", 0)}


def translations() -> dict[str, str]:
    """The English catalogue, plurals as two."""
    with CATALOGUE.open("rb") as po:
        read = read_po(po, locale="en")
    pairs: dict[str, str] = {}
    for message in read:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        words = (message.string,) if isinstance(message.string, str) else message.string
        pairs |= dict(zip(ids, words, strict=True))
    return {msgid: text for msgid, text in pairs.items() if msgid}


def _literals(file: Path, name: str, place: int) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
            said = node.args[place]
            if isinstance(said, ast.Constant):
                yield said.value
