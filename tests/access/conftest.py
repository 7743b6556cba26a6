import pytest
from gated_magazine import gated_magazine
from magazine_factory import Result


@pytest.fixture(scope="session")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Build the magazine with an issue for subscribers."""
    result = gated_magazine(tmp_path_factory.mktemp("gated")).build()
    assert result.exit_code == 0, result.stderr
    return result
