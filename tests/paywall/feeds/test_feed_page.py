"""The account page of the private feed: made, shown once, reset, deleted."""

import re
from typing import Any

import pytest
from feed_site import BOTH_ISSUES, TIDE, Office
from paywall_client import Client

from paywall.accounts.feeds import BY_READER
from paywall.accounts.sessions import open_session
from paywall.store.schema import Change, Reader

PAGE = "/compte/flux/"
OURS = {"origin": "http://localhost:8000"}


@pytest.fixture
def cookie(office: Office) -> dict[str, str]:
    """The headers of a subscriber's browser."""
    return session_of(office, office.subscribe("ana@example.org", BOTH_ISSUES))


def session_of(office: Office, reader_id: int) -> dict[str, str]:
    with office.database.begin(office.now, "test") as unit:
        opened = open_session(unit, unit.db.get_one(Reader, reader_id), "Firefox")
    return {"cookie": f"bicorne_session={opened.secret}"} | OURS


def press(client: Client, cookie: dict[str, str], what: str, feed: str = "") -> Any:
    return client.post(PAGE, headers=cookie, data={"faire": what, "flux": feed})


def address_in(page: str) -> str:
    found = re.search(r'value="http://localhost:8000(/flux/prive/[^"]+)"', page)
    return found[1] if found else ""


def test_it_is_for_who_is_signed_in(client: Client) -> None:
    asked = client.get(PAGE)
    assert (asked.status_code, asked.headers["location"]) == (303, f"/connexion/?vers={PAGE}")
    assert press(client, OURS, "create").status_code == 303


def test_a_reader_makes_a_feed_and_reads_at_its_address(
    client: Client, cookie: dict[str, str]
) -> None:
    assert "Créer mon flux" in client.get(PAGE, headers=cookie).text
    made = press(client, cookie, "create")
    assert made.status_code == 200
    assert made.headers["cache-control"] == "no-store"
    assert TIDE in client.get(address_in(made.text)).text


def test_the_address_is_shown_once_and_the_page_says_why(
    client: Client, cookie: dict[str, str]
) -> None:
    assert "n’est montrée qu’une fois" in press(client, cookie, "create").text
    later = client.get(PAGE, headers=cookie).text
    assert address_in(later) == ""
    assert "ne pouvons plus la montrer" in later
    assert "14 mars 2027" in later


def test_a_reset_gives_another_address_and_ends_the_former(
    client: Client, cookie: dict[str, str]
) -> None:
    former = address_in(press(client, cookie, "create").text)
    new = address_in(press(client, cookie, "reset", "1").text)
    assert client.get(former).status_code == 404
    assert TIDE in client.get(new).text


def test_a_deleted_feed_is_gone_and_another_may_be_made(
    client: Client, cookie: dict[str, str]
) -> None:
    former = address_in(press(client, cookie, "create").text)
    assert "Créer mon flux" in press(client, cookie, "revoke", "1").text
    assert client.get(former).status_code == 404
    assert TIDE in client.get(address_in(press(client, cookie, "create").text)).text


@pytest.mark.parametrize(
    ("what", "feed"),
    [("create", ""), ("create", "1"), ("reset", ""), ("reset", "7"), ("revoke", "x"), ("", "1")],
)
def test_a_form_of_an_older_page_changes_nothing(
    client: Client, cookie: dict[str, str], what: str, feed: str
) -> None:
    """Nor does a button that was pressed twice, or a page that was reloaded."""
    address = address_in(press(client, cookie, "create").text)
    again = press(client, cookie, what, feed)
    assert (again.status_code, address_in(again.text)) == (409, "")
    assert "Rien n’a été changé" in again.text
    assert TIDE in client.get(address).text


def test_what_is_not_there_is_neither_reset_nor_deleted(
    client: Client, cookie: dict[str, str]
) -> None:
    assert [press(client, cookie, what).status_code for what in ("reset", "revoke")] == [409, 409]


def test_a_reader_cannot_end_the_feed_of_another(
    client: Client, cookie: dict[str, str], office: Office
) -> None:
    address = address_in(press(client, cookie, "create").text)
    thief = session_of(office, office.subscribe("zoe@example.org"))
    assert press(client, thief, "revoke", "1").status_code == 409
    assert TIDE in client.get(address).text


def test_a_form_from_elsewhere_makes_nothing(client: Client, cookie: dict[str, str]) -> None:
    foreign = cookie | {"origin": "https://evil.example"}
    assert press(client, foreign, "create").status_code == 403
    assert "Créer mon flux" in client.get(PAGE, headers=cookie).text


def test_addresses_are_not_made_without_end(client: Client, cookie: dict[str, str]) -> None:
    made = [press(client, cookie, "create")]
    made += [press(client, cookie, "reset", str(n)) for n in range(1, BY_READER.times)]
    assert {answer.status_code for answer in made} == {200}
    refused = press(client, cookie, "reset", str(BY_READER.times))
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "86400")
    assert TIDE in client.get(address_in(made[-1].text)).text


def test_every_change_is_in_the_audit_log_without_the_secret(
    client: Client, cookie: dict[str, str], office: Office
) -> None:
    address = address_in(press(client, cookie, "create").text)
    press(client, cookie, "reset", "1")
    press(client, cookie, "revoke", "2")
    with office.database.read() as db:
        lines = db.query(Change).filter(Change.what.startswith("feed")).order_by(Change.id).all()
    assert [(line.what, line.subject, line.who) for line in lines] == [
        ("feed.created", "feed:1", "reader:1"),
        ("feed.revoked", "feed:1", "reader:1"),
        ("feed.created", "feed:2", "reader:1"),
        ("feed.revoked", "feed:2", "reader:1"),
    ]
    secret = address.split("/")[3]
    assert all(secret not in str((line.before, line.after)) for line in lines)


def test_the_page_speaks_english_to_who_prefers_it(client: Client, cookie: dict[str, str]) -> None:
    english = cookie | {"cookie": cookie["cookie"] + "; bicorne_langue=en"}
    made = press(client, english, "create").text
    assert "Your private feed" in made
    assert "it is shown only once" in made
    later = client.get(PAGE, headers=english).text
    assert "You have had your feed since 14 March 2027" in later or "March 14, 2027" in later
    for french in ("flux", "adresse", "lecteur"):
        assert french not in re.sub(r"<[^>]+>", " ", later.split("<main")[1].split("</main")[0])
