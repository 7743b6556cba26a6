"""Images that are missing, unreadable, of a wrong size, or that say nothing to the blind."""

from in_process import edition_of
from magazine_factory import ISSUE, MagazineFactory
from refused import refused

X = "articles/x.md"
BOOKING = {
    "advertiser": "Lunetterie fictive",
    "campaign": "Automne",
    "status": "proposed",
    "start": "2026-10-01",
    "end": "2026-12-31",
    "placements": ["article"],
    "creatives": [
        {"file": "x.png", "size": "300x250", "alt": "Lunettes", "link": "https://example.org/"}
    ],
    "goal": 20_000,
}


def test_a_figure_without_alternative_text_is_refused(magazine: MagazineFactory) -> None:
    magazine.image("articles/ombre.png")
    magazine.article(X, body="Un.\n\n![](ombre.png)\n\n![ ](ombre.png)\n\n![Ombre](ombre.png)\n")
    assert refused(magazine) == [
        f"content/{X}:12: image: the image “ombre.png” has no alternative text",
        f"content/{X}:14: image: the image “ombre.png” has no alternative text",
    ]


def test_an_image_in_html_needs_its_alternative_text_as_well(magazine: MagazineFactory) -> None:
    magazine.image("articles/ombre.png")
    magazine.article(X, body='Un.\n\n<img src="ombre.png">\n')
    assert refused(magazine) == [
        f"content/{X}:12: image: the image “ombre.png” has no alternative text"
    ]


def test_a_cover_without_alternative_text_is_refused(magazine: MagazineFactory) -> None:
    magazine.entry("issues/12-lumiere/issue.md", ISSUE | {"cover": {"file": "cover.png"}})
    assert refused(magazine) == [
        "content/issues/12-lumiere/issue.md:6: cover.alt: required field is missing"
    ]


def test_a_missing_figure_suggests_the_files_beside_it(magazine: MagazineFactory) -> None:
    magazine.image("articles/tache.png")
    magazine.article(X, body="Un.\n\n![Une tache](tahce.png)\n")
    assert refused(magazine) == [
        f"content/{X}:12: image: the image “tahce.png” does not exist (did you mean tache.png?)"
    ]


def test_a_missing_lead_image_is_told_on_its_line(magazine: MagazineFactory) -> None:
    magazine.article(X)
    magazine.replace(X, "authors:", "image:\n  alt: Une tache\n  file: tache.png\nauthors:")
    assert refused(magazine) == [f"content/{X}:9: image.file: the image “tache.png” does not exist"]


def test_a_truncated_image_is_refused(magazine: MagazineFactory) -> None:
    for name in ("a.jpg", "b.png"):
        whole = magazine.image(f"articles/{name}").read_bytes()
        magazine.write(f"articles/{name}", whole[: len(whole) // 2])
    magazine.article(X, body="![Une tache](a.jpg)\n\n![Une tache](b.png)\n")
    first, second = refused(magazine)
    assert first.startswith(f"content/{X}:10: image: the image “a.jpg” is unreadable: ")
    assert second.startswith(f"content/{X}:12: image: the image “b.png” is unreadable: ")
    assert "truncated" in first
    assert "truncated" in second


def test_a_text_file_named_as_an_image_is_refused(magazine: MagazineFactory) -> None:
    magazine.write("articles/tache.png", "Ceci n'est pas une image.")
    magazine.article(X, body="![Une tache](tache.png)\n")
    assert refused(magazine) == [
        f"content/{X}:10: image: the image “tache.png” is unreadable: "
        "not an image (JPEG, PNG, WEBP, AVIF, GIF, TIFF)"
    ]


def test_an_empty_image_file_is_refused(magazine: MagazineFactory) -> None:
    magazine.write("articles/tache.png", b"")
    magazine.article(X, body="![Une tache](tache.png)\n")
    assert refused(magazine) == [
        f"content/{X}:10: image: the image “tache.png” is unreadable: "
        "not an image (JPEG, PNG, WEBP, AVIF, GIF, TIFF)"
    ]


def test_an_image_of_another_site_is_refused(magazine: MagazineFactory) -> None:
    magazine.article(X, body="![Une tache](https://example.org/tache.png)\n")
    assert refused(magazine) == [
        f"content/{X}:10: image: “https://example.org/tache.png”: "
        "the image must be a file of the magazine"
    ]


def test_an_image_outside_the_magazine_is_refused(magazine: MagazineFactory) -> None:
    magazine.image("../tache.png")
    magazine.article(X, body="![Une tache](../../tache.png)\n")
    assert refused(magazine) == [
        f"content/{X}:10: image: “../../tache.png” leaves the magazine's folder"
    ]


def test_a_creative_of_a_wrong_size_is_told_with_the_other_problems(
    magazine: MagazineFactory,
) -> None:
    magazine.image("ads/lunettes/x.png", (300, 200))
    magazine.entry("ads/lunettes/booking.md", BOOKING)
    magazine.article(X, section="jardinage")
    assert refused(magazine) == [
        "content/ads/lunettes/booking.md:8: creatives.1.size: the creative measures 300 × 200, "
        "it must be 300x250 or twice that",
        f"content/{X}:5: section: unknown section “jardinage”",
    ]


def test_a_creative_may_be_twice_its_size_for_fine_screens(magazine: MagazineFactory) -> None:
    magazine.image("ads/lunettes/x.png", (600, 500))
    magazine.entry("ads/lunettes/booking.md", BOOKING)
    assert len(edition_of(magazine).graph.bookings) == 1


def test_a_missing_creative_is_told_with_its_place_in_the_list(magazine: MagazineFactory) -> None:
    magazine.entry("ads/lunettes/booking.md", BOOKING)
    assert refused(magazine) == [
        "content/ads/lunettes/booking.md:8: creatives.1.file: the image “x.png” does not exist"
    ]
