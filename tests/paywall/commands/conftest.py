from pathlib import Path

import pytest
from office import Office


@pytest.fixture
def bare_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """An office before its first start: no tables, no key, no site."""
    return Office(tmp_path, lambda: tuple(capsys.readouterr()))


@pytest.fixture
def office(bare_office: Office) -> Office:
    """An office with its tables, and nobody in them."""
    assert bare_office.run("migrate").status == 0
    return bare_office
