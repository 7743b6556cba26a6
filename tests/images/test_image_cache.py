"""An image is worked on once for each content, and again when anything it is made of changes."""

import os
import shutil
from pathlib import Path

import pytest
from magazine_factory import MagazineFactory, Result
from published import snapshot

PATH = "articles/2026/disque.png"


def write_article(magazine: MagazineFactory, credit: str = "Archives") -> None:
    image = {"file": "disque.png", "alt": "Un disque", "credit": credit}
    magazine.article("articles/2026/disque.md", image=image)


def cached(magazine: MagazineFactory) -> dict[Path, int]:
    folders = (magazine.root / "cache" / name for name in ("images", "cards"))
    return {path: path.stat().st_ino for folder in folders for path in folder.iterdir()}


@pytest.fixture
def built(magazine: MagazineFactory) -> MagazineFactory:
    magazine.image(PATH, (640, 480))
    write_article(magazine)
    assert magazine.build().exit_code == 0
    return magazine


def published(result: Result) -> set[str]:
    return {path.parent.name for path in (result.output / "public").rglob("disque-*")}


def test_a_second_build_encodes_nothing(built: MagazineFactory) -> None:
    before = cached(built)
    assert len(before) > 8
    built.build()
    assert cached(built) == before


def test_an_image_that_is_moved_or_renamed_is_not_encoded_again(built: MagazineFactory) -> None:
    before = cached(built)
    (built.content / PATH).rename(built.content / "articles/2026/rond.png")
    built.replace("articles/2026/disque.md", "disque.png", "rond.png")
    assert len(list((built.build().output / "public").rglob("rond-640.avif"))) == 1
    assert cached(built) == before


def test_a_changed_image_has_another_address(built: MagazineFactory) -> None:
    before = published(built.build())
    built.image(PATH, (640, 480), seed=2)
    after = published(built.build())
    assert len(before) == len(after) == 1
    assert before.isdisjoint(after)


def test_an_image_of_the_same_time_and_size_is_noticed(built: MagazineFactory) -> None:
    file = built.content / PATH
    seen, before = file.stat(), published(built.build())
    written = bytearray(file.read_bytes())
    written += b"\0" * 8  # after the image's end, where nothing is read
    file.write_bytes(written)
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    between = published(built.build())
    written[-1] = 1
    file.write_bytes(written)
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert len({*before, *between, *published(built.build())}) == 3


def test_a_changed_credit_is_in_the_image_of_the_next_build(built: MagazineFactory) -> None:
    write_article(built, "Bibliothèque")
    (image,) = (built.build().output / "public").rglob("disque-640.jpg")
    assert "Bibliothèque".encode() in image.read_bytes()
    assert b"Archives" not in image.read_bytes()


def test_a_credit_that_stands_only_in_a_gated_text_stays_out_of_a_public_image(
    magazine: MagazineFactory,
) -> None:
    magazine.image(PATH, (640, 480))
    secret = "Cliché confié par la veuve du gardien du phare de la Jument en octobre"
    gated = (
        f'![Un disque](disque.png)\n\n<!-- more -->\n\n![Un disque](disque.png "Vue | {secret}")\n'
    )
    magazine.article("articles/2026/a.md", gated, access="subscriber")
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    (image,) = (result.output / "public").rglob("disque-640.jpg")
    assert b"veuve" not in image.read_bytes()


def test_a_cache_that_was_lost_is_made_again_when_it_is_wanted(built: MagazineFactory) -> None:
    before, site = cached(built), snapshot(built.output)
    for path in before:
        path.unlink()
    assert built.build().exit_code == 0
    assert snapshot(built.output) == site
    assert cached(built) == {}  # the site is there, so nothing had to be made
    for tree in (built.output, built.output.with_name(".output.next")):
        shutil.rmtree(tree)
    assert built.build().exit_code == 0
    assert snapshot(built.output) == site
    assert cached(built).keys() == before.keys()
