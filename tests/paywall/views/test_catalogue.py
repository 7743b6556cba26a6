"""Every string that readers meet has its English words, and no catalogue keeps a dead one."""

import re
from pathlib import Path
from string import Formatter

from spoken_views import of_calls, of_templates, refusals, spoken, translations

import paywall.views
from plugins.magazine.typography import set_plain

TEMPLATES = Path(paywall.views.__file__).with_name("templates")


def test_everything_that_is_said_is_in_english_too() -> None:
    translated = {msgid for msgid, words in translations().items() if words}
    assert spoken() - translated == set()


def test_nothing_in_the_catalogue_is_dead() -> None:
    assert translations().keys() - spoken() == set()


def test_pages_mails_calls_and_refusals_are_really_read() -> None:
    assert {"Continuer", "Votre code\N{NO-BREAK SPACE}:"} <= of_templates()
    assert "Choisissez une formule." in of_calls()
    assert "seul un abonnement en cours peut être suspendu" in refusals()


def test_a_translation_fills_in_the_same_values() -> None:
    for msgid, words in translations().items():
        assert _values(words) >= _values(msgid) - {"n", "num"}, msgid
        assert _values(words) <= _values(msgid) | {"n", "num"}, msgid


def test_what_is_counted_is_named_where_several_values_are_filled_in() -> None:
    """The first is counted otherwise: gettext fails at a price, and in English only."""
    unnamed = [
        found[0]
        for file in TEMPLATES.rglob("*.html")
        for found in re.finditer(
            r"{% trans [^%]*,[^%]*%}(?:(?!endtrans).)*?{% pluralize %}",
            file.read_text("utf-8"),
            re.DOTALL,
        )
    ]
    assert unnamed == []


def test_the_french_is_set_by_french_rules() -> None:
    set_wrong = {one for one in spoken() - refusals() if set_plain(one) != one}
    assert set_wrong == set()


def _values(text: str) -> set[str]:
    """The values that a message is filled in with, in both ways of writing them."""
    braces = {name for _, name, _, _ in Formatter().parse(text.replace("%(", "(")) if name}
    return braces | set(re.findall(r"%\((\w+)\)", text))
