import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from feed_site import Office, build_site
from paywall_client import Client
from paywall_site import unchanged

from paywall.app import create_app
from paywall.keys import Keyring, new_key
from paywall.settings import Settings
from paywall.store.database import Database


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("gated"))


@pytest.fixture(scope="session")
def shared_site(built: Path) -> Iterator[Path]:
    with unchanged(built) as root:
        yield root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(built, tmp_path / "output")


@pytest.fixture
def office(database: Database, clock: Any) -> Office:
    return Office(database, clock)


@pytest.fixture
def restart(settings: Settings, database: Database, clock: Any) -> Callable[..., Client]:
    """Start the service anew beside its database, with other signing keys."""

    def started(**changes: Any) -> Client:
        changed, keys = replace(settings, **changes), Keyring((new_key(),))
        return Client(create_app(changed, clock=clock, keys=keys, database=database))

    return started
