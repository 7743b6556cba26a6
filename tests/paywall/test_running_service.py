"""A real service, stopped and started: tokens of ended sessions, and readers who reload."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from paywall_process import RawAnswer, Service
from paywall_site import FRESNEL, PREVIEW, REGISTERED, SECRET, write_site

from paywall.accounts.privacy import erase
from paywall.accounts.sessions import Opened, end_session, open_session
from paywall.accounts.sign_in import reader_of
from paywall.ended import LEARN_SECONDS
from paywall.keys import load_keys
from paywall.store.database import Database
from paywall.store.schema import Reader, Session
from paywall.tokens import issue_token

ANA = "ana@example.org"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    started = Service(write_site(tmp_path / "output"), tmp_path / "var").wait_until_ready()
    yield started
    started.stop()


@pytest.fixture
def store(service: Service) -> Iterator[Database]:
    opened = Database(f"sqlite:///{service.environ['BICORNE_VAR']}/accounts.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def session(store: Database) -> Opened:
    """Ana's, who is signed in and has subscribed to nothing."""
    with store.begin(datetime.now(UTC), "test") as unit:
        return open_session(unit, reader_of(unit, ANA), "Firefox, Linux")


def token_of(service: Service, session: Opened, *, seconds_ago: int) -> str:
    signing = load_keys(Path(service.environ["BICORNE_VAR"]) / "keys").signing
    made_at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    address = f"http://localhost:{service.port}"
    return issue_token(signing, address, [], now=made_at, subject=session.session.subject)


def get(service: Service, path: str, cookie: str) -> RawAnswer:
    return service.ask(b"GET " + path.encode(), b"Cookie: " + cookie.encode())


def again(service: Service) -> Service:
    """Stop it, and start another with the same files."""
    service.stop()
    environ = service.environ
    var, output = Path(environ["BICORNE_VAR"]), Path(environ["BICORNE_OUTPUT"])
    return Service(output, var, port=service.port).wait_until_ready()


def test_reloading_sends_nobody_round_twice(service: Service, session: Opened) -> None:
    old = token_of(service, session, seconds_ago=120)
    held = f"bicorne_session={session.secret}"
    assert get(service, FRESNEL, "").status == 200  # the front has it in memory from now on
    first = get(service, FRESNEL, f"{held}; bicorne_access={old}")
    assert first.status == 302
    back = get(service, first.headers["location"], held)
    assert (back.status, back.headers["location"]) == (302, FRESNEL)
    for cookies in (back.cookies, back.cookies.replace("bicorne_access=", "lost=")):
        for _ in range(3):  # with the new token, and where a browser does not keep it
            page = get(service, FRESNEL, f"{held}; {cookies}")
            assert (page.status, PREVIEW.encode() in page.body) == (200, True)


@pytest.mark.parametrize("end", ["ended", "erased"])
def test_a_copied_token_does_not_live_again_with_the_service(
    service: Service, store: Database, session: Opened, end: str
) -> None:
    copied = f"bicorne_access={token_of(service, session, seconds_ago=1)}"
    assert SECRET.encode() in get(service, REGISTERED, copied).body
    service.stop()
    with store.begin(datetime.now(UTC), "test") as unit:
        if end == "ended":
            end_session(unit, unit.db.get_one(Session, session.session.id))
        else:
            erase(unit, unit.db.get_one(Reader, session.session.reader_id))
    started = again(service)
    try:
        assert SECRET.encode() not in get(started, REGISTERED, copied).body
    finally:
        started.stop()


def test_what_another_process_ended_is_learnt_while_it_runs(
    service: Service, store: Database, session: Opened
) -> None:
    copied = f"bicorne_access={token_of(service, session, seconds_ago=1)}"
    with store.begin(datetime.now(UTC), "command:test") as unit:
        end_session(unit, unit.db.get_one(Session, session.session.id))
    deadline = time.monotonic() + 4 * LEARN_SECONDS
    while SECRET.encode() in get(service, REGISTERED, copied).body:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_service_that_starts_without_its_store_serves_pages(
    service: Service, store: Database, session: Opened
) -> None:
    cookie = f"bicorne_access={token_of(service, session, seconds_ago=1)}"
    service.stop()
    store.close()
    file = Path(service.environ["BICORNE_VAR"]) / "accounts.sqlite"
    file.write_bytes(b"no database" * 1000)
    started = again(service)
    try:
        assert get(started, "/", "").status == 200
        assert SECRET.encode() in get(started, REGISTERED, cookie).body
        assert get(started, "/compte/", "bicorne_session=" + "s" * 43).status == 503
        assert get(started, "/readyz", "").status == 503
    finally:
        _, logged = started.stop()
    assert "pages servies, comptes fermés" in logged
    assert "sessions terminées inconnues" in logged
