"""How a private feed is asked for: conditional, compressed, refused, limited, kept by whom."""

import logging
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from feed_site import BOTH_ISSUES, FIRST_ISSUE_ONLY, TIDE, Office
from paywall_client import Client
from sqlalchemy import select

from paywall.accounts.feeds import reset_feed
from paywall.app import create_app
from paywall.feeds.strangers import TIMES
from paywall.keys import Keyring
from paywall.settings import Settings
from paywall.store.schema import Period, Reader, Table

UNKNOWN = f"/flux/prive/{'A' * 43}/rss.xml"


@pytest.fixture
def feed(office: Office) -> str:
    return office.feed_for("ana@example.org", BOTH_ISSUES)


def test_a_reader_that_has_it_is_told_so(client: Client, feed: str) -> None:
    first = client.get(feed)
    for name, value in (
        ("if-none-match", first.headers["etag"]),
        ("if-modified-since", first.headers["last-modified"]),
    ):
        again = client.get(feed, headers={name: value})
        assert (again.status_code, again.content) == (304, b"")
        for header in ("etag", "last-modified", "cache-control", "vary"):
            assert again.headers[header] == first.headers[header]


def test_a_tag_counts_before_a_date(client: Client, feed: str) -> None:
    first = client.get(feed)
    headers = {"if-none-match": '"other"', "if-modified-since": first.headers["last-modified"]}
    assert client.get(feed, headers=headers).status_code == 200


def test_a_date_that_we_did_not_send_proves_nothing(client: Client, feed: str, clock: Any) -> None:
    client.get(feed)
    clock.advance(hours=1)
    later = "Sun, 14 Mar 2027 10:00:00 GMT"
    assert client.get(feed, headers={"if-modified-since": later}).status_code == 200


def test_when_rights_change_so_do_tag_and_date(client: Client, office: Office, feed: str) -> None:
    """Back to what it was, too: a date alone must not bring the former text back."""
    seen = []
    for withdrawn_at in (None, office.now, None):
        with office.database.begin(office.now, "test") as unit:
            unit.db.query(Period).one().withdrawn_at = withdrawn_at
        seen.append(client.get(feed).headers)
    tags, dates = ([headers[name] for headers in seen] for name in ("etag", "last-modified"))
    assert tags[0] == tags[2] != tags[1]
    assert len(set(dates)) == 3
    assert sorted(dates, key=parsedate_to_datetime) == dates
    stale = client.get(feed, headers={"if-modified-since": dates[0]})
    assert stale.status_code == 200


def test_a_tag_outlives_the_process(
    client: Client, feed: str, restart: Callable[..., Client]
) -> None:
    tag = client.get(feed).headers["etag"]
    assert restart().get(feed, headers={"if-none-match": tag}).status_code == 304


def test_a_tag_of_one_feed_is_none_of_another(client: Client, office: Office, feed: str) -> None:
    other = office.feed_for("zoe@example.org", BOTH_ISSUES)
    tag = client.get(feed).headers["etag"]
    assert client.get(other, headers={"if-none-match": tag}).status_code == 200


def test_no_shared_cache_may_keep_it_and_its_reader_asks_each_time(
    client: Client, feed: str
) -> None:
    headers = client.get(feed).headers
    assert headers["cache-control"] == "private, no-cache"
    assert headers["vary"] == "Accept-Encoding"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


def test_it_is_sent_compressed_to_who_takes_that(client: Client, feed: str) -> None:
    packed = client.get(feed, headers={"accept-encoding": "gzip"})
    plain = client.get(feed, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.content == plain.content  # httpx has decompressed it
    assert "content-encoding" not in plain.headers
    assert packed.headers["etag"] == plain.headers["etag"]


def test_head_says_what_get_would(client: Client, feed: str) -> None:
    got, told = client.get(feed), client.head(feed)
    assert (told.status_code, told.content) == (200, b"")
    assert dict(told.headers) == dict(got.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(client: Client, feed: str, method: str) -> None:
    assert client.request(method, feed).status_code == 405


def test_a_reset_ends_the_former_address_at_once(client: Client, office: Office, feed: str) -> None:
    assert TIDE in client.get(feed).text
    with office.database.begin(office.now, "reader:1") as unit:
        opened = reset_feed(unit, unit.db.query(Reader).one())
    assert client.get(feed).status_code == 404
    assert TIDE in client.get(f"/flux/prive/{opened.secret}/rss.xml").text


def test_revoked_unknown_and_malformed_addresses_are_answered_alike(
    client: Client, office: Office, feed: str
) -> None:
    office.revoke("ana@example.org")
    secret = feed.split("/")[3]
    paths = [
        feed,
        UNKNOWN,
        "/flux/prive/",
        "/flux/prive/rss.xml",
        f"/flux/prive/{secret}",
        f"/flux/prive/{secret}/",
        f"/flux/prive/{secret}/atom.xml",
        f"/flux/prive/{secret}/rss.xml/",
        f"/flux/prive/{secret[:-1]}/rss.xml",
        f"/flux/prive/{secret}A/rss.xml",
        f"/flux/prive/{'é' * 43}/rss.xml",
        f"/flux/prive/{'A' * 5000}/rss.xml",
        f"/flux/prive//{secret}/rss.xml",
        "/flux/prive/%2e%2e/feed.json",
    ]
    answers = [client.get(path, headers={"if-none-match": "*"}) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert answers[0].headers["cache-control"] == "no-store"
    assert "html" not in answers[0].headers["content-type"]


def test_a_secret_has_one_spelling(client: Client, feed: str) -> None:
    secret = feed.split("/")[3]
    other = f"%{ord(secret[0]):02X}{secret[1:]}"
    assert client.get(f"/flux/prive/{other}/rss.xml").status_code == 404


def test_a_network_that_tries_addresses_must_wait_and_its_readers_need_not(
    client: Client, feed: str, clock: Any
) -> None:
    client.get(feed)
    for number in range(TIMES):
        assert client.get(f"/flux/prive/{number:043d}/rss.xml").status_code == 404
    refused = client.get(f"/flux/prive/{'B' * 43}/rss.xml")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "600")
    assert TIDE in client.get(feed).text
    clock.advance(minutes=10)
    assert client.get(f"/flux/prive/{'B' * 43}/rss.xml").status_code == 404


def test_another_network_is_not_made_to_wait(feed: str, restart: Callable[..., Client]) -> None:
    client = restart(proxies=(ip_network("127.0.0.0/8"),))
    for number in range(TIMES):
        path = f"/flux/prive/{number:043d}/rss.xml"
        client.get(path, headers={"x-forwarded-for": "198.51.100.7"})
    tried = {
        address: client.get(feed, headers={"x-forwarded-for": address}).status_code
        for address in ("198.51.100.7", "203.0.113.9")
    }
    assert tried == {"198.51.100.7": 429, "203.0.113.9": 200}


def test_while_the_database_is_down_readers_are_told_to_come_back(
    settings: Settings, clock: Any, keys: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    down = replace(settings, database="postgresql://nobody@127.0.0.1:1/nothing")
    answer = Client(create_app(down, clock=clock, keys=keys)).get(UNKNOWN)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert answer.headers["cache-control"] == "no-store"
    assert "flux privés indisponibles" in said(caplog)
    assert "A" * 43 not in said(caplog)


def test_before_anything_is_published_readers_are_told_to_come_back(
    feed: str, restart: Callable[..., Client], tmp_path: Path
) -> None:
    answer = restart(output=tmp_path / "nothing").get(feed)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


def test_a_feed_is_not_to_be_had_without_its_database(
    client: Client, feed: str, break_store: Callable[[], None]
) -> None:
    assert TIDE in client.get(feed).text
    break_store()
    assert client.get(feed).status_code == 503


def test_no_line_of_the_log_has_a_secret(
    client: Client, feed: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(feed)
        client.get(UNKNOWN)
    assert feed.split("/")[3] not in said(caplog)
    assert "A" * 43 not in said(caplog)


def said(caplog: pytest.LogCaptureFixture) -> str:
    """What the service logged, at any level: not what the test's own client did."""
    ours = (record for record in caplog.records if not record.name.startswith("httpx"))
    return "\n".join(record.getMessage() for record in ours)


def test_the_database_holds_no_secret(office: Office, feed: str) -> None:
    with office.database.read() as db:
        tables = Table.metadata.sorted_tables
        kept = str([row for table in tables for row in db.execute(select(table))])
    assert "feed.created" in kept
    assert feed.split("/")[3] not in kept


def test_the_sitemap_and_the_public_feeds_know_of_none(client: Client, feed: str) -> None:
    client.get(feed)
    for path in ("/sitemap.xml", "/robots.txt", "/flux/magazine.rss.xml"):
        assert "flux/prive" not in client.get(path).text


def test_a_feed_is_the_same_for_a_lapsed_reader_however_it_is_asked_for(
    client: Client, office: Office
) -> None:
    lapsed = office.feed_for("zoe@example.org", FIRST_ISSUE_ONLY)
    for query in ("?all=1", "?full", "?jeton=x"):
        answer = client.get(lapsed + query, headers={"authorization": "Bearer x"})
        assert (answer.status_code, TIDE in answer.text) == (200, False)
