"""The script that reloads pages: in development, and nowhere else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from paywall_client import Client
from paywall_site import FRESNEL

from paywall.app import create_app
from paywall.keys import Keyring
from paywall.settings import Settings

OWN = ["/_bicorne/reload.js", "/_bicorne/reload.css", "/_bicorne/news"]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    file = tmp_path / "news.json"
    file.write_text(json.dumps({"number": 1, "error": "", "lang": "fr"}))
    return file


@pytest.fixture
def developing(settings: Settings, keys: Keyring, news: Path) -> Client:
    return Client(create_app(replace(settings, news=news), keys=keys))


@pytest.mark.parametrize("path", OWN)
def test_a_production_service_has_no_such_address(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", FRESNEL, "/rien/"])
def test_a_production_service_adds_nothing_to_pages(client: Client, path: str) -> None:
    assert "_bicorne" not in client.get(path).text


@pytest.mark.parametrize("path", ["/", FRESNEL, "/rien/"])
def test_every_page_takes_the_script(developing: Client, client: Client, path: str) -> None:
    page, plain = developing.get(path, headers={"accept-encoding": "gzip"}), client.get(path)
    assert page.status_code == plain.status_code
    assert page.text.count('<script src="/_bicorne/reload.js" defer></script>') == 1
    assert int(page.headers["content-length"]) == len(page.content)
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["content-security-policy"] == plain.headers["content-security-policy"]


def test_a_page_is_never_answered_as_known(developing: Client, client: Client) -> None:
    tag = client.get("/").headers["etag"]
    assert developing.get("/", headers={"if-none-match": tag}).status_code == 200


def test_a_head_request_gets_no_body(developing: Client) -> None:
    answer = developing.head("/")
    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("path", OWN[:2])
def test_the_script_and_its_style_are_answered(developing: Client, path: str) -> None:
    answer = developing.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert developing.post(path).status_code == 405
