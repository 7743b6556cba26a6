from collections.abc import Callable
from pathlib import Path
from typing import Any

import paywall_site as site_of
import pytest
from paywall_client import Client
from paywall_site import FRESNEL

from paywall.app import create_app
from paywall.gate import Entitlement
from paywall.keys import Keyring
from paywall.readers import Reader
from paywall.settings import Settings

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def assert_protected(answer: Any) -> None:
    for name, value in EVERYWHERE.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.headers["referrer-policy"]
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        FRESNEL,
        "/rien/",
        "/portraits",
        "/%00",
        "/healthz",
        "/.well-known/jwks.json",
        "/acces/?jeton=x",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_carries_the_security_headers(client: Client, method: str, path: str) -> None:
    assert_protected(client.request(method, path))


def test_304_and_503_carry_them_too(client: Client, site: Path) -> None:
    assert_protected(client.get("/", headers={"if-none-match": "*"}))
    site.rename(site.with_name("aside"))
    assert_protected(client.get("/"))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_fault_of_ours_is_a_short_page_that_carries_them_too(
    settings: Settings, clock: Callable, keys: Keyring
) -> None:
    class Faulty:
        def reader_of(self, headers: object, now: object) -> Reader:
            raise RuntimeError("panne")

    app = create_app(settings, clock=clock, keys=keys, readers=Faulty())
    answer = Client(app, raise_app_exceptions=False).get(FRESNEL)
    assert answer.status_code == 500
    assert "panne" not in answer.text
    assert_protected(answer)


def test_only_search_may_run_webassembly(client: Client) -> None:
    for path in ("/chercher/", "/pagefind/pagefind-entry.json"):
        assert "'wasm-unsafe-eval'" in client.get(path).headers["content-security-policy"]
    for path in ("/", FRESNEL, "/rien/"):
        assert "unsafe" not in client.get(path).headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", [site_of.PUBLIC_IMAGE, "/cartes/article-0a1b2c3d.png", "/flux/rss.xml"]
)
def test_other_sites_may_show_cards_images_and_feeds(client: Client, path: str) -> None:
    assert client.get(path).headers["cross-origin-resource-policy"] == "cross-origin"


def test_another_way_of_knowing_readers_decides_in_place_of_the_token(
    settings: Settings, clock: Callable, keys: Keyring
) -> None:
    class Subscriber:
        def reader_of(self, headers: object, now: object) -> Reader:
            return Reader(Entitlement(signed_in=True, all_issues=True))

    app = create_app(settings, clock=clock, keys=keys, readers=Subscriber())
    assert site_of.SECRET in Client(app).get(FRESNEL).text


@pytest.mark.parametrize(("host", "status"), [("revue.example", 200), ("autre.example", 400)])
def test_a_list_of_hosts_refuses_the_others(
    site: Path, clock: Callable, keys: Keyring, host: str, status: int
) -> None:
    settings = Settings(output=site, hosts=("revue.example",))
    client = Client(create_app(settings, clock=clock, keys=keys))
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == status
    assert_protected(answer)
