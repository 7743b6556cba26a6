import pytest
from every_kind import write_every_kind
from gated_magazine import gated_magazine
from magazine_factory import Result


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Build a magazine that holds gated articles and a page of every kind."""
    magazine = gated_magazine(tmp_path_factory.mktemp("indexed"))
    write_every_kind(magazine)
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    return result
