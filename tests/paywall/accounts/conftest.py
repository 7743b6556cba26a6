from pathlib import Path

import pytest
from books import Books

from paywall.store.database import Database


@pytest.fixture
def books(database: Database, tmp_path: Path) -> Books:
    return Books(database, tmp_path)
