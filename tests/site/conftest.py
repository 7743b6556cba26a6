import pytest
from every_kind import write_every_kind
from magazine_factory import MagazineFactory, Result


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Build a magazine with a page of every kind."""
    magazine = MagazineFactory(tmp_path_factory.mktemp("site"))
    write_every_kind(magazine)
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    return result
