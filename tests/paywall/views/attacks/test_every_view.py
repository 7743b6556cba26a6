"""Every view against everything that no page of ours sends: refused, in words, nothing done."""

from typing import Any

import httpx
from accounts_browser import Browser
from every_view import (
    ALL_VIEWS,
    OF_READERS,
    OWNED,
    POSTED,
    READ,
    as_typed,
    each,
    everything,
    path_of,
)
from reader_pages import ANA, Office, order_by_transfer
from starlette.types import ASGIApp
from stores import ONE_STORE

from paywall.accounts.secrets import SECRET
from paywall.store.database import Database
from paywall.views.asked import MAX_BODY_BYTES
from paywall.views.table import View

FORM = {"content-type": "application/x-www-form-urlencoded"}
FOREIGN: dict[str, dict[str, str]] = {
    "no-origin": {},
    "another-site": {"origin": "https://evil.example"},
    "a-name-that-begins-alike": {"origin": "http://localhost:8000.evil.example"},
    "another-port": {"origin": "http://localhost:8001"},
    "another-scheme": {"origin": "https://localhost:8000"},
    "null": {"origin": "null"},
    "cross-site": {"sec-fetch-site": "cross-site"},
    "same-site": {"sec-fetch-site": "same-site"},
    "both": {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    "by-referer": {"referer": "http://localhost:8000/"},
}
BODIES: dict[str, tuple[int, bytes]] = {
    "oversized": (413, b"x=" + b"a" * MAX_BODY_BYTES),
    "unknown-field": (400, b"inconnu=1"),
    "unknown-price": (400, b"amount_cents=1&price_class=alumnus"),
    "duplicate-field": (400, b"{field}=1&{field}=2"),
    "broken-utf-8": (400, b"{field}=%ff%fe"),
    "surrogates": (400, b"{field}=%ed%a0%80"),
    "nul": (400, b"{field}=a%00b"),
    "escape": (400, b"{field}=%1b%5b2J"),
    "unassigned": (400, b"{field}=%f4%8f%bf%bf"),
    "raw-bytes": (400, b"{field}=\xc3\xa9"),
    "many-fields": (400, b"&".join(b"x%d=" % n for n in range(100))),
    "very-long-value": (400, b"{field}=" + b"a" * 5000),
}
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")
FOR_NOBODY_ELSE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


def sent(browser: Browser, view: View, body: bytes, **headers: str) -> httpx.Response:
    field = next(iter(sorted(view.fields)), "x").encode()
    content = body.replace(b"{field}", field)
    return browser.request("POST", path_of(view), content=content, headers={**FORM, **headers})


def hers(ana: Browser, office: Office) -> dict[str, str]:
    """Ana has a subscription and an order; what an address calls them."""
    return {"number": str(office.subscribe(ANA)), "reference": order_by_transfer(ana)}


def is_bare(answer: httpx.Response) -> bool:
    """Nothing for caches, nothing for other sites, nothing for the browser to keep."""
    told: dict[str, Any] = dict(answer.headers)
    return FOR_NOBODY_ELSE.items() <= told.items() and "set-cookie" not in told


@ONE_STORE
@each(POSTED)
def test_a_form_that_is_not_from_a_page_of_ours_does_nothing(
    ana: Browser, database: Database, view: View
) -> None:
    before = everything(database)
    for name, headers in FOREIGN.items():
        answer = sent(ana, view, b"", **headers)
        assert (name, answer.status_code) == (name, 403)
        assert is_bare(answer)
    assert everything(database) == before


@ONE_STORE
@each(POSTED)
def test_a_body_that_no_form_of_ours_sends_does_nothing(
    ana: Browser, database: Database, view: View
) -> None:
    before = everything(database)
    for name, (status, body) in BODIES.items():
        answer = sent(ana, view, body, origin=ana.address)
        assert (name, answer.status_code) == (name, status)
        assert is_bare(answer)
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", ""):
        answer = sent(ana, view, b'{"a": 1}', **{"origin": ana.address, "content-type": kind})
        assert (kind, answer.status_code) == (kind, 400)
    assert everything(database) == before


@ONE_STORE
@each(list(ALL_VIEWS))
def test_a_method_that_it_does_not_have_is_refused_however_it_is_asked_for(
    ana: Browser, database: Database, view: View
) -> None:
    before, path = everything(database), path_of(view)
    override = {"x-http-method-override": "POST", "x-method-override": "POST"}
    refused = [*METHODS, *["POST"] * (view.post is None), *["GET", "HEAD"] * (view.get is None)]
    for method in refused:
        query = {"_method": "POST"}
        headers = {"origin": ana.address, **override}
        answer = ana.request(method, path, headers=headers, params=query)
        assert (method, answer.status_code) == (method, 405)
        assert answer.headers["allow"]
    assert everything(database) == before


@ONE_STORE
@each(READ)
def test_looking_changes_nothing(
    ana: Browser, database: Database, office: Office, view: View
) -> None:
    """Scanners of mail, previews of links and pages of other sites look."""
    values = hers(ana, office)
    before, path = everything(database), path_of(view, values)
    for method in ("GET", "HEAD"):
        assert ana.request(method, path).status_code < 500
    assert everything(database) == before


@ONE_STORE
@each(READ)
def test_head_is_get_without_its_body(ana: Browser, office: Office, view: View) -> None:
    values = hers(ana, office)
    path = path_of(view, values)
    whole, head = ana.request("GET", path), ana.request("HEAD", path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers.keys() == whole.headers.keys()


@ONE_STORE
@each(READ)
def test_a_query_that_cannot_be_read_is_refused(ana: Browser, view: View) -> None:
    for query in (
        "vers=%ff",
        "vers=/&vers=//x",
        "cle=a%00b",
        "&".join(f"x{n}=" for n in range(99)),
    ):
        answer = ana.get(f"{path_of(view)}?{query}")
        assert (query, answer.status_code) == (query, 400)
        assert is_bare(answer)


@ONE_STORE
@each(OF_READERS)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(
    ana: Browser, browser: Any, office: Office, view: View
) -> None:
    values = hers(ana, office)
    before, path = everything(office.database), path_of(view, values)
    for stranger in (browser(), pretender(browser())):
        for method in ("GET", "POST"):
            if not (view.get if method == "GET" else view.post):
                continue
            answer = stranger.request(method, path, headers={"origin": stranger.address})
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/connexion/?vers=/")
            assert ANA not in answer.text
    assert everything(office.database) == before


def pretender(browser: Browser) -> Browser:
    """With a session that nobody has, of the right shape."""
    assert SECRET.fullmatch("A" * 43)
    browser.cookies.set("bicorne_session", "A" * 43)
    return browser


@ONE_STORE
@each(OWNED)
def test_what_is_somebody_elses_is_as_if_it_were_not_there(
    ana: Browser, ben: Browser, office: Office, view: View
) -> None:
    theirs = hers(ana, office)
    nobodys = {"number": "999999", "reference": "BIC-ZZZZ-ZZZZ"}
    before = everything(office.database)
    for method in ("GET", "POST"):
        if not (view.get if method == "GET" else view.post):
            continue
        found, absent = (
            ben.request(method, path_of(view, values), headers={"origin": ben.address})
            for values in (theirs, nobodys)
        )
        assert found.status_code == absent.status_code == 404
        assert found.text == absent.text
    assert everything(office.database) == before


@ONE_STORE
@each(list(ALL_VIEWS))
def test_another_spelling_of_its_address_shows_and_does_nothing(
    ana: Browser, app: ASGIApp, database: Database, view: View
) -> None:
    before, path = everything(database), path_of(view)
    first, rest = path[1:2], path[2:]
    tricks = (
        f"/{path}",
        f"//evil.example{path}",
        path.upper(),
        f"/%{ord(first):02x}{rest}",
        f"/.{path}",
        f"/x/..{path}",
        f"{path}%2e/",
        f"{path}%00/",
        f"{path};x=1/",
        f"{path}%2f",
        path.replace("/", "\\/"),
        f"{path}index.html",
    )
    cookies = "; ".join(f"{name}={value}" for name, value in ana.cookies.items())
    sent = [(b"cookie", cookies.encode()), (b"origin", ana.address.encode())]
    for trick in tricks:
        for method in ("GET", "POST"):
            status, headers, body = as_typed(app, method, trick.encode(), sent)
            assert status in {301, 303, 308, 404, 405}, trick
            place = headers.get(b"location", b"/")
            assert place.startswith(b"/")
            assert not place.startswith(b"//")
            assert ANA.encode() not in body
    assert everything(database) == before


@ONE_STORE
@each(OF_READERS)
def test_two_sessions_in_one_request_are_none(ana: Browser, office: Office, view: View) -> None:
    values = hers(ana, office)
    secret = ana.cookies["bicorne_session"]
    both = {"cookie": f"bicorne_session={secret}; bicorne_session={'A' * 43}"}
    ana.cookies.clear()
    method = "GET" if view.get else "POST"
    answer = ana.request(method, path_of(view, values), headers={"origin": ana.address, **both})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/connexion/?vers=/")
