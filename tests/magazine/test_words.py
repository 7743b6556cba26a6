"""Dates, numbers and class years as each language of the interface writes them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from magazine_factory import NOW, REPOSITORY

from plugins.magazine.dates import Moment, PartialDate
from plugins.magazine.messages import load_catalogue
from plugins.magazine.parts import EventCard, PersonCard
from plugins.magazine.settings import Settings
from plugins.magazine.words import Words

PELICAN = {
    "SITENAME": "La Gazette",
    "SITEURL": "https://example.org",
    "PATH": "content",
    "THEME": str(REPOSITORY / "theme"),
    "CACHE_PATH": "cache",
}
EVENT = EventCard("", "", Moment.parse("2027-03-14"), None, "", "", "", "", "", "", past=False)
PERSON = PersonCard("", "", "", "", None, None, None, "", None, None)


def _words(lang: str) -> Words:
    chosen = PELICAN | {"MAGAZINE": {"interface_lang": lang}}
    settings = Settings.from_pelican(chosen, {"SOURCE_DATE_EPOCH": str(NOW)})
    return Words(settings, load_catalogue(Path(PELICAN["THEME"]) / "locale", lang))


FRENCH, ENGLISH = _words("fr"), _words("en")


_at = Moment.parse


def _spaced(text: str) -> str:
    """The text with ordinary spaces: which of them may break is for other tests."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 11, 1), "1<sup>er</sup> novembre 2026", "1 November 2026"),
        (date(2026, 11, 21), "21 novembre 2026", "21 November 2026"),
        (date(2027, 8, 11), "11 août 2027", "11 August 2027"),
    ],
)
def test_a_long_date(day: date, french: str, english: str) -> None:
    assert _spaced(FRENCH.long_date(day)) == french
    assert _spaced(ENGLISH.long_date(day)) == english


def test_a_day_and_its_month_are_never_parted() -> None:
    assert "21\u00a0novembre" in FRENCH.long_date(date(2026, 11, 21))
    assert "<sup>er</sup>\u00a0novembre" in FRENCH.long_date(date(2026, 11, 1))


def test_a_date_known_in_part_says_no_more_than_is_known() -> None:
    assert FRENCH.partial(PartialDate(1889)) == "1889"
    assert FRENCH.partial(PartialDate(1889, 5)) == "mai 1889"
    assert _spaced(FRENCH.partial(PartialDate(1889, 5, 1))) == "1<sup>er</sup> mai 1889"
    assert ENGLISH.partial(PartialDate(1889, 5)) == "May 1889"


@pytest.mark.parametrize(
    ("start", "end", "french"),
    [
        (_at("2027-03-14"), None, "14 mars 2027"),
        (_at("2027-03-14"), _at("2027-03-14"), "14 mars 2027"),
        (_at("2026-09-19"), _at("2026-09-20"), "19 et 20 septembre 2026"),
        (_at("2026-10-01"), _at("2026-10-02"), "1<sup>er</sup> et 2 octobre 2026"),
        (_at("2026-10-04"), _at("2026-10-10"), "4 au 10 octobre 2026"),
        (_at("2026-09-30"), _at("2026-10-01"), "30 septembre et 1<sup>er</sup> octobre 2026"),
        (_at("2026-09-30"), _at("2026-10-04"), "30 septembre au 4 octobre 2026"),
        (_at("2026-12-30"), _at("2027-01-02"), "30 décembre 2026 au 2 janvier 2027"),
        (_at("2027-03-14T18:30"), None, "14 mars 2027, 18 h 30"),
        (_at("2027-03-14T18:00"), _at("2027-03-14T20:05"), "14 mars 2027, 18 h–20 h 05"),
        (_at("2027-03-14T00:00"), None, "14 mars 2027, 0 h"),
        (_at("2027-03-14T18:00"), _at("2027-03-15"), "14 et 15 mars 2027, 18 h"),
    ],
)
def test_the_dates_of_an_event_say_each_thing_once(
    start: Moment, end: Moment | None, french: str
) -> None:
    assert _spaced(FRENCH.event_dates(replace(EVENT, start=start, end=end))) == french


def test_the_dates_of_an_event_in_english() -> None:
    pair = replace(EVENT, start=_at("2026-09-19"), end=_at("2026-09-20"))
    assert _spaced(ENGLISH.event_dates(pair)) == "19 and 20 September 2026"
    hours = replace(EVENT, start=_at("2027-03-14T18:00"), end=_at("2027-03-14T20:00"))
    assert _spaced(ENGLISH.event_dates(hours)) == "14 March 2027, 18:00–20:00"


def test_an_hour_is_never_parted() -> None:
    written = FRENCH.event_dates(replace(EVENT, start=_at("2027-03-14T18:30")))
    assert "18\u00a0h\u00a030" in written


def test_a_life_is_its_years() -> None:
    dead = replace(PERSON, born=PartialDate(1854, 4, 29), died=PartialDate(1912))
    assert FRENCH.life(dead) == "1854–1912"
    assert FRENCH.life(PERSON) == ""


def test_the_year_of_birth_of_the_living_is_worded() -> None:
    living = replace(PERSON, born=PartialDate(1953))
    assert FRENCH.life(living) == "né(e) en 1953"
    assert ENGLISH.life(living) == "born in 1953"


def test_thousands_are_set_apart() -> None:
    assert FRENCH.number(20000) == "20\u202f000"
    assert ENGLISH.number(20000) == "20,000"


def test_a_class_year_is_an_abbreviation_that_explains_itself() -> None:
    assert FRENCH.class_year(1873) == (
        '<abbr class="class-year" title="promotion 1873">X1873</abbr>'
    )
    assert 'title="class of 1873"' in ENGLISH.class_year(1873)


def test_machines_read_iso_dates() -> None:
    assert FRENCH.iso(PartialDate(1889, 5)) == "1889-05"
    assert FRENCH.iso(date(2026, 11, 1)) == "2026-11-01"
    assert FRENCH.iso(_at("2027-03-14T18:30")) == "2027-03-14T18:30"
