from io import BytesIO
from typing import Any

import pytest
from magazine_factory import MagazineFactory, Result
from PIL import Image, ImageDraw

CREDIT = "Émile Aubrac, musée des Phares"


def scene(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ: red at the top left, blue at the bottom right."""
    image = Image.new(mode, size, (240, 240, 230, 0)[: len(mode)])
    draw, third = ImageDraw.Draw(image), (size[0] // 3, size[1] // 3)
    draw.rectangle((0, 0, *third), (220, 20, 20, 255)[: len(mode)])
    draw.rectangle((2 * third[0], 2 * third[1], *size), (20, 20, 220, 255)[: len(mode)])
    return image


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def camera_exif() -> Image.Exif:
    """What a telephone writes: turned by 90 degrees, the place, the model, the photographer."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F], exif[0x0110] = "Fabricant", "Modèle 12"
    exif[0x013B] = "Louise Kervadec"
    exif[0x8298] = "© Louise Kervadec, été 2026".encode()
    exif[0x8825] = {1: "N", 2: (48.0, 50.0, 12.0), 3: "E", 4: (2.0, 20.0, 56.0)}
    return exif


def write_pictures(magazine: MagazineFactory) -> None:
    files = {
        "large.jpg": encoded(scene((2000, 1500)), "JPEG"),
        "turned.jpg": encoded(scene((900, 600)), "JPEG", exif=camera_exif()),
        "small.png": encoded(scene((200, 150)), "PNG"),
        "clear.png": encoded(scene((500, 400), "RGBA"), "PNG"),
        "palette.gif": encoded(scene((330, 100)).quantize(16), "GIF"),
        "credited.png": encoded(scene((400, 300)), "PNG"),
        "deep.tiff": encoded(scene((600, 20)), "TIFF"),
    }
    for name, content in files.items():
        magazine.write(f"articles/2026/{name}", content)
        stem = name.partition(".")[0]
        magazine.article(f"articles/2026/{stem}.md", f"Une figure.\n\n![Un carré]({name})\n")
    credited = {"file": "credited.png", "alt": "Un carré", "credit": CREDIT}
    magazine.article("articles/2026/credited.md", "Court.\n", image=credited)
    figure = f'Court.\n\n![Un carré](figure.png "Un carré rouge | {CREDIT}")\n'
    magazine.write("articles/2026/figure.png", encoded(scene((410, 300)), "PNG"))
    magazine.article("articles/2026/figure.md", figure)


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> MagazineFactory:
    """Write a magazine with pictures of every sort, and build it."""
    magazine = MagazineFactory(tmp_path_factory.mktemp("album"))
    write_pictures(magazine)
    return magazine


@pytest.fixture(scope="session")
def shown(album: MagazineFactory) -> Result:
    """Build the album."""
    result = album.build()
    assert result.exit_code == 0, result.stderr
    return result
