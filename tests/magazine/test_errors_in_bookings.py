"""A booking that promises what cannot be, or shows what must not be, is told on its line."""

import os
from pathlib import Path

import pytest
from in_process import edition_of
from magazine_factory import MagazineFactory

from plugins.magazine.problems import ContentError

PATH = "ads/lunettes/booking.md"
CREATIVE = {
    "size": "300x250",
    "file": "x.png",
    "alt": "Des lunettes",
    "link": "https://example.org/lunettes?a=1",
}
BOOKING = {
    "advertiser": "Lunetterie fictive",
    "campaign": "Automne",
    "status": "proposed",
    "kind": "paid",
    "start": "2026-10-01",
    "end": "2026-12-31",
    "goal": 20_000,
    "placements": ["article"],
    "creatives": [CREATIVE],
}
NEW = len(BOOKING) + 2
"""The line on which a field stands that is added to the others."""


def write(magazine: MagazineFactory, **fields: object) -> None:
    magazine.image("ads/lunettes/x.png", (300, 250))
    written = {name: v for name, v in (BOOKING | fields).items() if v is not None}
    magazine.entry(PATH, written, "Lunettes et verres.\n")


def refused(magazine: MagazineFactory) -> list[str]:
    """What an editor is told, a problem a line."""
    try:
        edition_of(magazine)
    except ContentError as error:
        root = f"{magazine.root}/"
        return [str(problem).removeprefix(root) for problem in error.problems]
    return []


def test_a_whole_booking_is_no_problem(magazine: MagazineFactory) -> None:
    write(magazine, price="1 200,50", daily_cap=500, themes=["optique"], subscribers=False)
    assert refused(magazine) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"goal": None}, "1: goal: a paid ad says what is promised"),
        ({"goal": "beaucoup"}, "8: goal: “beaucoup”: a number of viewable impressions (20000)"),
        ({"goal": 0}, "8: goal: “0”"),
        ({"goal": "-5"}, "8: goal: “-5”"),
        ({"goal": "1e6"}, "8: goal: “1e6”"),
        ({"goal": "9" * 5000}, "8: goal: “9999"),
        ({"kind": "house"}, "8: goal: an ad of the house promises nothing"),
        ({"kind": "house", "goal": None, "price": 10}, "10: price: an ad of the house has no"),
        ({"daily_cap": 100}, f"{NEW}: daily_cap: at 100 a day, at most 9200 until the end"),
        ({"daily_cap": 0}, f"{NEW}: daily_cap: 0 is too small"),
        ({"goal": "exclusive", "daily_cap": 9}, f"{NEW}: daily_cap: an exclusive ad has no"),
        ({"price": "NaN"}, f"{NEW}: price: “NaN” is no price in euros"),
        ({"price": "-1"}, f"{NEW}: price: “-1” is no price"),
        ({"price": "12.345"}, f"{NEW}: price: “12.345” is no price"),
        ({"price": "1e400"}, f"{NEW}: price: “1e400” is no price"),
        ({"end": "2062-12-31"}, "7: end: more than two years after the start"),
        ({"placements": ["event"]}, "9: placements: with “kind: paid”, one of: article"),
        ({"placements": ["list", "list"]}, "9: placements: “list” stands there twice"),
        ({"themes": ["optique", "optique"]}, f"{NEW}: themes: “optique” stands there twice"),
        (
            {"themes": ["optique"], "excluded_themes": ["optique"]},
            f"{NEW + 1}: excluded_themes: “optique” is both wanted and excluded",
        ),
        ({"events": ["veillee"]}, f"{NEW}: events: only “kind: event-sponsor” names events"),
        ({"creatives": [CREATIVE, CREATIVE]}, "10: creatives: “300x250” stands there twice"),
        ({"advertiser": "Lune\u202eSSERD"}, "2: advertiser: a character that cannot be seen"),
        ({"campaign": "Au\u0000tomne"}, "3: campaign: a character that cannot be"),
        ({"campaign": "Au\ntomne"}, "3: campaign: a character that cannot be seen (U+000A)"),
        ({"advertiser": "L" * 81}, "2: advertiser: 81 characters, too long: at most 80"),
    ],
)  # fmt: skip
def test_a_flaw_of_a_booking_is_told_on_its_line(
    magazine: MagazineFactory, fields: dict[str, object], told: str
) -> None:
    write(magazine, **fields)
    (line,) = refused(magazine)
    assert line.startswith(f"content/{PATH}:{told}")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//example.org/",
        "/\\example.org/",
        "https://",
        "https:///example.org",
        "https:example.org",
        "https://user:secret@example.org/",
        "https://example.org@evil.example/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://[::1/",
        "https://example.org/\u202egnp.x",
        'https://example.org/"onclick="alert(1)',
        "ftp://example.org/",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_a_link_that_is_no_plain_address_is_refused(magazine: MagazineFactory, link: str) -> None:
    write(magazine, creatives=[CREATIVE | {"link": link}])
    (line,) = refused(magazine)
    assert line.startswith(f"content/{PATH}:10: creatives.1.link: ")


@pytest.mark.parametrize(
    "link", ["https://lunétier.example/été", "/abonnement/", "http://a.org:80"]
)
def test_a_plain_address_is_no_problem(magazine: MagazineFactory, link: str) -> None:
    write(magazine, creatives=[CREATIVE | {"link": link}])
    assert refused(magazine) == []


def test_all_flaws_of_a_booking_are_told_at_once(magazine: MagazineFactory) -> None:
    flaws = {
        "end": "2026-09-30",
        "goal": "many",
        "placements": ["newsletter"],
        "creatives": [
            {"size": "text", "file": "x.png", "alt": "Des verres", "link": "https://example.org/"},
            {"size": "300x250", "alt": "Des verres", "link": "mailto:x@example.org"},
        ],
        "events": ["veillee"],
    }
    write(magazine, **flaws)
    told = [line.split(": ")[1] for line in refused(magazine)]
    assert sorted(told) == sorted([
        "end", "goal", "placements", "events", "creatives.1.file", "creatives.1.headline",
        "creatives.2.file", "creatives.2.link",
    ])  # fmt: skip


def test_a_sponsored_event_exists(magazine: MagazineFactory) -> None:
    event = {"title": "Veillée", "start": "2026-12-01", "group": "Nord", "description": "Un soir."}
    magazine.entry("events/veillee.md", event)
    sponsor = {"kind": "event-sponsor", "placements": ["event"], "goal": None}
    write(magazine, **sponsor, events=["veillee"])
    assert refused(magazine) == []
    write(magazine, **sponsor, events=["veilee"])
    assert refused(magazine) == [
        f"content/{PATH}:10: events: “veilee” does not exist (did you mean veillee?)"
    ]


def test_a_text_needs_no_file(magazine: MagazineFactory) -> None:
    text = {"size": "text", "headline": "Des verres", "alt": "Pour lire", "link": "https://a.org/"}
    write(magazine, creatives=[text])
    assert refused(magazine) == []


def _pipe(file: Path) -> None:
    os.mkfifo(file)


def _link(file: Path) -> None:
    file.symlink_to("/etc/hostname")


def _folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize("make", [_pipe, _link, _folder])
def test_what_is_no_plain_file_is_refused_unopened(magazine: MagazineFactory, make: object) -> None:
    write(magazine)
    file = magazine.content / "ads/lunettes/x.png"
    file.unlink()
    make(file)  # type: ignore[operator]
    assert refused(magazine) == [
        f"content/{PATH}:10: creatives.1.file: “x.png” is no ordinary file (a link? a folder?)"
    ]


def test_a_creative_lies_beside_its_booking(magazine: MagazineFactory) -> None:
    magazine.image("ads/autre/x.png", (300, 250))
    write(magazine, creatives=[CREATIVE | {"file": "../autre/x.png"}])
    assert refused(magazine) == [
        f"content/{PATH}:10: creatives.1.file: “../autre/x.png”: the file must lie beside the "
        "booking, in no other folder"
    ]
