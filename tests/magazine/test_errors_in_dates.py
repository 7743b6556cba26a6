"""Dates that no calendar has, and ends that come before their beginnings."""

import pytest
from in_process import edition_of
from magazine_factory import ISSUE, PERSON, MagazineFactory
from refused import refused

from plugins.magazine.dates import Moment

EVENT = {
    "title": "Nuit des phares",
    "start": "2027-03-14",
    "group": "Les amis de l'optique",
    "description": "On monte voir la lentille.",
}
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
RESEARCH = {
    "title": "La tache expliquée",
    "standfirst": "Une onde contourne un disque.",
    "date": "1819-03",
    "laboratory": "Académie des sciences",
    "themes": ["optique"],
}
NOMINATION = {
    "kind": "honour",
    "person": "emilie-aubrac",
    "position": "Membre de l'Académie",
    "organisation": "Académie des sciences",
    "date": "1889",
    "sources": [{"title": "Comptes rendus"}],
}
NEVER = "2026-02-30"
UNKNOWN = "“2026-02-30” does not exist in the calendar"
IMPOSSIBLE = {
    "articles/date.md": ({"date": NEVER}, f"date: {UNKNOWN}"),
    "articles/opens.md": ({"opens": NEVER}, f"opens: {UNKNOWN}"),
    "articles/corrections.md": (
        {"corrections": [{"date": NEVER, "text": "Lire 1819."}]},
        f"corrections.1.date: {UNKNOWN}",
    ),
    "issues/1-date/issue.md": (ISSUE | {"articles": [], "date": NEVER}, f"date: {UNKNOWN}"),
    "issues/2-opens/issue.md": (ISSUE | {"articles": [], "opens": NEVER}, f"opens: {UNKNOWN}"),
    "ads/start/booking.md": (BOOKING | {"start": NEVER}, f"start: {UNKNOWN}"),
    "ads/end/booking.md": (BOOKING | {"end": NEVER}, f"end: {UNKNOWN}"),
    "events/start.md": (EVENT | {"start": NEVER}, f"start: {UNKNOWN}"),
    "events/end.md": (EVENT | {"end": NEVER}, f"end: {UNKNOWN}"),
    "people/born.md": (PERSON | {"born": NEVER}, f"born: {UNKNOWN}"),
    "people/died.md": (PERSON | {"died": NEVER}, f"died: {UNKNOWN}"),
    "people/honours.md": (
        PERSON | {"honours": [{"date": NEVER, "title": "Prix"}]},
        f"honours.1.date: {UNKNOWN}",
    ),
    "research/date.md": (RESEARCH | {"date": NEVER}, f"date: {UNKNOWN}"),
    "nominations/date.md": (NOMINATION | {"date": NEVER}, f"date: {UNKNOWN}"),
}


@pytest.fixture(scope="module")
def timeless(tmp_path_factory: pytest.TempPathFactory) -> MagazineFactory:
    magazine = MagazineFactory(tmp_path_factory.mktemp("timeless"))
    for path, (fields, _) in IMPOSSIBLE.items():
        if path.startswith("articles/"):
            magazine.article(path, **fields)
        else:
            magazine.entry(path, fields)
    return magazine


@pytest.fixture(scope="module")
def told(timeless: MagazineFactory) -> list[str]:
    return refused(timeless)


@pytest.mark.parametrize("path", IMPOSSIBLE)
def test_the_thirtieth_of_february_is_refused_wherever_a_date_is_written(
    timeless: MagazineFactory, told: list[str], path: str
) -> None:
    line = timeless.line_of(path, NEVER)
    about = [one for one in told if one.startswith(f"content/{path}")]
    assert about == [f"content/{path}:{line}: {IMPOSSIBLE[path][1]}"]


def test_an_event_refuses_an_hour_that_its_place_does_not_have(
    magazine: MagazineFactory,
) -> None:
    hours = ["2027-03-14T25:00", "2027-03-14T18h30", "2027-03-14T18:30+02:00"]
    for n, hour in enumerate(hours):
        magazine.entry(f"events/x{n}.md", EVENT | {"start": hour, "end": "2027-03-15T20:00"})
    assert refused(magazine) == [
        f"content/events/x{n}.md:3: start: “{hour}” is not a time (YYYY-MM-DDTHH:MM)"
        for n, hour in enumerate(hours)
    ]


def test_an_hour_of_a_day_that_does_not_exist_is_refused_for_its_day(
    magazine: MagazineFactory,
) -> None:
    magazine.entry("events/x.md", EVENT | {"start": f"{NEVER}T18:30"})
    assert refused(magazine) == [f"content/events/x.md:3: start: {UNKNOWN}"]


def test_a_date_written_the_french_way_or_in_part_is_refused_for_its_form(
    magazine: MagazineFactory,
) -> None:
    magazine.article("articles/x.md", date="01/11/2026")
    magazine.article("articles/y.md", date="2026-11")
    magazine.entry("people/z.md", PERSON | {"born": "en 1854"})
    assert refused(magazine) == [
        "content/articles/x.md:4: date: “01/11/2026” is not a date (YYYY-MM-DD)",
        "content/articles/y.md:4: date: “2026-11” is not a date (YYYY-MM-DD)",
        "content/people/z.md:5: born: “en 1854” is not a date (YYYY, YYYY-MM or YYYY-MM-DD)",
    ]


def test_a_month_that_does_not_exist_is_told_as_such(magazine: MagazineFactory) -> None:
    magazine.entry("people/x.md", PERSON | {"born": "1854-13"})
    assert refused(magazine) == [
        "content/people/x.md:5: born: “1854-13” does not exist in the calendar"
    ]


def test_an_event_cannot_end_before_it_starts(magazine: MagazineFactory) -> None:
    backwards = [
        ("2027-03-14", "2027-03-13"),
        ("2027-03-14T18:30", "2027-03-14T18:00"),
        ("2027-03-14T18:30", "2027-03-13"),
    ]
    for n, (start, end) in enumerate(backwards):
        magazine.entry(f"events/x{n}.md", EVENT | {"start": start, "end": end})
    problem = "6: end: the end is before the start"
    assert refused(magazine) == [f"content/events/x{n}.md:{problem}" for n in range(3)]


def test_an_event_may_end_on_the_day_of_its_first_hour(magazine: MagazineFactory) -> None:
    magazine.entry("events/x.md", EVENT | {"start": "2027-03-14T18:30", "end": "2027-03-14"})
    (event,) = edition_of(magazine).graph.events
    assert event.fields.end == Moment.parse("2027-03-14")


def test_a_booking_cannot_end_before_it_starts(magazine: MagazineFactory) -> None:
    magazine.image("ads/x/x.png", (300, 250))
    magazine.entry("ads/x/booking.md", BOOKING | {"end": "2026-09-30"})
    assert refused(magazine) == ["content/ads/x/booking.md:6: end: the end is before the start"]


def test_nobody_dies_before_being_born(magazine: MagazineFactory) -> None:
    magazine.entry("people/x.md", PERSON | {"born": "1912", "died": "1854"})
    magazine.entry("people/y.md", PERSON | {"born": "1854-05", "died": "1854-04-30"})
    magazine.entry("people/z.md", PERSON | {"born": "1854-05", "died": "1854"})
    assert refused(magazine) == [
        "content/people/x.md:6: died: the death is before the birth",
        "content/people/y.md:6: died: the death is before the birth",
    ]
