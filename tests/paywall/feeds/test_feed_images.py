"""Images in a private feed load without cookies, each by an address of this feed's own."""

import re
import stat
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from feed_site import BOTH_ISSUES, FIRST_ISSUE_ONLY, Office
from paywall_client import Client
from PIL import Image

from paywall.accounts.feeds import reset_feed
from paywall.errors import KeyFileError
from paywall.feeds.images import load_image_key
from paywall.settings import Settings
from paywall.store.schema import Feed, Reader

LATER, EARLIER = "digue-800.jpg", "reservee-800.jpg"


def images_in(client: Client, feed: str) -> dict[str, str]:
    """The addresses of the images that a feed shows, by the last part of their paths."""
    text = client.get(feed).text.replace("&lt;", "<").replace("&quot;", '"')
    shown = re.findall(r'<img src="http://localhost:8000(/[^"]+)"', text)
    return {path.rpartition("/")[2]: path for path in shown}


@pytest.fixture
def shown(client: Client, office: Office) -> dict[str, str]:
    return images_in(client, office.feed_for("ana@example.org", BOTH_ISSUES))


def test_every_image_of_a_whole_text_loads_without_a_cookie(
    client: Client, shown: dict[str, str]
) -> None:
    assert {LATER, EARLIER, "partagee-640.jpg"} <= shown.keys()
    for path in shown.values():
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert Image.open(BytesIO(answer.content)).size[0] in {640, 800}


def test_public_images_have_their_public_address(shown: dict[str, str]) -> None:
    assert shown["partagee-640.jpg"].startswith("/images/")
    assert shown[LATER].startswith("/flux/images/1/")


def test_the_public_address_of_a_gated_image_stays_closed(
    client: Client, shown: dict[str, str]
) -> None:
    public = "/images/" + shown[LATER].split("/images/")[2]
    assert client.get(public).status_code == 404


def test_a_lapsed_reader_has_the_images_of_what_they_kept(client: Client, office: Office) -> None:
    shown = images_in(client, office.feed_for("zoe@example.org", FIRST_ISSUE_ONLY))
    assert client.get(shown[EARLIER]).status_code == 200
    assert LATER not in shown


def test_an_image_closes_with_the_right_to_its_page(
    client: Client, office: Office, clock: Any
) -> None:
    soon = BOTH_ISSUES[0], clock.now.replace(hour=10)
    shown = images_in(client, office.feed_for("ana@example.org", soon))
    clock.advance(hours=1)
    assert [client.get(shown[name]).status_code for name in (LATER, EARLIER)] == [404, 404]


def test_an_image_opens_with_its_issue(client: Client, office: Office, clock: Any) -> None:
    feed = office.feed_for("luc@example.org")
    assert EARLIER not in images_in(client, feed)
    clock.now = clock.now.replace(year=2028)
    assert client.get(images_in(client, feed)[EARLIER]).status_code == 200


@pytest.mark.parametrize("how", ["revoke", "reset"])
def test_images_go_with_the_address_of_their_feed(
    client: Client, office: Office, shown: dict[str, str], how: str
) -> None:
    if how == "revoke":
        office.revoke("ana@example.org")
    else:
        with office.database.begin(office.now, "test") as unit:
            reset_feed(unit, unit.db.query(Reader).one())
    assert client.get(shown[LATER]).status_code == 404


def test_an_address_of_one_feed_opens_nothing_of_another(
    client: Client, office: Office, shown: dict[str, str]
) -> None:
    others = images_in(client, office.feed_for("zoe@example.org", BOTH_ISSUES))
    assert shown[LATER] != others[LATER]
    assert client.get(shown[LATER].replace("/1/", "/2/", 1)).status_code == 404
    assert client.get(others[LATER].replace("/2/", "/1/", 1)).status_code == 404


def test_a_mac_does_not_outlive_a_number_given_again(
    client: Client, office: Office, shown: dict[str, str]
) -> None:
    """A database that was restored may give a feed's number to another."""
    with office.database.begin(office.now, "test") as unit:
        unit.db.query(Feed).one().digest = b"\x01" * 32
    assert client.get(shown[LATER]).status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("digue-800.jpg", "digue-480.jpg"),
        ("digue-800.jpg", "DIGUE-800.jpg"),
        ("digue-800.jpg", "digue-800.avif"),
        ("digue-800.jpg", "digue-800.jpg/"),
        ("digue-800.jpg", "digue%2D800.jpg"),
        ("digue-800.jpg", "%2e%2e/digue-800.jpg"),
        ("digue-800.jpg", "digue-800.jpg%00"),
        ("/flux/images/1/", "/flux/images/01/"),
        ("/flux/images/1/", "/flux/images/%31/"),
        ("/flux/images/1/", "/flux/images/9999999999999999999/"),
        ("/flux/images/1/", "/flux/images/-1/"),
        ("/flux/images/1/", "/flux/images/1//"),
    ],
)
def test_an_address_opens_this_one_file_spelled_this_one_way(
    client: Client, shown: dict[str, str], old: str, new: str
) -> None:
    changed = shown[LATER].replace(old, new, 1)
    assert changed != shown[LATER]
    assert client.get(changed).status_code == 404


def test_a_mac_of_one_image_opens_no_other(client: Client, shown: dict[str, str]) -> None:
    mac, other = (shown[name].split("/")[4] for name in (LATER, EARLIER))
    assert client.get(shown[LATER].replace(mac, other)).status_code == 404
    for position in (0, 10, 21):  # the last sign has spare bits
        sign = "A" if mac[position] != "A" else "B"
        changed = mac[:position] + sign + mac[position + 1 :]
        assert client.get(shown[LATER].replace(mac, changed)).status_code == 404


def test_an_image_is_kept_by_its_reader_alone(client: Client, shown: dict[str, str]) -> None:
    answer = client.get(shown[LATER])
    assert answer.headers["cache-control"] == "private, max-age=604800"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["x-robots-tag"] == "noindex"
    headers = {"if-none-match": answer.headers["etag"]}
    again = client.get(shown[LATER], headers=headers)
    assert (again.status_code, again.headers["cache-control"]) == (
        304,
        "private, max-age=604800",
    )


def test_addresses_outlive_a_restart_and_other_signing_keys(
    shown: dict[str, str], restart: Callable[..., Client]
) -> None:
    assert restart().get(shown[LATER]).status_code == 200


def test_another_key_opens_nothing(
    settings: Settings, shown: dict[str, str], restart: Callable[..., Client]
) -> None:
    (settings.keys / "feeds.key").unlink()
    assert restart().get(shown[LATER]).status_code == 404


def test_the_key_is_its_owners_alone(client: Client, settings: Settings) -> None:
    file = settings.keys / "feeds.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_image_key(settings.keys)
    file.chmod(0o600)
    file.write_bytes(b"short")
    with pytest.raises(KeyFileError, match="32 octets"):
        load_image_key(settings.keys)
