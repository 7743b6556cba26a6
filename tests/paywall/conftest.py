from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from accounts_browser import Browser, Mailbox
from paywall_client import Client
from paywall_clock import Clock
from paywall_process import Service
from paywall_site import unchanged, write_site
from pelican.log import LimitFilter
from starlette.types import ASGIApp

from paywall.app import create_app
from paywall.keys import Keyring, new_key
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.tokens import MAX_LIFETIME, issue_token

TokenFactory = Callable[..., str]


@pytest.fixture(autouse=True)
def nothing_said_before() -> None:
    """Loggers that are made after Pelican's import say the same only once: here, once a test."""
    LimitFilter._raised_messages.clear()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keys() -> Keyring:
    return Keyring((new_key(), new_key()))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """One that a test may change."""
    return write_site(tmp_path / "output")


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One for all who only read it."""
    with unchanged(write_site(tmp_path_factory.mktemp("site") / "output")) as root:
        yield root


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service as it runs, on a port of its own, for all who only ask it."""
    folder = tmp_path_factory.mktemp("service")
    started = Service(write_site(folder / "output"), folder / "var").wait_until_ready()
    yield started
    started.stop()


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """With the site and the database that the test asks for; with none, where it asks for none."""
    has_store = "store_url" in request.fixturenames
    has_site = "site" in request.fixturenames
    return Settings(
        output=request.getfixturevalue("site" if has_site else "shared_site"),
        var=tmp_path / "var",
        database=request.getfixturevalue("store_url") if has_store else "sqlite:////nowhere/at/all",
        offers=Path("content/offers.yaml").resolve(),
        members=tmp_path / "members.csv",
    )


@pytest.fixture
def mailbox(database: Database) -> Mailbox:
    return Mailbox(database)


@pytest.fixture
def browser(app: ASGIApp, database: Database, settings: Settings) -> Callable[[], Browser]:
    """Open one more browser, with cookies of its own."""
    return lambda: Browser(app, settings.address)


@pytest.fixture
def app(settings: Settings, clock: Clock, keys: Keyring, request: pytest.FixtureRequest) -> ASGIApp:
    """With the database that the test asks for."""
    has_store = "database" in request.fixturenames
    database = request.getfixturevalue("database") if has_store else None
    return create_app(settings, clock=clock, keys=keys, database=database, look_seconds=0)


@pytest.fixture
def client(app: ASGIApp) -> Client:
    return Client(app)


@pytest.fixture
def token(settings: Settings, clock: Clock, keys: Keyring) -> TokenFactory:
    """Make a token for these grants, valid for a quarter of an hour unless told otherwise."""

    def make(*grants: str, lifetime: timedelta = MAX_LIFETIME) -> str:
        return issue_token(keys.newest, settings.address, grants, now=clock(), lifetime=lifetime)

    return make


@pytest.fixture
def as_reader(token: TokenFactory) -> Callable[..., dict[str, str]]:
    """Make the request headers of a reader with these grants."""
    return lambda *grants: {"cookie": f"bicorne_access={token(*grants)}"}
