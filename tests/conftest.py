"""Fixtures that every test may use."""

from pathlib import Path

import pytest
from hypothesis import settings
from magazine_factory import MagazineFactory

# Here, since only the outermost of these files may name plugins.
pytest_plugins = ["stores", "stripe_server"]

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture
def magazine(tmp_path: Path) -> MagazineFactory:
    """Make a minimal valid magazine, not built yet."""
    return MagazineFactory(tmp_path)
