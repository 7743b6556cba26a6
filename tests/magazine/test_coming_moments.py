"""Time alone changes a magazine: builds know until when what they published holds."""

from zoneinfo import ZoneInfo

import pytest
from approving import approve
from in_process import edition_of
from magazine_factory import MagazineFactory

from plugins.ads.bookings import flights_of
from plugins.ads.bookings import moments as ad_moments
from plugins.magazine.moments import moments

PARIS = ZoneInfo("Europe/Paris")
EVENT = {"title": "Une visite", "group": "Nord", "description": "Un phare."}


BOOKING = {
    "advertiser": "Lunettes",
    "campaign": "Automne",
    "status": "approved",
    "kind": "paid",
    "placements": ["article"],
    "creatives": [
        {"file": "a.png", "size": "300x250", "alt": "Lunettes", "link": "https://a.org/"}
    ],
}


def book(magazine: MagazineFactory, slug: str, **fields: object) -> None:
    magazine.image(f"ads/{slug}/a.png", (300, 250))
    magazine.entry(f"ads/{slug}/booking.md", BOOKING | fields)
    approve(magazine, f"ads/{slug}/booking.md")


def coming(magazine: MagazineFactory, **settings: object) -> list[str]:
    """Moments to come on 22 November 2026, one hour after midnight in Paris."""
    edition = edition_of(magazine, **settings)
    found = [*moments(edition), *ad_moments(flights_of(edition.graph), edition.settings)]
    return sorted(moment.astimezone(PARIS).isoformat() for moment in found)


def test_a_magazine_without_dates_to_come_holds_for_ever(magazine: MagazineFactory) -> None:
    magazine.article("articles/2026/public.md", opens="2026-12-01")
    magazine.article("articles/2026/ouvert.md", access="subscriber", opens="2026-11-01")
    magazine.entry("events/passe.md", EVENT | {"start": "2026-11-21"})
    book(magazine, "passee", start="2026-10-01", end="2026-11-21")
    book(magazine, "proposee", status="proposed", start="2026-12-01", end="2026-12-31")
    assert coming(magazine) == []


def test_a_closed_article_will_open(magazine: MagazineFactory) -> None:
    magazine.article("articles/2026/ferme.md", access="subscriber", opens="2026-12-01")
    assert coming(magazine) == ["2026-12-01T00:00:00+01:00"]


@pytest.mark.parametrize(
    ("fields", "moment"),
    [
        ({"start": "2026-11-22"}, "2026-11-23T00:00:00+01:00"),
        ({"start": "2026-11-22T18:30"}, "2026-11-22T18:30:00+01:00"),
        ({"start": "2026-11-20", "end": "2027-03-28"}, "2027-03-29T00:00:00+02:00"),
        ({"start": "2026-11-20", "end": "2026-11-22T19:00"}, "2026-11-22T19:00:00+01:00"),
    ],
)
def test_an_event_will_have_passed(
    fields: dict[str, str], moment: str, magazine: MagazineFactory
) -> None:
    magazine.entry("events/visite.md", EVENT | fields)
    assert coming(magazine) == [moment]


def test_a_booking_will_begin_and_one_will_end(magazine: MagazineFactory) -> None:
    book(magazine, "en-cours", start="2026-11-22", end="2026-11-22")
    book(magazine, "a-venir", start="2026-12-24", end="2026-12-31")
    assert coming(magazine) == ["2026-11-23T00:00:00+01:00", "2026-12-24T00:00:00+01:00"]


def test_security_txt_changes_with_the_year(magazine: MagazineFactory) -> None:
    assert coming(magazine, email="redaction@example.org") == ["2027-01-01T00:00:00+01:00"]
