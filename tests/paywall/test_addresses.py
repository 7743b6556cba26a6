"""One address a page: what is typed byte for byte, against a real server."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paywall_process import RawAnswer, Service
from paywall_site import ACCENTED, FRESNEL, GATED_IMAGE, PREVIEW, SECRET

from paywall.keys import load_keys
from paywall.site.paths import local_target, read_path, spell
from paywall.tokens import issue_token

PAGE = FRESNEL.encode()
BARE = PAGE.rstrip(b"/")
ACCENT = quote(ACCENTED).encode()

REDIRECTED = {
    BARE: PAGE,
    PAGE + b"index.html": PAGE,
    PAGE + b"INDEX.HTML": PAGE,
    b"//" + PAGE[1:]: PAGE,
    b"///" + PAGE[1:]: PAGE,
    PAGE + b"/": PAGE,
    PAGE.replace(b"/la-", b"//la-"): PAGE,
    b"/." + PAGE: PAGE,
    PAGE + b".": PAGE,
    PAGE + b"./": PAGE,
    b"/%2e" + PAGE: PAGE,
    b"/%2E" + PAGE: PAGE,
    PAGE.upper(): PAGE,
    BARE.title(): PAGE,
    PAGE.replace(b"fresnel", b"%66resnel"): PAGE,
    PAGE.replace(b"-", b"%2D"): PAGE,
    BARE + b"%2findex.html".replace(b"%2f", b"/"): PAGE,
    b"/index.html": b"/",
    b"//": b"/",
    b"/.": b"/",
    ACCENT.lower(): ACCENT,
    ACCENTED.encode(): ACCENT,
    quote(ACCENTED.replace("é", "e\u0301")).encode(): ACCENT,
    quote(ACCENTED.upper()).encode(): ACCENT,
    b"//robots.txt": b"/robots.txt",
    b"/Robots.TXT": b"/robots.txt",
    b"http://evil.example//" + PAGE[1:]: PAGE,
}

REFUSED = [
    b"/.." + PAGE,
    b"/../members" + PAGE,
    b"/x/../members" + PAGE,
    b"/%2e%2e/members" + PAGE,
    b"/.%2e/members" + PAGE,
    b"/%2E%2E%2Fmembers" + PAGE,
    b"/..%2fmembers" + PAGE,
    b"/..%5cmembers" + PAGE,
    b"/..\\members" + PAGE,
    b"/%252e%252e/members" + PAGE,
    b"/%c0%ae%c0%ae/members" + PAGE,
    b"/%uff0e%uff0e/members" + PAGE,
    b"/..;/members" + PAGE,
    b"/members" + PAGE,
    b"/members" + PAGE + b"index.html",
    b"/public" + PAGE,
    b"/public/../members" + PAGE,
    b"/manifest.json",
    b"/../manifest.json",
    b"/numeros/../.." + PAGE,
    PAGE + b"..",
    PAGE + b"../la-tache-de-fresnel/",
    PAGE.replace(b"/la-", b"%2fla-"),
    PAGE.replace(b"/la-", b"%5cla-"),
    PAGE.replace(b"/la-", b"\\la-"),
    BARE + b"%00",
    BARE + b"%00/",
    PAGE + b"%00index.html",
    PAGE + b"index.html%00.png",
    BARE + b"%0a",
    BARE + b"%0d%0aSet-Cookie:a=b",
    BARE + b"%20/",
    BARE + b"%7f/",
    BARE + b"%c2%85/",
    BARE + b"%ff/",
    BARE + b"%/",
    BARE + b"%2/",
    BARE + b"%zz/",
    BARE + b";x=1/",
    BARE + b".html",
    BARE + b"./",
    BARE + b"~",
    PAGE + b"index.html/",
    PAGE + b"index.htm",
    b"/" + b"a" * 3000,
    b"/" + b"a/" * 900,
    b"/" + b"a" * 300 + b"/",
    b"*",
    b"nopath",
    b"//evil.example/",
    b"//evil.example/%2e%2e" + PAGE,
    GATED_IMAGE.encode().replace(b"/x-", b"//x-"),
    GATED_IMAGE.encode().upper(),
    GATED_IMAGE.encode(),
    b"/var/keys/0001.pem",
    b"/../var/keys/0001.pem",
    b"/etc/passwd",
]


@pytest.fixture(scope="module")
def member(service: Service) -> bytes:
    key = load_keys(Path(service.environ["BICORNE_VAR"]) / "keys").newest
    issuer = f"http://localhost:{service.port}"
    token = issue_token(key, issuer, ["all"], now=datetime.now(UTC), lifetime=timedelta(minutes=5))
    return f"Cookie: bicorne_access={token}".encode()


def holds_nothing_reserved(answer: RawAnswer) -> bool:
    return SECRET.encode() not in answer.body and b"PRIVATE KEY" not in answer.body


def test_the_canonical_address_opens_to_a_member_only(service: Service, member: bytes) -> None:
    assert SECRET.encode() in service.ask(b"GET " + PAGE, member).body
    anonymous = service.ask(b"GET " + PAGE)
    assert PREVIEW.encode() in anonymous.body
    assert holds_nothing_reserved(anonymous)


@pytest.mark.parametrize("typed", REDIRECTED)
def test_a_harmless_spelling_is_redirected_to_the_canonical_one(
    service: Service, member: bytes, typed: bytes
) -> None:
    for headers in ([], [member]):
        answer = service.ask(b"GET " + typed, *headers)
        assert answer.status == 301
        assert answer.headers["location"].encode() == REDIRECTED[typed]
        assert answer.body == b""


@pytest.mark.parametrize("typed", REFUSED)
def test_a_trick_finds_nothing_for_an_anonymous_reader(service: Service, typed: bytes) -> None:
    answer = service.ask(b"GET " + typed)
    assert answer.status in {400, 404}
    assert holds_nothing_reserved(answer)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("typed", [typed for typed in REFUSED if typed != GATED_IMAGE.encode()])
def test_a_trick_finds_nothing_for_a_member_either(
    service: Service, member: bytes, typed: bytes
) -> None:
    answer = service.ask(b"GET " + typed, member)
    assert answer.status in {400, 404}
    assert holds_nothing_reserved(answer)


def test_the_query_is_kept_by_a_redirect_and_ignored_by_a_page(
    service: Service, member: bytes
) -> None:
    redirected = service.ask(b"GET " + BARE + b"?a=1&b=//x%0d%0a")
    assert redirected.headers["location"].encode() == PAGE + b"?a=1&b=//x%0d%0a"
    for query in (b"?preview=1", b"?/../members", b"?access=all&full=1", b"??", b"?%00"):
        assert holds_nothing_reserved(service.ask(b"GET " + PAGE + query))
        assert SECRET.encode() in service.ask(b"GET " + PAGE + query, member).body


def test_the_service_s_own_addresses_have_one_spelling_too(service: Service) -> None:
    for typed in (b"/%68ealthz", b"/healthz/", b"//healthz", b"/HEALTHZ", b"/healthz%0a"):
        assert service.ask(b"GET " + typed).status == 404


def test_head_has_a_length_a_date_and_no_body(service: Service) -> None:
    head, get = service.ask(b"HEAD " + PAGE), service.ask(b"GET " + PAGE)
    assert head.body == b""
    assert int(head.headers["content-length"]) == len(get.body)
    assert head.headers["date"].endswith(" GMT")


def test_a_known_tag_costs_no_body(service: Service) -> None:
    tag = service.ask(b"GET " + PAGE).headers["etag"]
    answer = service.ask(b"GET " + PAGE, b"If-None-Match: " + tag.encode())
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == tag
    assert "date" in answer.headers


@pytest.mark.parametrize("method", [b"POST", b"PUT", b"DELETE", b"OPTIONS", b"TRACE", b"get"])
def test_other_methods_are_refused_on_the_wire(service: Service, method: bytes) -> None:
    answer = service.ask(method + b" " + PAGE, b"Content-Length: 0")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_two_cookie_headers_count_for_nothing(service: Service, member: bytes) -> None:
    assert holds_nothing_reserved(service.ask(b"GET " + PAGE, member, member))


def test_a_header_of_one_megabyte_opens_nothing(service: Service) -> None:
    answer = service.ask(b"GET " + PAGE, b"Cookie: bicorne_access=" + b"A" * 1_000_000)
    assert answer.status in {200, 431}
    assert holds_nothing_reserved(answer)


@given(st.binary(max_size=60))
def test_a_path_read_is_spelt_one_way(tail: bytes) -> None:
    path = read_path(b"/" + tail)
    if path is None:
        return
    spelt = spell(path)
    assert spelt.startswith(b"/")
    assert not spelt.startswith(b"//")
    assert read_path(spelt) == path
    assert ".." not in path.split("/")
    assert not any(character in path for character in "\\\0\r\n")


@given(st.text(max_size=60))
def test_a_local_target_is_always_an_address_of_this_site(text: str) -> None:
    target = local_target(text)
    assert target.isascii()
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))
