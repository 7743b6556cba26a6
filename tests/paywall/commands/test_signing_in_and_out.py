"""What the office does for whoever cannot sign in, or fears that somebody else does."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from accounts_browser import Browser
from office import Office
from starlette.types import ASGIApp

from paywall.accounts.feeds import create_feed
from paywall.accounts.sessions import open_session
from paywall.accounts.sign_in import ask
from paywall.app import create_app
from paywall.commands.accounts import find_reader
from paywall.ended import EndedSubjects, Learner
from paywall.store.schema import Change, Feed, Session, SignIn

ANA = "ana@exemple.fr"


@pytest.fixture
def ana(office: Office) -> str:
    office.reader(ANA)
    return ANA


def at(office: Office, minutes: int) -> Browser:
    """A browser, as late as that."""
    app: ASGIApp = create_app(
        office.settings, clock=lambda: datetime.now(UTC) + timedelta(minutes=minutes)
    )
    return Browser(app, office.settings.address)


def link_of(printed: str) -> str:
    found = re.match(r"http://localhost:8000/connexion/lien/\?cle=([\w-]{43})\n", printed)
    assert found
    return found[1]


def test_a_link_signs_in_once_within_the_hour_and_says_so(office: Office, ana: str) -> None:
    ran = office.run("subscribers", "link", f" {ana.upper()} ")
    assert "Ce lien vaut une heure et ne sert qu’une fois." in ran.printed
    assert ana in ran.printed
    key = link_of(ran.printed)
    assert at(office, 61).post("/connexion/lien/", {"cle": key}).status_code == 410
    telephone = at(office, 59)
    assert ana in telephone.get(f"/connexion/lien/?cle={key}").text
    done = telephone.post("/connexion/lien/", {"cle": key})
    assert (done.status_code, done.headers["location"]) == (303, "/compte/")
    assert telephone.get("/compte/").status_code == 200
    assert at(office, 59).post("/connexion/lien/", {"cle": key}).status_code == 410


def test_a_link_is_a_line_of_the_audit_log_without_its_key(office: Office, ana: str) -> None:
    key = link_of(office.run("subscribers", "link", ana).printed)
    (line,) = office.rows(Change)
    assert isinstance(line, Change)
    assert (line.what, line.subject) == ("reader.link-given", "reader:1")
    assert line.who.startswith("command:")
    assert key not in repr(office.everything())
    assert ana not in f"{line.before} {line.after}"


@pytest.mark.parametrize("command", ["link", "signout"])
def test_nobody_is_made_by_a_link_or_signed_out(office: Office, command: str) -> None:
    assert "personne n’a l’adresse" in office.run("subscribers", command, ANA).refusal
    assert office.rows(SignIn) == []


def signed_in(office: Office) -> None:
    with office.begin() as unit:
        reader = find_reader(unit.db, ANA)
        for device in ("Firefox, Linux", "Safari, iPhone"):
            open_session(unit, reader, device)
        create_feed(unit, reader)
        ask(unit, ANA, "192.0.2.1")


def test_signing_out_ends_sessions_waiting_links_and_the_feed(office: Office, ana: str) -> None:
    signed_in(office)
    ran = office.run("subscribers", "signout", ana)
    assert "2 appareils déconnectés." in ran.printed
    assert "flux privé est supprimé" in ran.printed
    assert all(session.ended_at for session in office.rows(Session))  # type: ignore[attr-defined]
    assert all(feed.revoked_at for feed in office.rows(Feed))  # type: ignore[attr-defined]
    (waiting,) = office.rows(SignIn)
    assert isinstance(waiting, SignIn)
    assert waiting.expires_at <= datetime.now(UTC)
    line = office.rows(Change)[-1]
    assert isinstance(line, Change)
    assert (line.what, (line.after or {})["feed"]) == ("reader.signed-out", True)


def test_the_feed_stays_where_the_office_says_so(office: Office, ana: str) -> None:
    signed_in(office)
    ran = office.run("subscribers", "signout", ana, "--keep-feed")
    assert "flux" not in ran.printed
    assert [feed.revoked_at for feed in office.rows(Feed)] == [None]  # type: ignore[attr-defined]


def test_a_service_that_runs_learns_who_was_signed_out(office: Office, ana: str) -> None:
    signed_in(office)
    subjects = [session.subject for session in office.rows(Session)]  # type: ignore[attr-defined]
    office.run("subscribers", "signout", ana)
    ended = EndedSubjects()
    with office.database() as database:
        asyncio.run(Learner(database, ended, lambda: datetime.now(UTC)).learn())
    assert [ended.holds(subject, datetime.now(UTC)) for subject in subjects] == [True, True]


def test_signing_out_twice_says_that_nobody_was_in(office: Office, ana: str) -> None:
    signed_in(office)
    office.run("subscribers", "signout", ana)
    assert "0 appareil déconnecté." in office.run("subscribers", "signout", ana).printed
