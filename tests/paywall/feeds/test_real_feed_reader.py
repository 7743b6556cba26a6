"""newsboat follows private feeds of the real service, from the first issue to revocation."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from feed_site import BOTH_ISSUES, FIRST_ISSUE_ONLY, TIDE, TIDE_PREVIEW, TIDES, Office
from gated_magazine import PLANTED, SEALED
from newsboat import Newsboat
from patience import PATIENCE_SECONDS
from paywall_process import Service
from PIL import Image

from paywall.store.database import Database
from paywall.store.migrate import migrate

RUNS = (datetime(2026, 1, 1, tzinfo=UTC), BOTH_ISSUES[1])
"""A subscription that runs on the day of the test: these tests have the real clock."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    database = Database(f"sqlite:///{tmp_path / 'var' / 'accounts.sqlite'}")
    migrate(database)
    return Office(database, lambda: datetime.now(UTC))


@pytest.fixture
def service(built: Path, office: Office, tmp_path: Path) -> Iterator[Service]:
    running = Service(built, tmp_path / "var").wait_until_ready()
    yield running
    running.stop()


def follow(service: Service, tmp_path: Path, feed: str) -> Newsboat:
    return Newsboat(tmp_path / "home", f"http://127.0.0.1:{service.port}{feed}")


def sentence(name: str) -> str:
    return PLANTED[name].replace("'", "’")


def test_a_subscriber_reads_whole_articles_with_their_images(
    service: Service, office: Office, tmp_path: Path
) -> None:
    reader = follow(service, tmp_path, office.feed_for("ana@example.org", RUNS))
    reader.reload()
    articles = reader.articles()
    assert TIDE in articles[TIDES]
    assert sentence("paragraph") in articles[SEALED]
    images = re.findall(r'<img src="([^"]+/flux/images/[^"]+)"', "".join(articles.values()))
    assert len(images) == 2
    for address in images:  # as a reader with a screen does, without a cookie
        with urlopen(address, timeout=PATIENCE_SECONDS) as answer:
            assert Image.open(BytesIO(answer.read())).size == (800, 600)


def test_a_lapsed_subscriber_goes_on_with_previews(
    service: Service, office: Office, tmp_path: Path
) -> None:
    reader = follow(service, tmp_path, office.feed_for("zoe@example.org", FIRST_ISSUE_ONLY))
    reader.reload()
    articles = reader.articles()
    assert sentence("paragraph") in articles[SEALED]
    assert TIDE_PREVIEW in articles[TIDES]
    assert TIDE not in str(articles)


def test_a_reader_that_has_it_fetches_nothing_until_rights_change(
    service: Service, office: Office, tmp_path: Path
) -> None:
    subscriber = office.subscribe("ana@example.org", FIRST_ISSUE_ONLY)
    reader = follow(service, tmp_path, office.open_feed(subscriber))
    reader.reload()
    fetched = reader.reload()  # newsboat 2.21 keeps no tag of the first
    assert "<rss" in fetched
    tag = reader.tag()
    assert tag.startswith('W/"f-')
    assert "<rss" not in reader.reload()
    office.buy(subscriber, "14-marees")
    assert "<rss" in reader.reload()
    assert reader.tag() != tag
    assert TIDE in reader.articles()[TIDES]


def test_a_revoked_feed_brings_nothing_more(
    service: Service, office: Office, tmp_path: Path
) -> None:
    feed = office.feed_for("ana@example.org", RUNS)
    office.revoke("ana@example.org")  # by another process than the service
    reader = follow(service, tmp_path, feed)
    assert "<rss" not in reader.reload()
    assert reader.articles() == {}


def test_tricks_of_paths_open_nothing_and_logs_tell_no_secret(
    service: Service, office: Office
) -> None:
    feed = office.feed_for("ana@example.org", RUNS).encode()
    assert service.ask(b"GET " + feed).status == 200
    root, secret = feed.removesuffix(b"/rss.xml"), feed.split(b"/")[3]
    for trick in (
        root + b"/../../../feed.json",
        root + b"/%2e%2e/%2e%2e/feed.json",
        root + b"//rss.xml",
        root + b"/rss.xml%00",
        root + b"/RSS.XML",
        b"//flux/prive/" + secret + b"/rss.xml",
        b"/flux/./prive/" + secret + b"/rss.xml",
        b"/flux%2fprive/" + secret + b"/rss.xml",
        b"/flux/images/1/" + b"A" * 22 + b"/images/../../feed.json",
        b"/flux/images/1/" + b"A" * 22 + b"/members/index.html",
        b"/feed.json",
        b"/../feed.json",
    ):
        answer = service.ask(b"GET " + trick)
        assert answer.status in {301, 404}, trick
        assert TIDE.encode() not in answer.body
    printed = "".join(service.stop())
    assert secret.decode() not in printed
