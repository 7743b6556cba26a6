"""Dates known to the year, the month or the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.magazine.dates import PartialDate

DAYS = st.dates(min_value=date(1000, 1, 1))
LENGTHS = st.sampled_from([4, 7, 10])


@given(DAYS, LENGTHS)
def test_a_date_is_written_as_it_was_read(day: date, length: int) -> None:
    written = day.isoformat()[:length]
    assert str(PartialDate.parse(written)) == written


@given(DAYS, LENGTHS)
def test_a_date_lies_between_its_first_and_its_last_day(day: date, length: int) -> None:
    known = PartialDate.parse(day.isoformat()[:length])
    assert known.first <= day <= known.last
    assert (known.first == known.last) == (length == 10)


@given(DAYS, DAYS)
def test_full_dates_are_in_the_order_of_the_calendar(one: date, other: date) -> None:
    assert (PartialDate.of(one) < PartialDate.of(other)) == (one < other)


@given(DAYS)
def test_what_is_known_less_well_comes_first(day: date) -> None:
    year, month, full = (PartialDate.parse(day.isoformat()[:n]) for n in (4, 7, 10))
    assert year < month < full


@pytest.mark.parametrize(
    "text",
    ["", "89", "1889-5", "1889-13", "1889-00", "1900-02-29", "2026-02-30", "1889-05-06T10:00",
     "vers 1889", "1889/05", "-1889", "+188", "١٨٨٩", "18 9", "1889-"],
)  # fmt: skip
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_a_leap_day_is_accepted() -> None:
    assert PartialDate.parse("1904-02-29").last == date(1904, 2, 29)


def test_february_ends_on_the_29th_of_a_leap_year() -> None:
    assert PartialDate.parse("1904-02").last == date(1904, 2, 29)
    assert PartialDate.parse("1900-02").last == date(1900, 2, 28)
