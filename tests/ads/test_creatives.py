"""What is made of creatives: pixels alone, light, still; and what is refused, on its line."""

from io import BytesIO

import pytest
from bookings import book
from every_ad import HTML, HTML5, SVG
from hostile_creatives import HTML as HOSTILE_HTML
from hostile_creatives import SVG as HOSTILE_SVG
from lxml import etree
from magazine_factory import MagazineFactory, Result
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from plugins.ads.creatives.framed import framed
from plugins.ads.creatives.raster import drawn
from plugins.ads.creatives.vector import redrawn
from plugins.magazine.creative_files import CreativeFileError

PAVE = (300, 250)
SECRET = "48.8584 N, 2.2945 E"


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def noise(size: tuple[int, int], seed: int = 1) -> Image.Image:
    """A picture that nothing makes small."""
    return Image.effect_noise((size[0], size[1]), 90 + seed).convert("RGB")


def opened(made: bytes) -> Image.Image:
    image = Image.open(BytesIO(made))
    image.load()
    return image


def test_metadata_go_and_the_picture_is_turned_as_it_was_meant() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET  # to be turned by a quarter; a description
    made = drawn(encoded(noise((250, 300)), "JPEG", exif=exif), PAVE)
    assert SECRET.encode() not in made
    assert opened(made).size == PAVE
    info = PngInfo()
    info.add_text("Comment", SECRET)
    made = drawn(encoded(noise(PAVE), pnginfo=info), PAVE)
    assert SECRET.encode() not in made
    assert not opened(made).getexif()
    assert opened(made).info.keys() <= {"loop", "background", "timestamp", "duration"}


def test_a_picture_that_swells_when_it_is_read_is_refused() -> None:
    info = PngInfo()
    info.add_text("Comment", "x" * 3_000_000, zip=True)
    swelling = encoded(noise(PAVE), pnginfo=info)
    with pytest.raises(CreativeFileError):
        drawn(swelling, PAVE)


def test_what_is_see_through_is_seen_on_white_whatever_the_page() -> None:
    made = opened(drawn(encoded(Image.new("RGBA", PAVE, (0, 0, 0, 0))), PAVE))
    assert made.convert("RGBA").getpixel((10, 10)) == (255, 255, 255, 255)


def test_a_flat_picture_keeps_each_of_its_pixels_and_a_photograph_does_not_weigh_more() -> None:
    flat = Image.new("RGB", PAVE, (200, 30, 30))
    flat.paste((20, 20, 20), (40, 40, 120, 200))
    made = drawn(encoded(flat), PAVE)
    assert opened(made).convert("RGB").tobytes() == flat.tobytes()
    assert b"VP8L" in made[:32]
    assert b"VP8L" not in drawn(encoded(noise(PAVE)), PAVE)[:32]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_is_refused(kind: str) -> None:
    frames = [noise(PAVE, n) for n in range(2)]
    moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    with pytest.raises(CreativeFileError):
        drawn(moving, PAVE)


def test_a_still_gif_is_a_picture_like_any_other() -> None:
    assert opened(drawn(encoded(noise(PAVE), "GIF"), PAVE)).size == PAVE


def test_what_is_no_picture_is_refused() -> None:
    for content in (b"", b"<svg/>", encoded(noise(PAVE))[:500], b"GIF89a" + b"\0" * 40):
        with pytest.raises(CreativeFileError):
            drawn(content, PAVE)


def test_a_drawing_keeps_what_it_draws() -> None:
    made = etree.fromstring(redrawn(SVG.encode(), PAVE))
    assert (made.get("width"), made.get("height")) == ("300", "250")
    assert made.get("viewBox") == "0 0 600 500"
    assert [child.tag.rpartition("}")[2] for child in made] == ["rect", "text"]
    assert made[1].text == "Un dessin"


def test_styles_of_a_drawing_become_what_they_say() -> None:
    styled = SVG.replace('fill="#e8ac0e"', 'style="fill: #123456; stroke:none; behavior:url(x)"')
    (shape,) = etree.fromstring(redrawn(styled.encode(), PAVE)).iter("{*}rect")
    assert (shape.get("fill"), shape.get("stroke"), shape.get("style")) == ("#123456", "none", None)


def test_a_drawing_of_other_proportions_is_refused() -> None:
    with pytest.raises(CreativeFileError):
        redrawn(SVG.encode(), (728, 90))


@pytest.mark.parametrize("name", HOSTILE_SVG)
def test_nothing_is_left_of_a_hostile_drawing_but_shapes(name: str) -> None:
    try:
        made = redrawn(HOSTILE_SVG[name].encode(), PAVE).decode()
    except CreativeFileError:
        return
    assert "ran" not in made
    assert not any(word in made for word in ("href", "script", "on", "url(", "data:", "<!", "<?"))


@pytest.mark.parametrize("name", HOSTILE_HTML)
def test_a_hostile_page_is_refused(name: str) -> None:
    harmless = {"image in a style", "image of its own", "words alone"}
    if name in harmless:
        assert b"default-src 'none'" in framed(HOSTILE_HTML[name].encode())
        return
    with pytest.raises(CreativeFileError):
        framed(HOSTILE_HTML[name].encode())


def heavy(magazine: MagazineFactory) -> str:
    path = book(magazine, "Lourd", ("320x100",))
    noise((640, 200)).save(magazine.content / "ads/lourd/lourd-320x100.png")
    return path


def told(result: Result) -> str:
    assert result.exit_code == 1
    return result.lines[0]


def test_a_creative_that_weighs_too_much_stops_the_build(magazine: MagazineFactory) -> None:
    path = heavy(magazine)
    said = told(magazine.build())
    assert said.startswith(
        f"content/{path}:{magazine.line_of(path, 'creatives')}: creatives.1.file"
    )
    assert "50,000 at most in 320x100" in said


def test_all_flaws_of_creatives_are_told_at_once(magazine: MagazineFactory) -> None:
    heavy(magazine)
    book(magazine, "Court", ("300x250", "728x90"))
    magazine.image("ads/court/court-300x250.png", (301, 250))
    (magazine.content / "ads/court/court-728x90.png").unlink()
    result = magazine.build()
    assert result.exit_code == 1
    assert len([line for line in result.lines if "creatives." in line]) == 3


@pytest.mark.parametrize(("settings", "exit_code"), [(None, 1), (HTML5, 0)])
def test_a_page_is_a_creative_only_where_the_settings_say_so(
    magazine: MagazineFactory, settings: dict[str, object] | None, exit_code: int
) -> None:
    path = book(magazine, "Cadre", themes=["optique"], status="proposed")
    magazine.write("ads/cadre/a.html", HTML)
    magazine.replace(path, "cadre-300x250.png", "a.html")
    result = magazine.build(settings=settings)
    assert result.exit_code == exit_code
    assert ("HTML creatives are off" in result.stderr) is bool(exit_code)
