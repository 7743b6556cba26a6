import shutil
from pathlib import Path
from typing import Any

import pytest
from feed_site import Office, build_site
from paywall_client import Client
from starlette.types import ASGIApp

from paywall.app import create_app
from paywall.keys import Keyring
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.migrate import migrate


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("gated"))


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(built, tmp_path / "output")


@pytest.fixture
def settings(site: Path, tmp_path: Path) -> Settings:
    var = tmp_path / "var"
    return Settings(output=site, var=var, database=f"sqlite:///{var / 'accounts.sqlite'}")


@pytest.fixture
def office(settings: Settings, clock: Any) -> Office:
    database = Database(settings.database)
    migrate(database)
    return Office(database, clock)


@pytest.fixture
def app(office: Office, settings: Settings, clock: Any, keys: Keyring) -> ASGIApp:
    return create_app(settings, clock=clock, keys=keys)


@pytest.fixture
def client(app: ASGIApp) -> Client:
    return Client(app)
