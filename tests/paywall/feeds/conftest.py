import shutil
from pathlib import Path
from typing import Any

import pytest
from feed_site import Office, build_site

from paywall.store.database import Database


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("gated"))


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(built, tmp_path / "output")


@pytest.fixture
def office(database: Database, clock: Any) -> Office:
    return Office(database, clock)
