"""The benchmarks' magazine: the same every time, and one that the build takes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from magazine_factory import NOW, REPOSITORY
from patience import PATIENCE_SECONDS
from published import snapshot

from bench.generate import generate, write_settings

ARTICLES = 50
BUILD = [sys.executable, "-m", "pelican", "-e", 'PLUGINS=["plugins.magazine", "plugins.access"]']


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("generated") / "content"
    generate(ARTICLES, content)
    return content


def test_a_generated_magazine_is_the_same_every_time(generated: Path, tmp_path: Path) -> None:
    generate(ARTICLES, tmp_path / "content")
    assert snapshot(tmp_path / "content") == snapshot(generated)


def test_a_generated_magazine_is_published_whole_in_a_folder_of_its_own(generated: Path) -> None:
    settings = write_settings(generated.parent, REPOSITORY / "pelicanconf.py")
    environ = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(NOW), "LANG": "C.UTF-8"}
    environ |= {"PYTHONPATH": str(REPOSITORY)}
    built = subprocess.run(
        [*BUILD, "-s", str(settings)],
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
    )
    assert built.returncode == 0, built.stderr
    public = generated.parent / "output" / "public"
    assert len(list(public.glob("numeros/*/*/index.html"))) == ARTICLES - 1
    assert len(list(public.glob("articles/*/index.html"))) == 1


def test_a_generated_magazine_holds_what_a_real_one_does(generated: Path) -> None:
    texts = [path.read_text("utf-8") for path in generated.rglob("*.md")]
    for part in ("[^1]:", "\n|---", "](article:", "](people:", "](../../images/", "\n> ", "\n- "):
        assert any(part in text for text in texts), part
    for field in ("access: ", "image: ", "dossier: ", "sources: "):
        assert any(f"\n{field}" in text for text in texts), field
