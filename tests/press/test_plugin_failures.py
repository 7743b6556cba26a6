"""A plugin that does not do its part stops the build: a site without it is not the site."""

from collections.abc import Iterator

import pytest
from magazine_factory import MagazineFactory
from published import snapshot, with_plugin

FAILING = {
    "that imports what is not there": "import nowhere_to_be_found\ndef register(): pass",
    "whose syntax is wrong": "def register(:",
    "that fails while it is imported": "1 / 0\ndef register(): pass",
    "without a register function": "",
    "whose register function fails": "def register():\n    raise ValueError('no register')",
    "whose generator fails": """
from pelican import signals
from pelican.generators import Generator

class Failing(Generator):
    stage = 99
    def generate_output(self, writer):
        raise ValueError('no output')

def generators(press):
    return Failing

def register():
    signals.get_generators.connect(generators)
""",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MagazineFactory]:
    magazine = MagazineFactory(tmp_path_factory.mktemp("magazine"))
    assert magazine.build().exit_code == 0
    return magazine


@pytest.mark.parametrize("name", FAILING)
def test_a_plugin_fails_the_build_and_keeps_the_site(published: MagazineFactory, name: str) -> None:
    before = snapshot(published.output)
    result = published.build(settings=with_plugin(published, FAILING[name]))
    assert result.exit_code != 0
    assert "guest" in result.stdout + result.stderr  # the editor is told which
    assert snapshot(published.output) == before
    assert published.build().exit_code == 0  # nothing of the failed build is taken over
    assert snapshot(published.output) == before


def test_a_plugin_that_does_not_exist_fails_the_build_and_is_named(
    published: MagazineFactory,
) -> None:
    before = snapshot(published.output)
    result = published.build(settings={"PLUGINS": ["plugins.magazine", "plugins.magasin"]})
    assert result.exit_code != 0
    assert "plugins.magasin" in result.stdout + result.stderr
    assert snapshot(published.output) == before
