"""Caching, conditional requests, methods, compression: what HTTP asks of every answer."""

import gzip
from collections.abc import Callable
from pathlib import Path

import paywall_site as site_of
import pytest
from paywall_client import Client
from paywall_site import FRESNEL, LARGE_BYTES, LARGE_FILE, SECRET

Reader = Callable[..., dict[str, str]]
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "public, max-age=0, must-revalidate"


def test_full_text_is_stored_by_no_cache(client: Client, as_reader: Reader) -> None:
    answer = client.get(FRESNEL, headers=as_reader("all"))
    assert answer.headers["cache-control"] == "private, no-store"
    assert {"Cookie", "Authorization"} <= set(answer.headers["vary"].split(", "))


def test_a_preview_is_revalidated_and_varies_by_reader(client: Client) -> None:
    answer = client.get(FRESNEL)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["vary"] == "Cookie, Authorization, Accept-Encoding"


def test_every_answer_at_a_gated_address_varies_by_reader(client: Client) -> None:
    etag = client.get(FRESNEL).headers["etag"]
    answers = [
        client.get(FRESNEL, headers={"if-none-match": etag}),
        client.head(FRESNEL),
        client.get(site_of.GATED_IMAGE),
    ]
    assert [answer.status_code for answer in answers] == [304, 200, 404]
    assert all("Cookie, Authorization" in answer.headers["vary"] for answer in answers)


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", REVALIDATED),
        ("/theme/plain.css", REVALIDATED),
        ("/theme/edition-20261122.css", REVALIDATED),  # a date
        ("/theme/effacade.css", REVALIDATED),  # a word
        ("/robots.txt", REVALIDATED),
        ("/pagefind/pagefind-entry.json", REVALIDATED),
        ("/theme/style.0a1b2c3d.css", IMMUTABLE),
        ("/cartes/article-0a1b2c3d.png", IMMUTABLE),
        ("/pagefind/fragment/fr_1a2b3c4.pf_fragment", IMMUTABLE),
        (site_of.PUBLIC_IMAGE, IMMUTABLE),
    ],
)
def test_only_names_that_change_with_their_bytes_are_kept_for_ever(
    client: Client, path: str, caching: str
) -> None:
    assert client.get(path).headers["cache-control"] == caching


def test_preview_and_full_text_never_share_a_tag(
    client: Client, as_reader: Reader, site: Path
) -> None:
    for tree in ("public", "members"):
        site_of.write(site / tree, FRESNEL, "les mêmes octets")
    preview = client.get(FRESNEL).headers["etag"]
    full = client.get(FRESNEL, headers=as_reader("all")).headers["etag"]
    assert preview.startswith('W/"p-')
    assert full.startswith('W/"m-')


def test_a_member_who_has_the_preview_gets_the_full_text_not_304(
    client: Client, as_reader: Reader
) -> None:
    tag = client.get(FRESNEL).headers["etag"]
    answer = client.get(FRESNEL, headers={**as_reader("all"), "if-none-match": tag})
    assert answer.status_code == 200
    assert SECRET in answer.text


def test_who_is_no_longer_a_member_gets_the_preview_not_304(
    client: Client, as_reader: Reader
) -> None:
    tag = client.get(FRESNEL, headers=as_reader("all")).headers["etag"]
    answer = client.get(FRESNEL, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert SECRET not in answer.text


@pytest.mark.parametrize("form", ["{tag}", "*", '"x", {tag}', '{tag},"y"', "{strong}"])
def test_a_matching_tag_answers_304_with_the_same_headers(client: Client, form: str) -> None:
    whole = client.get(FRESNEL)
    tag = whole.headers["etag"]
    condition = form.format(tag=tag, strong=tag.removeprefix("W/"))
    answer = client.get(FRESNEL, headers={"if-none-match": condition})
    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("etag", "cache-control", "vary", "content-security-policy"):
        assert answer.headers[name] == whole.headers[name]


@pytest.mark.parametrize("condition", ['"x"', 'W/"p-"', "", "p-*"])
def test_another_tag_answers_200(client: Client, condition: str) -> None:
    assert client.get(FRESNEL, headers={"if-none-match": condition}).status_code == 200


def test_a_changed_file_changes_its_tag(client: Client, site: Path) -> None:
    before = client.get("/").headers["etag"]
    site_of.write(site / "public", "/", "autre chose")
    assert client.get("/").headers["etag"] != before


@pytest.mark.parametrize("path", ["/", FRESNEL, LARGE_FILE, "/rien/", "/healthz", "/nope.png"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_head_is_get_without_the_body(client: Client, path: str, coding: str) -> None:
    headers = {"accept-encoding": coding}
    head, get = client.head(path, headers=headers), client.get(path, headers=headers)
    assert head.content == b""
    assert head.status_code == get.status_code
    assert dict(head.headers) == dict(get.headers)
    assert "content-length" in head.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", FRESNEL, "/rien/", "/healthz", "/.well-known/jwks.json"])
def test_other_methods_are_refused(client: Client, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", FRESNEL, LARGE_FILE])
def test_ranges_are_not_honoured(client: Client, path: str) -> None:
    answer = client.get(path, headers={"range": "bytes=0-9", "if-range": '"x"'})
    assert answer.status_code == 200
    assert answer.headers["accept-ranges"] == "none"
    assert len(answer.content) > 10


def test_a_large_file_arrives_whole(client: Client, site: Path) -> None:
    answer = client.get(LARGE_FILE)
    assert answer.content == (site / "public" / LARGE_FILE[1:]).read_bytes()
    assert answer.headers["content-length"] == str(LARGE_BYTES)


def test_a_large_text_is_compressed_whole(client: Client, site: Path) -> None:
    text = site_of.write(site / "public", "/plan.xml", "<url>x</url>" * 60_000).read_bytes()
    answer = client.get("/plan.xml", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == text


@pytest.mark.parametrize(
    "accept", ["gzip", "GZIP", "br, gzip;q=0.5", "*", "gzip; q=1.0", "x, *;q=0.1"]
)
def test_text_is_compressed_for_who_takes_it(client: Client, accept: str) -> None:
    answer = client.get("/", headers={"accept-encoding": accept})
    assert answer.headers["content-encoding"] == "gzip"
    assert "page /" in answer.text


@pytest.mark.parametrize(
    "accept", ["", "identity", "br", "gzip;q=0", "gzip;q=0.0, *", "*;q=0", "gzip;q=x"]
)
def test_text_is_not_compressed_for_who_refuses_it(client: Client, accept: str) -> None:
    answer = client.get("/", headers={"accept-encoding": accept})
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("reader", ["anonymous", "member"])
def test_both_variants_compress_to_what_they_are(
    client: Client, as_reader: Reader, reader: str
) -> None:
    identity = as_reader("all") if reader == "member" else {}
    plain = client.get(FRESNEL, headers={**identity, "accept-encoding": "identity"})
    for _ in range(2):  # the second time from the cache, for the preview
        zipped = client.get(FRESNEL, headers={**identity, "accept-encoding": "gzip"})
        assert zipped.headers["content-encoding"] == "gzip"
        assert zipped.content == plain.content
    assert zipped.headers["etag"] == plain.headers["etag"]


def test_what_is_small_or_compressed_already_is_sent_as_it_is(client: Client) -> None:
    for path in ("/robots.txt", "/pagefind/fragment/fr_1a2b3c4.pf_fragment", LARGE_FILE):
        answer = client.get(path, headers={"accept-encoding": "gzip"})
        assert "content-encoding" not in answer.headers


def test_compressed_bytes_are_the_same_each_time() -> None:
    from paywall.site.encoding import compress

    assert compress(b"abc") == compress(b"abc")
    assert gzip.decompress(compress(b"abc")) == b"abc"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/flux/rss.xml", "application/rss+xml"),
        ("/flux/sciences.atom.xml", "application/atom+xml"),
        ("/site.webmanifest", "application/manifest+json"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/pagefind/wasm.fr.pagefind", "application/octet-stream"),
        (site_of.PUBLIC_IMAGE, "image/avif"),
    ],
)
def test_each_file_says_what_it_is(client: Client, path: str, media_type: str) -> None:
    assert client.get(path).headers["content-type"] == media_type


def test_without_a_public_tree_the_answer_is_a_short_503(client: Client, site: Path) -> None:
    (site / "public").rename(site / "ailleurs")
    (site / "manifest.json").unlink()
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert "Réessayez" in answer.text


def test_the_site_comes_back_as_soon_as_it_is_there(client: Client, site: Path) -> None:
    aside = site.with_name("aside")
    site.rename(aside)
    assert client.get("/").status_code == 503
    aside.rename(site)
    assert client.get("/").status_code == 200


def test_without_a_page_of_its_own_the_site_still_says_not_found(
    client: Client, site: Path
) -> None:
    (site / "public" / "404.html").unlink()
    answer = client.get("/rien/")
    assert answer.status_code == 404
    assert "Page introuvable" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_health_is_told_without_a_site(client: Client, site: Path) -> None:
    site.rename(site.with_name("aside"))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["cache-control"] == "no-store"
