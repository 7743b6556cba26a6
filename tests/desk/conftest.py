"""A desk with a published magazine."""

import pytest
from building import Desk
from magazine_factory import MagazineFactory


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Make a desk whose magazine is published; a module's tests go on with what others left."""
    made = Desk(MagazineFactory(tmp_path_factory.mktemp("magazine")))
    assert not made.is_quick()
    return made
