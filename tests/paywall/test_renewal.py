"""A reader with a session and no valid token is sent to renew it, and nobody else is."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import paywall_site as site_of
import pytest
from paywall_client import Client
from paywall_site import FRESNEL, GATED_IMAGE, PREVIEW, SECRET, write

from paywall.app import create_app
from paywall.cookies import Cookies
from paywall.ended import EndedSubjects
from paywall.keys import Keyring
from paywall.renewal import RENEW_PATH
from paywall.settings import Settings
from paywall.tokens import issue_token, new_subject

SESSION = "s" * 42 + "_"
HELD = f"bicorne_session={SESSION}"
TokenFactory = Callable[..., str]


def renews(answer: Any, path: str) -> bool:
    assert SECRET not in answer.text
    return (answer.status_code, answer.headers.get("location")) == (
        302,
        f"{RENEW_PATH}?vers={path}",
    )


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", [FRESNEL, GATED_IMAGE, site_of.REGISTERED, site_of.OPENS_LATER])
def test_a_session_without_a_token_is_sent_to_renew_it(
    client: Client, method: str, path: str
) -> None:
    answer = client.request(method, path, headers={"cookie": HELD})
    assert renews(answer, path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == b""


def test_the_redirect_varies_as_every_answer_at_its_address(client: Client) -> None:
    redirected = client.get(FRESNEL, headers={"cookie": HELD})
    assert redirected.headers["vary"] == client.get(FRESNEL).headers["vary"]
    image = client.get(GATED_IMAGE, headers={"cookie": HELD})
    assert image.headers["vary"] == "Cookie, Authorization"


def test_an_accented_address_survives_the_way(client: Client, site: Path) -> None:
    accented = {site_of.ACCENTED: {"access": "registered", "issue": None, "opens": None}}
    site_of.write_manifest(site, pages=accented, files={})
    answer = client.get(site_of.ACCENTED, headers={"cookie": HELD})
    assert renews(answer, "/portraits/cauchy-%25C3%25A9/")  # encoded once more, for a query


@pytest.mark.parametrize("bad", ["", "x", "{other}", "{good}x", "{short}"])
def test_an_access_cookie_that_is_no_token_is_renewed(
    client: Client, token: TokenFactory, bad: str
) -> None:
    good = token("all")
    cookie = bad.format(good=good, short=good[:-1], other="a.b." + "c" * 86)
    answer = client.get(FRESNEL, headers={"cookie": f"bicorne_access={cookie}; {HELD}"})
    assert renews(answer, FRESNEL)


def test_an_expired_token_is_renewed(client: Client, token: TokenFactory, clock: Any) -> None:
    cookie = f"bicorne_access={token('all', lifetime=timedelta(minutes=5))}; {HELD}"
    assert SECRET in client.get(FRESNEL, headers={"cookie": cookie}).text
    clock.advance(minutes=5)
    assert renews(client.get(FRESNEL, headers={"cookie": cookie}), FRESNEL)


def test_a_token_opens_without_a_detour(client: Client, as_reader: Any) -> None:
    cookie = as_reader("all")["cookie"]
    assert SECRET in client.get(FRESNEL, headers={"cookie": f"{HELD}; {cookie}"}).text


def test_a_token_for_something_else_that_was_just_made_is_not_renewed(
    client: Client, as_reader: Any, clock: Any
) -> None:
    """It would come back the same: the preview says what would open the page."""
    cookie = as_reader("issue:813-mouvement")["cookie"]
    clock.advance(seconds=59)
    answer = client.get(FRESNEL, headers={"cookie": f"{HELD}; {cookie}"})
    assert (answer.status_code, PREVIEW in answer.text) == (200, True)


@pytest.mark.parametrize("asked_before", [False, True])
def test_a_token_for_something_else_is_renewed_after_a_minute(
    client: Client, as_reader: Any, clock: Any, asked_before: bool
) -> None:
    """What the session has by now may open the page. The front, too, passes such readers on."""
    cookie = as_reader("issue:813-mouvement")["cookie"]
    if asked_before:
        assert PREVIEW in client.get(FRESNEL).text
    clock.advance(seconds=60)
    assert renews(client.get(FRESNEL, headers={"cookie": f"{HELD}; {cookie}"}), FRESNEL)
    for sent in (cookie, f"{HELD}; {cookie}; bicorne_pause=1"):
        assert PREVIEW in client.get(FRESNEL, headers={"cookie": sent}).text


@pytest.mark.parametrize("path", ["/", "/robots.txt", site_of.PUBLIC_IMAGE, "/healthz"])
def test_public_addresses_never_renew(client: Client, path: str) -> None:
    assert client.get(path, headers={"cookie": HELD}).status_code == 200


def test_what_is_not_there_and_what_has_opened_never_renew(client: Client) -> None:
    assert client.get("/rien/", headers={"cookie": HELD}).status_code == 404
    opened = client.get(site_of.OPENED, headers={"cookie": HELD})
    assert (opened.status_code, SECRET in opened.text) == (200, True)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_refused_not_redirected(client: Client, method: str) -> None:
    assert client.request(method, FRESNEL, headers={"cookie": HELD}).status_code == 405


@pytest.mark.parametrize(
    "cookies",
    [
        [f"{HELD}; bicorne_pause=1"],
        [f"bicorne_pause=; {HELD}"],
        [HELD, "bicorne_pause=1"],
        [f"bicorne_session={SESSION[1:]}"],
        [f"bicorne_session={SESSION}x"],
        ["bicorne_session="],
        [f"bicorne_session={SESSION[1:]}é"],
        [f"bicorne_session={SESSION[1:]}%41"],
        [f'bicorne_session="{SESSION[2:]}"'],
        [f"{HELD}; {HELD}"],
        [HELD, HELD],
        [f"{HELD}; bicorne_session=x"],
        [f"__Host-{HELD}"],
        [f"x{HELD}"],
        [f"\xa0{HELD}"],
        [HELD.upper()],
        [f"{HELD}; bicorne_access=x; bicorne_access=x"],  # renewing would not part them
    ],
)
def test_a_session_cookie_that_could_not_renew_shows_the_preview(
    client: Client, cookies: list[str]
) -> None:
    headers = [("cookie", cookie.encode("utf-8")) for cookie in cookies]
    answer = client.get(FRESNEL, headers=headers)
    assert (answer.status_code, PREVIEW in answer.text) == (200, True)


def test_whoever_sends_a_bearer_is_no_browser_to_redirect(client: Client) -> None:
    headers = {"cookie": HELD, "authorization": "Bearer x"}
    assert client.get(FRESNEL, headers=headers).status_code == 200


def test_on_https_only_the_cookies_bound_to_the_host_count(
    site: Path, tmp_path: Path, clock: Any, keys: Keyring
) -> None:
    settings = Settings(output=site, var=tmp_path, address="https://revue.example")
    client = Client(create_app(settings, clock=clock, keys=keys), settings.address)
    assert renews(client.get(FRESNEL, headers={"cookie": f"__Host-{HELD}"}), FRESNEL)
    for cookie in (HELD, f"__Host-{HELD}; __Host-bicorne_pause=1"):
        assert client.get(FRESNEL, headers={"cookie": cookie}).status_code == 200
    unrelated = f"__Host-{HELD}; bicorne_pause=1"
    assert renews(client.get(FRESNEL, headers={"cookie": unrelated}), FRESNEL)


def test_a_copied_token_opens_nothing_after_its_session_ended(
    settings: Settings, clock: Any, keys: Keyring
) -> None:
    ended, subject = EndedSubjects(), new_subject()
    client = Client(create_app(settings, clock=clock, keys=keys, ended=ended))
    made = issue_token(keys.newest, settings.address, ["all"], now=clock(), subject=subject)
    for headers in ({"cookie": f"bicorne_access={made}"}, {"authorization": f"Bearer {made}"}):
        assert SECRET in client.get(FRESNEL, headers=headers).text
    ended.add(subject, clock.now + timedelta(minutes=15))
    for headers in ({"cookie": f"bicorne_access={made}"}, {"authorization": f"Bearer {made}"}):
        assert SECRET not in client.get(FRESNEL, headers=headers).text


def test_the_token_of_another_session_goes_on_opening(
    settings: Settings, clock: Any, keys: Keyring, token: TokenFactory
) -> None:
    ended = EndedSubjects()
    ended.add(new_subject(), clock.now + timedelta(minutes=15))
    client = Client(create_app(settings, clock=clock, keys=keys, ended=ended))
    assert SECRET in client.get(FRESNEL, headers={"cookie": f"bicorne_access={token('all')}"}).text


def test_a_gated_file_with_a_public_twin_renews_before_it_shows_the_twin(
    client: Client, site: Path
) -> None:
    write(site / "public", GATED_IMAGE, "flou")
    assert renews(client.get(GATED_IMAGE, headers={"cookie": HELD}), GATED_IMAGE)


@pytest.mark.parametrize(("secure", "prefix"), [(False, ""), (True, "__Host-")])
def test_each_cookie_is_for_the_whole_site_and_for_no_script(secure: bool, prefix: str) -> None:
    cookies = Cookies(secure=secure)
    ending = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
    for cookie, name in [
        (cookies.access, "bicorne_access"),
        (cookies.session, "bicorne_session"),
        (cookies.pause, "bicorne_pause"),
    ]:
        set_header = f"{prefix}{name}=v; Max-Age=60{ending}".encode()
        assert cookie.header("v", 60) == (b"set-cookie", set_header)
        assert cookie.removal()[1].startswith(f"{prefix}{name}=; Max-Age=0;".encode())
