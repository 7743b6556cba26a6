"""What is answered from memory, and what never is."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import paywall_site as site_of
import pytest
from paywall_client import Client
from paywall_site import FRESNEL, PREVIEW, SECRET, write, write_manifest, write_site

from paywall.app import create_app
from paywall.keys import Keyring
from paywall.settings import Settings
from paywall.site.kept import Kept, Served, Shelf, may_be_kept
from paywall.site.lookup import Variant
from paywall.site.output import Output

Reader = Callable[..., dict[str, str]]
A_DAY = 86_400.0
START = {"type": "http.response.start", "status": 200, "headers": []}


@pytest.fixture
def remembering(settings: Settings, clock: Any, keys: Keyring) -> Client:
    """A service that looks at the disk once a day: what it shows after that, it remembers."""
    return Client(create_app(settings, clock=clock, keys=keys, look_seconds=A_DAY))


def without_files(site: Path) -> None:
    for tree in ("public", "members"):
        shutil.rmtree(site / tree)


@pytest.mark.parametrize("coding", ["gzip", "identity"])
@pytest.mark.parametrize("path", ["/", FRESNEL, "/robots.txt", site_of.PUBLIC_IMAGE])
def test_what_was_asked_for_is_answered_from_memory(
    remembering: Client, site: Path, path: str, coding: str
) -> None:
    headers = {"accept-encoding": coding}
    first = remembering.get(path, headers=headers)
    without_files(site)
    again = remembering.get(path, headers=headers)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers == first.headers
    assert remembering.get("/chercher/").status_code == 404  # was not asked for before


def test_each_reader_gets_from_memory_what_is_theirs(
    remembering: Client, as_reader: Reader, site: Path
) -> None:
    entitled, other, nobody = as_reader("all"), as_reader("issue:813-mouvement"), {}
    for reader in (entitled, nobody):
        remembering.get(FRESNEL, headers=reader)
    without_files(site)
    for reader, opened in ((nobody, 0), (other, 0), (entitled, 1), (nobody, 0), (entitled, 1)):
        answer = remembering.get(FRESNEL, headers=reader)
        assert answer.status_code == 200
        assert (SECRET in answer.text, PREVIEW in answer.text) == (opened, not opened)
        caching = "private, no-store" if opened else "no-cache"
        assert answer.headers["cache-control"] == caching


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_plan_without_ads_gets_the_full_text_without_them(
    remembering: Client, as_reader: Reader, site: Path, coding: str
) -> None:
    ad = '<aside class="ad ad-w250" aria-labelledby="x"><p>Publicité</p>\n<img alt="a"></aside>'
    text = f'<p>{SECRET}</p>\n{ad}\n<aside class="note">Une note</aside>' * 30
    write(site / "members", FRESNEL, text)
    write(site / "public", FRESNEL, PREVIEW + ad)
    tags = set()
    for _ in range(2):  # the second time from memory
        for grants, ads in ((("all",), 30), (("all", "no-ads"), 0), (("no-ads",), 1)):
            headers = as_reader(*grants) | {"accept-encoding": coding}
            answer = remembering.get(FRESNEL, headers=headers)
            assert answer.text.count("Publicité") == ads
            assert answer.text.count("Une note") == (30 if "all" in grants else 0)
            tags.add(answer.headers["etag"])
    assert len(tags) == 3


def test_a_full_text_in_memory_closes_with_its_token(
    remembering: Client, as_reader: Reader, clock: Any
) -> None:
    reader = as_reader("all")
    for _ in range(2):
        assert SECRET in remembering.get(FRESNEL, headers=reader).text
    clock.advance(minutes=15)
    assert SECRET not in remembering.get(FRESNEL, headers=reader).text


def test_a_preview_in_memory_opens_at_its_instant(remembering: Client, clock: Any) -> None:
    for _ in range(2):
        assert SECRET not in remembering.get(site_of.OPENS_LATER).text
    clock.now = clock.now.replace(year=2030)
    assert SECRET in remembering.get(site_of.OPENS_LATER).text


def test_a_page_in_memory_answers_304_head_and_other_methods_as_before(
    remembering: Client,
) -> None:
    page = remembering.get("/")
    tag = {"if-none-match": page.headers["etag"]}
    assert remembering.get("/", headers=tag).status_code == 304
    assert remembering.head("/").headers == page.headers
    assert remembering.post("/").status_code == 405
    assert remembering.get("/?query=1").content == page.content


def test_an_address_of_the_service_is_its_own_whatever_page_the_build_wrote_there(
    remembering: Client,
) -> None:
    """Without the service that page says so; with it, it is never shown, nor remembered."""
    for _ in range(2):
        answer = remembering.get("/connexion/")
        assert 'name="email"' in answer.text
        assert "page /connexion/" not in answer.text


def test_a_host_that_is_not_ours_gets_nothing_from_memory(
    settings: Settings, clock: Any, keys: Keyring
) -> None:
    ours = replace(settings, hosts=("revue.example", "*.revue.example"))
    client = Client(create_app(ours, clock=clock, keys=keys, look_seconds=A_DAY))
    for host in ("revue.example", "revue.example:8000", "www.revue.example"):
        assert client.get("/", headers={"host": host}).status_code == 200
    for host in ("autre.example", "xrevue.example", ""):
        assert client.get("/", headers={"host": host}).status_code == 400


def test_a_session_is_sent_to_renew_though_the_preview_is_in_memory(remembering: Client) -> None:
    remembering.get(FRESNEL)
    session = {"cookie": "bicorne_session=" + "s" * 43}
    assert remembering.get(FRESNEL, headers=session).status_code == 302
    assert remembering.get(FRESNEL).status_code == 200


def test_errors_and_redirects_are_not_kept(remembering: Client, site: Path) -> None:
    for _ in range(2):
        assert remembering.get("/rien/").status_code == 404
        assert remembering.get("/chercher").status_code == 301
    write(site / "public", "/rien/", "quelque chose")
    assert remembering.get("/rien/").status_code == 200


def test_a_changed_file_and_a_changed_manifest_are_noticed(
    client: Client, as_reader: Reader, site: Path
) -> None:
    for reader in ({}, as_reader("all")):
        client.get(FRESNEL, headers=reader)
    write(site / "members", FRESNEL, "corrigé")
    assert client.get(FRESNEL, headers=as_reader("all")).text == "corrigé"
    write_manifest(site, pages={}, files={})
    assert PREVIEW in client.get(FRESNEL, headers=as_reader("all")).text


def test_a_removed_full_text_falls_back_to_the_preview(
    client: Client, as_reader: Reader, site: Path
) -> None:
    client.get(FRESNEL, headers=as_reader("all"))
    (site / "members" / FRESNEL[1:] / "index.html").unlink()
    assert PREVIEW in client.get(FRESNEL, headers=as_reader("all")).text


def kept(site: Path, path: str, size_bytes: int) -> Kept:
    build = Output(site).current()
    assert build is not None
    file = build.open("public", "robots.txt")
    assert file is not None
    file.close()
    served = Served(build, None, Variant.PUBLIC, f"public{path}", file.key)
    return Kept(START, {"type": "http.response.body", "body": b"x" * size_bytes}, served, 0.0)


def test_memory_is_bounded_whatever_is_asked_for(tmp_path: Path) -> None:
    site = write_site(tmp_path / "output")
    shelf = Shelf(max_bytes=100_000)
    for n in range(100):
        shelf.keep(b"/%d" % n, kept(site, "/robots.txt", 10_000), gzip=False)
    found = [n for n in range(100) if shelf.find(b"/%d" % n)]
    assert found == list(range(93, 100))


def test_both_codings_of_an_address_weigh(tmp_path: Path) -> None:
    site = write_site(tmp_path / "output")
    shelf = Shelf(max_bytes=30_000)
    shelf.keep(b"/", kept(site, "/robots.txt", 20_000), gzip=False)
    shelf.keep(b"/", kept(site, "/robots.txt", 10_000), gzip=True)
    assert shelf.find(b"/") is None


@pytest.mark.parametrize(
    ("start", "body"),
    [
        ({"status": 404}, {}),
        ({"status": 304}, {}),
        ({"headers": [(b"set-cookie", b"a=b")]}, {}),
        ({}, {"more_body": True}),
        ({}, {"body": b"x" * 262_145}),
    ],
)
def test_only_whole_answers_that_are_nobodys_own_are_kept(
    start: dict[str, Any], body: dict[str, Any]
) -> None:
    whole = {"type": "http.response.body", "body": b"x"}
    assert may_be_kept(START, whole)
    assert not may_be_kept(START | start, whole | body)
