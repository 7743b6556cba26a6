"""``desk build --all`` takes nothing over: of what builds keep, none is left."""

from pathlib import Path

from magazine_factory import MagazineFactory

from plugins.press.afresh import forget_everything


def test_all_that_a_build_keeps_is_forgotten_and_nothing_else(magazine: MagazineFactory) -> None:
    magazine.image("articles/2026/disque.png", (640, 480))
    magazine.article("articles/2026/disque.md", image={"file": "disque.png", "alt": "Un disque"})
    assert magazine.build().exit_code == 0
    cache: Path = magazine.root / "cache"
    assert len(list(cache.iterdir())) > 3
    (cache / "notes.txt").write_text("mine")
    forget_everything(magazine.output, cache)
    assert [path.name for path in cache.iterdir()] == ["notes.txt"]
    assert (magazine.output / "public" / "index.html").exists()
