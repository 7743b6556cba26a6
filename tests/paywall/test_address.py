"""However the operator writes the address, the browser's spelling is the one that counts."""

from dataclasses import replace

import pytest
from accounts_browser import Browser
from paywall_clock import Clock

from paywall.address import read_address
from paywall.app import create_app
from paywall.errors import SettingsError
from paywall.keys import Keyring
from paywall.settings import Settings
from paywall.store.database import Database


@pytest.mark.parametrize(
    ("typed", "browsers"),
    [
        ("https://revue.example", "https://revue.example"),
        ("https://revue.example/", "https://revue.example"),
        ("HTTPS://Revue.EXAMPLE", "https://revue.example"),
        ("https://revue.example:443/", "https://revue.example"),
        ("https://revue.example:", "https://revue.example"),
        ("https://revue.example:8443", "https://revue.example:8443"),
        ("http://localhost:80", "http://localhost"),
        ("http://LOCALHOST:8000", "http://localhost:8000"),
        ("http://[0:0::1]:8000", "http://[::1]:8000"),
        ("https://Revue.École.fr", "https://revue.xn--cole-9oa.fr"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("https://revue.xn--cole-9oa.fr", "https://revue.xn--cole-9oa.fr"),
        (" https://revue.example\n", "https://revue.example"),
    ],
)
def test_an_address_is_spelt_as_browsers_do(typed: str, browsers: str) -> None:
    assert read_address(typed) == browsers
    assert read_address(browsers) == browsers


def test_forms_are_taken_whatever_capitals_and_port_the_operator_wrote(
    settings: Settings, database: Database, clock: Clock, keys: Keyring
) -> None:
    given = Settings.from_env({"BICORNE_ADDRESS": "https://Revue.Example:443/"})
    public = replace(settings, address=given.address)
    app = create_app(public, clock=clock, keys=keys, database=database)
    browser = Browser(app, "https://revue.example")
    assert browser.post("/connexion/", {"email": "ana@example.org"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("https://revue.example/blog/", "sans chemin"),
        ("https://revue.example/?x", "sans ? ni #"),
        ("https://revue.example/#x", "sans ? ni #"),
        ("https://ana:mot-secret@revue.example", "sans nom d’utilisateur ni mot de passe"),
        ("https://ana:mot-secret@revue.example:x", "illisible"),
        ("revue.example", "illisible"),
        ("ftp://revue.example", "attendu https://nom"),
    ],
)
def test_what_is_refused_is_refused_for_what_it_is(typed: str, why: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_address(typed)
    assert why in str(refused.value)
    assert "mot-secret" not in str(refused.value)


def test_names_to_answer_to_are_spelt_the_same_way() -> None:
    given = Settings.from_env({"BICORNE_HOSTS": "Revue.Example, *.École.fr"})
    assert given.hosts == ("revue.example", "*.xn--cole-9oa.fr")
