from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from paywall_client import Client
from paywall_site import write_site
from starlette.types import ASGIApp

from paywall.app import create_app
from paywall.keys import Keyring, new_key
from paywall.settings import Settings
from paywall.tokens import MAX_LIFETIME, issue_token

TokenFactory = Callable[..., str]


class Clock:
    """The time, which a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 14, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keys() -> Keyring:
    return Keyring((new_key(), new_key()))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "output")


@pytest.fixture
def settings(site: Path, tmp_path: Path) -> Settings:
    return Settings(output=site, var=tmp_path / "var")


@pytest.fixture
def app(settings: Settings, clock: Clock, keys: Keyring) -> ASGIApp:
    return create_app(settings, clock=clock, keys=keys, look_seconds=0)


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
