"""Social cards: the words fit, whatever their length, and the same card is drawn the same."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from plugins.cards.card import CARD_SIZE_PX, Card, Cover
from plugins.cards.drawing import MAX_BYTES, draw_card
from plugins.cards.palette import INK, JAUNE, PAPER, ROUGE

EDGE_PX = 72
TITLES = {
    "short": "Lumière",
    "usual": "La tache claire au milieu de l’ombre",
    "long": "Comment la mèche double fut cachée aux ingénieurs du continent et ce qu’il en advint",
    "very long": "Où l’on raconte par le menu " * 8,
    "one long word": "Anticonstitutionnellement",
    "no-break": "«\u202fEst-ce possible\u202f?\u202f» demanda-t-il\u00a0: «\u202fOui\u202f!\u202f»",
    "capitals": "LA TACHE CLAIRE AU MILIEU DE L’OMBRE DES PHARES",
    "empty": "",
}


def card(**changes: object) -> Card:
    fields = {
        "kind": "article",
        "label": "Sciences",
        "title": TITLES["usual"],
        "subtitle": "Émilie Aubrac",
        "wear": "rouge",
        "site_name": "La Gazette du bicorne",
    }
    return Card(**(fields | changes))


def drawn(**changes: object) -> Image.Image:
    with Image.open(BytesIO(draw_card(card(**changes)))) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether anything but paper is in a part of a card."""
    part = image.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).getbbox() is not None


@pytest.fixture
def cover(tmp_path: Path) -> Callable[..., Cover]:
    def make(size: tuple[int, int] = (400, 560)) -> Cover:
        path = tmp_path / "cover.png"
        Image.linear_gradient("L").resize(size).convert("RGB").save(path)
        return Cover(path, "")

    return make


@pytest.mark.parametrize("kind", ["article", "person", "issue"])
@pytest.mark.parametrize("title", TITLES)
def test_no_word_leaves_the_card(kind: str, title: str, cover: Callable[..., Cover]) -> None:
    picture = cover() if kind == "issue" else None
    image = drawn(kind=kind, title=TITLES[title], initials="EA", cover=picture)
    wide, high = CARD_SIZE_PX
    assert image.size == CARD_SIZE_PX == (1200, 630)
    assert not ink(image, (wide - EDGE_PX + 4, 0, wide, high))
    assert not ink(image, (480, high - 30, wide, high))


@pytest.mark.parametrize("subtitle", ["", "Émilie Aubrac", "Un nom et un autre, " * 20])
def test_the_subtitle_stays_above_the_rule(subtitle: str) -> None:
    assert not ink(drawn(subtitle=subtitle), (EDGE_PX, 490, 1128, 520))


def test_the_colour_follows_the_wear() -> None:
    colours = {wear: dict(ranked(drawn(wear=wear))) for wear in ("jaune", "rouge")}
    assert JAUNE in colours["jaune"]
    assert JAUNE not in colours["rouge"]
    assert ROUGE in colours["rouge"]
    assert ROUGE not in colours["jaune"]


def ranked(image: Image.Image) -> list[tuple[tuple[int, int, int], int]]:
    """Flat colours with their number of pixels; antialiased edges have few each."""
    return [(colour, n) for n, colour in image.getcolors(1 << 20) if n > 400]


def test_a_person_without_a_portrait_has_a_medallion_of_initials() -> None:
    assert (
        drawn(kind="person", initials="EA").tobytes()
        != drawn(kind="person", initials="HP").tobytes()
    )


@pytest.mark.parametrize("size", [(400, 560), (560, 400), (90, 900), (2000, 2800)])
def test_a_cover_of_any_shape_fills_its_side(
    size: tuple[int, int], cover: Callable[..., Cover]
) -> None:
    image = drawn(kind="issue", cover=cover(size))
    assert ink(image, (0, 300, 8, 620))  # down to the edges
    assert ink(image, (455, 300, 470, 620))


def test_a_card_is_light_enough_to_be_fetched_by_every_network(
    cover: Callable[..., Cover],
) -> None:
    for kind, picture in (("article", None), ("issue", cover())):
        assert len(draw_card(card(kind=kind, cover=picture))) <= MAX_BYTES


def test_the_same_card_has_the_same_bytes() -> None:
    assert draw_card(card()) == draw_card(card())
    assert draw_card(card(title="Autre")) != draw_card(card())


@pytest.mark.parametrize("wear", ["jaune", "rouge", None])
def test_words_are_ink_on_paper_whatever_the_wear(wear: str | None) -> None:
    image = drawn(kind="person", initials="EA", wear=wear)
    assert image.getpixel((4, 4)) == PAPER
    assert INK in dict(ranked(image.crop((420, 130, 1000, 400))))


def test_a_photograph_keeps_its_colours_on_a_cover(tmp_path: Path) -> None:
    path = tmp_path / "cover.jpg"
    Image.new("RGB", (800, 1000), (20, 90, 160)).save(path)
    red, green, blue = drawn(kind="issue", cover=Cover(path, "")).getpixel((200, 300))
    assert max(abs(red - 20), abs(green - 90), abs(blue - 160)) < 8
