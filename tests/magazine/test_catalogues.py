"""Every string that is said has its English words, and no catalogue keeps a dead one."""

import re
from pathlib import Path
from string import Formatter

import pytest
from magazine_factory import REPOSITORY
from spoken import (
    catalogue,
    interface_of_plugins,
    interface_of_templates,
    told_to_editors,
    untraceable_calls,
)

from plugins.magazine.messages import load_catalogue, terminal_lang
from plugins.magazine.typography import set_plain

TERMINAL = REPOSITORY / "plugins/magazine/locale/en/LC_MESSAGES/bicorne.po"
INTERFACE = REPOSITORY / "theme/locale/en/LC_MESSAGES/bicorne.po"


def test_every_message_of_the_terminal_can_be_traced() -> None:
    assert untraceable_calls() == []


def test_every_message_of_the_terminal_is_in_english_too() -> None:
    translated = {msgid for msgid, words in catalogue(TERMINAL).items() if words}
    assert told_to_editors() - translated == set()


def test_no_message_of_the_terminals_catalogue_is_dead() -> None:
    assert catalogue(TERMINAL).keys() - told_to_editors() == set()


def test_every_string_of_the_interface_is_in_english_too() -> None:
    translated = {msgid for msgid, words in catalogue(INTERFACE).items() if words}
    assert (interface_of_templates() | interface_of_plugins()) - translated == set()


def test_no_string_of_the_interfaces_catalogue_is_dead() -> None:
    spoken = interface_of_templates() | interface_of_plugins()
    assert catalogue(INTERFACE).keys() - spoken == set()


def test_templates_and_plugins_are_really_read_for_their_strings() -> None:
    assert "Navigation principale" in interface_of_templates()
    assert {"Accueil", "né(e) en {year}", "Publicité"} <= interface_of_plugins()
    assert {"champ inconnu", "il faut une liste"} <= told_to_editors()


@pytest.mark.parametrize("path", [TERMINAL, INTERFACE], ids=["terminal", "interface"])
def test_a_translation_fills_in_the_same_values(path: Path) -> None:
    for msgid, words in catalogue(path).items():
        assert _values(words) == _values(msgid), msgid


def test_the_french_of_the_interface_is_set_by_french_rules() -> None:
    spoken = interface_of_templates() | interface_of_plugins()
    assert {one for one in spoken if set_plain(one) != one} == set()


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        load_catalogue(REPOSITORY / "theme" / "locale", "de")


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:en"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_speaks_the_language_of_the_usual_variables(
    environ: dict[str, str], lang: str
) -> None:
    assert terminal_lang(environ) == lang


def _values(text: str) -> set[str]:
    """The values that a message is filled in with, in both ways of writing them."""
    braces = {name for _, name, _, _ in Formatter().parse(text) if name}
    return braces | set(re.findall(r"%\((\w+)\)", text))
