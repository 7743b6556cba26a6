"""Who takes money has one name, written in one place."""

import ast
from pathlib import Path

import paywall
from paywall.accounts import providers
from paywall.commands.words import PROVIDERS

PACKAGE = Path(paywall.__file__).parent
NAMES = {providers.OFFLINE, providers.STRIPE}
"""The other two are words of other things as well: a command, a value of a header."""


def test_no_other_module_and_no_template_spells_a_provider() -> None:
    home = Path(providers.__file__)
    spelt = [
        f"{file.name}:{node.lineno}"
        for file in PACKAGE.rglob("*.py")
        if file != home
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in NAMES
    ]
    spelt += [
        file.name
        for kind in ("html", "txt")
        for file in PACKAGE.rglob(f"*.{kind}")
        if any(f'"{name}"' in file.read_text("utf-8") for name in NAMES)
    ]
    assert spelt == []


def test_every_provider_has_a_word_for_the_office() -> None:
    named = {
        value
        for name, value in vars(providers).items()
        if isinstance(value, str) and name.isupper()
    }
    assert PROVIDERS.keys() == named
    assert named > providers.TAKE_NOTHING
