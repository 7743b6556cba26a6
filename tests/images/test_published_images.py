"""Images as readers get them: in their format, at their size, upright, without secrets."""

import pytest
from magazine_factory import Result
from picture_files import candidates, fallback, open_image, path_of, pictures

CREDIT = "Émile Aubrac, musée des Phares"
NAMES = ("large", "turned", "small", "clear", "palette", "credited", "figure", "deep")
COPYRIGHT, ARTIST, PLACE = 0x8298, 0x013B, 0x8825
FORMATS = {"image/avif": "AVIF", "image/webp": "WEBP"}


@pytest.mark.parametrize("name", NAMES)
def test_every_offered_width_exists_and_decodes_to_that_width(shown: Result, name: str) -> None:
    (picture,) = pictures(shown, f"/articles/{name}/")
    offered = candidates(picture)
    assert set(offered) == set(FORMATS)
    for media_type, by_width in offered.items():
        for width, url in by_width.items():
            image = open_image(shown, url)
            assert (image.width, image.format) == (width, FORMATS[media_type])


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_the_true_size_of_the_fallback_image(shown: Result, name: str) -> None:
    (picture,) = pictures(shown, f"/articles/{name}/")
    image = fallback(picture)
    shown_image = open_image(shown, image.get("src"))
    assert shown_image.size == (int(image.get("width")), int(image.get("height")))
    assert shown_image.format in ("JPEG", "PNG")


def test_a_large_image_is_offered_at_several_widths_up_to_1600_pixels(shown: Result) -> None:
    (picture,) = pictures(shown, "/articles/large/")
    for by_width in candidates(picture).values():
        assert list(by_width) == [320, 640, 960, 1280, 1600]
        assert open_image(shown, by_width[1600]).size == (1600, 1200)


@pytest.mark.parametrize(("name", "width"), [("small", 200), ("clear", 500), ("palette", 330)])
def test_an_image_is_never_enlarged(shown: Result, name: str, width: int) -> None:
    (picture,) = pictures(shown, f"/articles/{name}/")
    for by_width in candidates(picture).values():
        assert max(by_width) == width
    assert fallback(picture).get("width") == str(width)


def test_a_photograph_taken_upright_is_shown_upright(shown: Result) -> None:
    """Its file lies on its side and says so: red, at its top left, belongs at the top right."""
    (picture,) = pictures(shown, "/articles/turned/")
    assert (fallback(picture).get("width"), fallback(picture).get("height")) == ("600", "900")
    urls = [url for by_width in candidates(picture).values() for url in by_width.values()]
    for url in [*urls, fallback(picture).get("src")]:
        image = open_image(shown, url)
        assert image.height > image.width
        assert image.getexif().get(0x0112, 1) == 1  # and is not turned once more
        red, _, blue = image.convert("RGB").getpixel((image.width - 9, 9))
        assert red > 180 > 90 > blue


def test_the_place_and_the_camera_are_taken_out_and_the_photographer_kept(shown: Result) -> None:
    (picture,) = pictures(shown, "/articles/turned/")
    urls = [url for by_width in candidates(picture).values() for url in by_width.values()]
    for url in [*urls, fallback(picture).get("src")]:
        exif = open_image(shown, url).getexif()
        assert set(exif) <= {COPYRIGHT, ARTIST}
        assert dict(exif.get_ifd(PLACE)) == {}
        assert exif[ARTIST] == "Louise Kervadec"
        assert "© Louise Kervadec, été 2026".encode() in path_of(shown, url).read_bytes()
        assert b"Fabricant" not in path_of(shown, url).read_bytes()


@pytest.mark.parametrize("name", ["credited", "figure"])
def test_the_credit_of_the_page_is_written_into_the_image(shown: Result, name: str) -> None:
    (picture,) = pictures(shown, f"/articles/{name}/")
    assert CREDIT.replace("'", "’") in shown.public(f"/articles/{name}/")
    urls = [url for by_width in candidates(picture).values() for url in by_width.values()]
    for url in [*urls, fallback(picture).get("src")]:
        assert COPYRIGHT in open_image(shown, url).getexif()
        assert CREDIT.encode() in path_of(shown, url).read_bytes()


def test_what_is_transparent_stays_so(shown: Result) -> None:
    (picture,) = pictures(shown, "/articles/clear/")
    urls = [by_width[500] for by_width in candidates(picture).values()]
    plain = fallback(picture).get("src")
    assert plain.endswith(".png")
    for url in [*urls, plain]:
        image = open_image(shown, url).convert("RGBA")
        assert image.getpixel((490, 9))[3] == 0
        assert image.getpixel((9, 9))[3] == 255


@pytest.mark.parametrize("name", ["large", "small", "deep"])
def test_what_is_opaque_falls_back_to_jpeg(shown: Result, name: str) -> None:
    (picture,) = pictures(shown, f"/articles/{name}/")
    assert fallback(picture).get("src").endswith(".jpg")


def test_a_figure_keeps_its_caption_credit_and_alternative_text(shown: Result) -> None:
    (picture,) = pictures(shown, "/articles/figure/")
    figure = picture.getparent()
    assert figure.tag == "figure"
    assert fallback(picture).get("alt") == "Un carré"
    assert figure.findtext("figcaption").strip() == "Un carré rouge"
    assert figure.find_class("credit")[0].text_content() == CREDIT
    assert fallback(picture).get("data-credit") is None
