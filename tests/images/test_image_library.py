"""What earlier builds found in an image holds until the file is written again."""

import os
from pathlib import Path

import pytest
from PIL import Image

from plugins.images.library import ImageLibrary
from plugins.images.source import KnownImage, stamp


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "image.png"
    Image.new("RGB", (40, 30), "red").save(path)
    return path


def test_a_known_image_is_not_opened(picture: Path) -> None:
    found = ImageLibrary().inspect(picture)
    picture.write_bytes(b"no image at all")
    known = {picture: KnownImage(stamp(picture), found)}
    assert ImageLibrary(known).inspect(picture) == found


@pytest.mark.parametrize("later_ns", [0, 10**9])
def test_an_image_written_again_is_read_again(picture: Path, later_ns: int) -> None:
    before = ImageLibrary()
    found, at = before.inspect(picture), picture.stat().st_mtime_ns + later_ns
    Image.new("RGB", (50, 30) if later_ns == 0 else (40, 30), "blue").save(picture)
    os.utime(picture, ns=(at, at))
    after = ImageLibrary(before.known)
    assert after.inspect(picture).digest != found.digest
    assert ImageLibrary(after.known).inspect(picture) == after.inspect(picture)


def test_an_image_that_is_gone_is_not_known(picture: Path) -> None:
    before = ImageLibrary()
    before.inspect(picture)
    picture.unlink()
    with pytest.raises(FileNotFoundError):
        ImageLibrary(before.known).inspect(picture)


def test_an_image_shown_twice_keeps_each_text_of_its_own(picture: Path) -> None:
    library = ImageLibrary()
    one = library.picture(picture, "Un", credit="A & B", caption="a < b")
    two = library.picture(picture, "Deux")
    assert (one.alt, one.credit, one.caption) == ("Un", "A & B", "a &lt; b")
    assert (two.alt, two.credit, two.caption) == ("Deux", "", "")
    assert one.sources == two.sources
