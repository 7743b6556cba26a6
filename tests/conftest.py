"""Fixtures that every test may use."""

from pathlib import Path

import pytest
from magazine_factory import MagazineFactory


@pytest.fixture
def magazine(tmp_path: Path) -> MagazineFactory:
    """Make a minimal valid magazine, not built yet."""
    return MagazineFactory(tmp_path)
