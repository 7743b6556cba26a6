"""The same content gives the same bytes, whoever builds it, wherever and in what order."""

import shutil
from pathlib import Path

import pytest
from gated_magazine import gated_magazine
from magazine_factory import MagazineFactory
from published import snapshot


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> MagazineFactory:
    magazine = gated_magazine(tmp_path_factory.mktemp("first"))
    for n in range(20):  # one day, so that only an order of our own can tell them apart
        magazine.article(f"articles/2026/article-{n}.md", themes=["hasard", "energie", "optique"])
    assert magazine.build(PYTHONHASHSEED="1").exit_code == 0
    return magazine


def test_another_machine_publishes_the_same_bytes(first: MagazineFactory, tmp_path: Path) -> None:
    """Another folder, order of files, hash seed, time zone, language, and no cache."""
    second = MagazineFactory(tmp_path)
    shutil.rmtree(second.content)
    for file in sorted(first.content.rglob("*.*"), reverse=True):
        second.write(str(file.relative_to(first.content)), file.read_bytes())
    result = second.build(PYTHONHASHSEED="2", TZ="Asia/Tokyo", LANG="fr_FR.UTF-8")
    assert result.exit_code == 0
    assert snapshot(second.output) == snapshot(first.output)


def test_a_build_from_its_cache_publishes_the_same_bytes(first: MagazineFactory) -> None:
    before = snapshot(first.output)
    assert first.build(PYTHONHASHSEED="3").exit_code == 0
    assert snapshot(first.output) == before
