"""The one-click link: a token becomes a cookie, and the address bar forgets it."""

from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from paywall_client import Client
from paywall_site import ACCENTED, FRESNEL, SECRET

from paywall.access import one_click_link
from paywall.app import create_app
from paywall.keys import Keyring
from paywall.settings import Settings
from paywall.tokens import issue_token

TokenFactory = Callable[..., str]


def cookie_of(answer: Any) -> Any:
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    return cookie


def test_the_link_sets_the_cookie_and_leads_to_the_page(
    client: Client, token: TokenFactory
) -> None:
    made = token("all", lifetime=timedelta(minutes=10))
    answer = client.get(f"/acces/?jeton={made}&vers={FRESNEL}")
    assert (answer.status_code, answer.headers["location"]) == (303, FRESNEL)
    cookie = cookie_of(answer)
    assert (cookie.key, cookie.value) == ("bicorne_access", made)
    assert (cookie["max-age"], cookie["path"], cookie["samesite"]) == ("600", "/", "Lax")
    assert cookie["httponly"] is True
    assert not cookie["secure"]
    assert not cookie["domain"]


def test_the_cookie_then_opens_the_page(client: Client, token: TokenFactory) -> None:
    answer = client.get(f"/acces/?jeton={token('all')}&vers={FRESNEL}")
    cookie = answer.headers["set-cookie"].partition(";")[0]
    opened = client.get(answer.headers["location"], headers={"cookie": cookie})
    assert SECRET in opened.text


def test_on_https_the_cookie_is_secure_and_bound_to_the_host(
    site: Path, tmp_path: Path, clock: Any, keys: Keyring
) -> None:
    settings = Settings(output=site, var=tmp_path, address="https://revue.example")
    client = Client(create_app(settings, clock=clock, keys=keys), settings.address)
    made = issue_token(keys.newest, settings.address, ["all"], now=clock())
    answer = client.get(f"/acces/?jeton={made}")
    cookie = cookie_of(answer)
    assert cookie.key == "__Host-bicorne_access"
    assert cookie["secure"] is True
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    opened = client.get(FRESNEL, headers={"cookie": f"__Host-bicorne_access={made}"})
    assert SECRET in opened.text
    refused = client.get(FRESNEL, headers={"cookie": f"bicorne_access={made}"})
    assert SECRET not in refused.text


@pytest.mark.parametrize(
    "path", ["/acces/?jeton={t}", "/acces/?jeton=x", "/acces/", "/acces/?vers=/", "/acces/?jeton="]
)
def test_nothing_keeps_or_tells_the_address(client: Client, token: TokenFactory, path: str) -> None:
    answer = client.get(path.format(t=token("all")))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("query", ["jeton=x", "jeton={t}&jeton={t}", "jeton={t}x", "jeton={t}%20"])
def test_a_bad_token_leads_to_the_page_that_explains(
    client: Client, token: TokenFactory, query: str
) -> None:
    answer = client.get(f"/acces/?{query.format(t=token('all'))}&vers={FRESNEL}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/lien-expire/")
    assert "set-cookie" not in answer.headers


def test_an_expired_token_leads_to_the_page_that_explains(
    client: Client, token: TokenFactory, clock: Any
) -> None:
    made = token("all", lifetime=timedelta(minutes=10))
    clock.advance(minutes=10)
    answer = client.get(f"/acces/?jeton={made}")
    assert answer.headers["location"] == "/lien-expire/"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "target",
    [
        "",
        "//example.org",
        "///example.org/",
        "/\\example.org",
        "\\\\example.org",
        "/\texample.org",
        "/\n/example.org",
        "/%09/example.org",
        "/%5cexample.org",
        "/%2f/example.org",
        "/%2fexample.org",
        "/../example.org",
        "/%2e%2e/x",
        "https://example.org/",
        "https:/example.org",
        "javascript:alert(1)",
        "example.org",
        " /x",
        "/x\r\nset-cookie: a=b",
        "/x?a=b",
        "/x#a",
        "/%ff",
        "/\ud800",
    ],
)
def test_the_link_leads_nowhere_else(client: Client, token: TokenFactory, target: str) -> None:
    encoded = quote(target, safe="", errors="surrogatepass")
    answer = client.get(f"/acces/?jeton={token('all')}&vers={encoded}")
    assert answer.status_code == 303
    location = answer.headers["location"]
    assert location == "/" or location.startswith("/%EF%BF%BD")  # what decoding made of \ud800
    assert "a" not in cookie_of(answer).key.split("=")


@pytest.mark.parametrize("written", [quote(ACCENTED), quote(quote(ACCENTED))])
def test_an_accented_target_is_spelt_canonically(
    client: Client, token: TokenFactory, written: str
) -> None:
    answer = client.get(f"/acces/?jeton={token('all')}&vers={written}")
    assert answer.headers["location"] == quote(ACCENTED)


def test_a_printed_link_works(client: Client, token: TokenFactory) -> None:
    link = one_click_link("http://localhost:8000", token("all"), quote(ACCENTED))
    answer = client.get(link)
    assert answer.headers["location"] == quote(ACCENTED)


def test_without_a_token_the_page_about_access_is_shown(client: Client, site: Path) -> None:
    assert "page /acces/" in client.get("/acces/").text
    (site / "public" / "acces" / "index.html").unlink()
    assert client.get("/acces/").status_code == 404


def test_only_a_post_signs_out(client: Client, token: TokenFactory) -> None:
    signed_in = {"cookie": f"bicorne_access={token('all')}"}
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        refused = client.request(method, "/acces/fermer/", headers=signed_in)
        assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
        assert "set-cookie" not in refused.headers
    answer = client.post("/acces/fermer/", headers=signed_in)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = cookie_of(answer)
    assert (cookie.key, cookie.value, cookie["max-age"]) == ("bicorne_access", "", "0")


def test_the_link_answers_to_get_and_head_only(client: Client, token: TokenFactory) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = client.request(method, f"/acces/?jeton={token('all')}")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
        assert "set-cookie" not in answer.headers
