"""Who gets what in a private feed: full texts to whom they belong, previews to all others."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from feed_site import (
    BOTH_ISSUES,
    FIRST_ISSUE_ONLY,
    LATER_ISSUE,
    TIDE,
    TIDE_PREVIEW,
    TIDES,
    Office,
    texts,
)
from gated_magazine import PLANTED, SEALED
from lxml import etree
from paywall_client import Client

from paywall.store.schema import Period, Reader

GATED_WORDS = PLANTED["paragraph"]
REGISTERED = "/numeros/13-ombres/inscrits/"


def typeset(sentence: str) -> str:
    return sentence.replace("'", "’")


def test_a_subscriber_gets_every_text_whole(client: Client, office: Office) -> None:
    answer = client.get(office.feed_for("ana@example.org", BOTH_ISSUES))
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "application/rss+xml; charset=utf-8",
    )
    said = texts(answer.content)
    assert TIDE in said[TIDES]
    assert all("Lire la suite" not in text for text in said.values())
    for name in ("paragraph", "footnote", "table cell", "alternative text", "list item"):
        assert typeset(PLANTED[name]) in said[SEALED], name


def test_who_never_subscribed_gets_previews_and_no_gated_sentence(
    client: Client, office: Office
) -> None:
    body = client.get(office.feed_for("luc@example.org")).text
    said = texts(body.encode())
    assert TIDE_PREVIEW in said[TIDES]
    assert "Lire la suite" in said[TIDES]
    for sentence in [TIDE, *PLANTED.values()]:
        assert sentence not in body
        assert typeset(sentence) not in body


def test_any_reader_gets_what_being_known_opens(client: Client, office: Office) -> None:
    said = texts(client.get(office.feed_for("luc@example.org")).content)
    assert "Lire la suite" not in said[REGISTERED]
    assert "niveau 129" in said[REGISTERED]


def test_a_lapsed_subscriber_keeps_the_texts_of_their_time_and_gets_no_other(
    client: Client, office: Office
) -> None:
    body = client.get(office.feed_for("zoe@example.org", FIRST_ISSUE_ONLY)).text
    said = texts(body.encode())
    assert typeset(GATED_WORDS) in said[SEALED]
    assert TIDE not in body
    assert TIDE_PREVIEW in said[TIDES]


def test_a_bought_issue_is_whole_and_no_other(client: Client, office: Office) -> None:
    buyer = office.subscribe("tom@example.org")
    office.buy(buyer, LATER_ISSUE)
    body = client.get(office.open_feed(buyer)).text
    assert TIDE in body
    assert typeset(GATED_WORDS) not in body


def test_feeds_of_two_readers_do_not_mix_whoever_asks_first(client: Client, office: Office) -> None:
    """One after the other through the same caches, each twice."""
    whole = office.feed_for("ana@example.org", BOTH_ISSUES)
    lapsed = office.feed_for("zoe@example.org", FIRST_ISSUE_ONLY)
    for _ in range(2):
        assert TIDE in client.get(whole).text
        assert TIDE not in client.get(lapsed).text


def test_a_subscription_that_ends_closes_its_feed_at_that_instant(
    client: Client, office: Office, clock: Any
) -> None:
    ends_at = datetime(2027, 3, 14, 10, tzinfo=UTC)
    feed = office.feed_for("ana@example.org", (BOTH_ISSUES[0], ends_at))
    assert TIDE in client.get(feed).text
    clock.now = ends_at
    after = client.get(feed)
    assert (after.status_code, TIDE in after.text) == (200, False)


def test_a_refund_closes_and_a_dispute_won_opens_again(client: Client, office: Office) -> None:
    reader = office.subscribe("ana@example.org", BOTH_ISSUES)
    feed = office.open_feed(reader)
    shown = []
    for withdrawn_at in (None, office.now, None):
        with office.database.begin(office.now, "test") as unit:
            unit.db.query(Period).one().withdrawn_at = withdrawn_at
        shown.append(TIDE in client.get(feed).text)
    assert shown == [True, False, True]


def test_what_has_opened_to_everybody_is_whole_without_a_new_build(
    client: Client, office: Office, clock: Any
) -> None:
    feed = office.feed_for("luc@example.org")
    assert typeset(GATED_WORDS) not in client.get(feed).text
    clock.now = datetime(2027, 11, 2, tzinfo=UTC)
    assert typeset(GATED_WORDS) in client.get(feed).text


def test_a_new_build_is_in_the_next_answer(client: Client, office: Office, site: Path) -> None:
    feed = office.feed_for("luc@example.org")
    client.get(feed)
    change_feed(site, title="La Gazette refondue")
    assert "La Gazette refondue · flux privé" in client.get(feed).text


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"version": 2}', "absent", "unknown field"])
def test_a_feed_file_that_cannot_be_read_leaves_readers_with_what_they_have(
    client: Client, office: Office, site: Path, broken: str
) -> None:
    feed, file = office.feed_for("ana@example.org", BOTH_ISSUES), site / "feed.json"
    if broken == "absent":
        file.unlink()
    elif broken == "unknown field":
        change_feed(site, only_for="patrons")
    else:
        file.write_text(broken)
    (site / "manifest.json").touch()
    answer = client.get(feed)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_without_a_readable_manifest_nothing_gated_is_in_any_feed(
    client: Client, office: Office, site: Path
) -> None:
    (site / "manifest.json").write_text("{")
    body = client.get(office.feed_for("ana@example.org", BOTH_ISSUES)).text
    assert TIDE_PREVIEW in body
    assert TIDE not in body
    assert typeset(GATED_WORDS) not in body


def test_entries_are_those_of_the_public_feed_under_the_same_names(
    client: Client, office: Office, site: Path
) -> None:
    private = etree.fromstring(client.get(office.feed_for("ana@example.org", BOTH_ISSUES)).content)
    public = etree.parse(site / "public" / "flux" / "magazine.rss.xml").getroot()
    for name in ("guid", "link", "title", "description"):
        path = f"channel/item/{name}"
        assert [e.text for e in private.iterfind(path)] == [e.text for e in public.iterfind(path)]
    assert days_of(private) == days_of(public)


def days_of(feed: etree._Element) -> list[datetime]:
    return [parsedate_to_datetime(e.text or "") for e in feed.iterfind("channel/item/pubDate")]


def test_nothing_in_a_feed_tells_its_address(client: Client, office: Office) -> None:
    feed = office.feed_for("ana@example.org", BOTH_ISSUES)
    answer = client.get(feed, headers={"accept-encoding": "identity"})
    secret = feed.split("/")[3]
    assert secret not in answer.text
    assert "/flux/prive/" not in answer.text
    assert secret not in str(answer.headers)
    assert b'rel="self"' not in answer.content
    links = etree.fromstring(answer.content).iterfind("channel/link")
    assert [link.text for link in links] == ["http://localhost:8000/"]


def test_an_erased_reader_has_no_feed(client: Client, office: Office) -> None:
    reader = office.subscribe("ana@example.org", BOTH_ISSUES)
    feed = office.open_feed(reader)
    with office.database.begin(office.now, "test") as unit:
        unit.db.get_one(Reader, reader).erased_at = office.now
    assert client.get(feed).status_code == 404


def change_feed(site: Path, **changes: object) -> None:
    """Publish another feed.json, as a build would: the manifest is another file, too."""
    document = json.loads((site / "feed.json").read_bytes()) | changes
    (site / "feed.json").write_text(json.dumps(document))
    manifest = site / "manifest.json"
    aside = manifest.with_suffix(".aside")
    aside.write_bytes(manifest.read_bytes())
    aside.rename(manifest)
