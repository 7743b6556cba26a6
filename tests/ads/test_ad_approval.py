"""An approval holds for what was approved, and for nothing else."""

import os
from pathlib import Path

import pytest

from plugins.ads.approval import fingerprint_of
from plugins.magazine.front_matter import read_front_matter, read_text

BOOKING = """\
---
advertiser: "Lunettes & Cie"
campaign: Automne
status: proposed
kind: paid
start: 2026-11-01
end: 2026-12-31
goal: 20000
placements: [article]
creatives:
  - file: pave.png
    size: 300x250
    alt: "Des lunettes"
    link: https://example.org/lunettes
---

Lunettes, verres et longues-vues.
"""


@pytest.fixture
def booking(tmp_path: Path) -> Path:
    (tmp_path / "pave.png").write_bytes(b"pixels")
    file = tmp_path / "booking.md"
    file.write_text(BOOKING, "utf-8")
    return file


def test_a_copy_is_not_approved(booking: Path) -> None:
    copy = booking.parent / "copy" / booking.name
    copy.parent.mkdir()
    for file in ("pave.png", booking.name):
        (copy.parent / file).write_bytes((booking.parent / file).read_bytes())
    assert fingerprint(copy) != fingerprint(booking)


def fingerprint(booking: Path) -> str | None:
    return fingerprint_of(read_front_matter(read_text(booking)), booking.parent)


def edit(booking: Path, old: str, new: str) -> None:
    before = booking.read_text("utf-8")
    assert old in before
    booking.write_text(before.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("goal: 20000", "goal: 30000"),
        ("Lunettes & Cie", "Lunettes et Cie"),
        ("kind: paid", "kind: house"),
        ("end: 2026-12-31", "end: 2027-12-31"),
        ("https://example.org/", "http://example.org/"),
        ("https://example.org/", "https://example.com/"),
        ("example.org/lunettes", "example.org/autre"),
        ("Des lunettes", "Deux lunettes"),
        ("placements: [article]", "placements: [article, home]"),
        ("placements: [article]", "placements: [article]\nsubscribers: false"),
        ("longues-vues", "jumelles"),
    ],
)
def test_any_change_of_a_booking_is_another_booking(booking: Path, old: str, new: str) -> None:
    before = fingerprint(booking)
    edit(booking, old, new)
    assert fingerprint(booking) != before


def test_another_image_is_another_booking(booking: Path) -> None:
    before = fingerprint(booking)
    (booking.parent / "pave.png").write_bytes(b"other pixels")
    assert fingerprint(booking) != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: proposed", "status: approved"),
        ("status: proposed", "status: suspended"),
        ("---\n\nLunettes", "approval:\n  by: X\n  date: 2026-11-22\n---\n\nLunettes"),
        ("campaign: Automne", "# vu avec le client\ncampaign: 'Automne'"),
        ("\n", "\r\n"),
    ],
)
def test_its_status_its_approval_and_how_it_is_typed_are_no_part_of_it(
    booking: Path, old: str, new: str
) -> None:
    before = fingerprint(booking)
    edit(booking, old, new)
    assert fingerprint(booking) == before


def test_fields_cannot_be_passed_off_as_one_another(booking: Path) -> None:
    """What moves from a field to another changes the whole, though the letters are the same."""
    edit(booking, "Automne", "Automne 2026")
    before = fingerprint(booking)
    edit(booking, "Automne 2026", "Automne")
    edit(booking, "Lunettes & Cie", "Lunettes & Cie 2026")
    assert fingerprint(booking) != before


def test_what_cannot_be_read_is_approved_by_nobody(booking: Path) -> None:
    (booking.parent / "pave.png").unlink()
    assert fingerprint(booking) is None
    os.mkfifo(booking.parent / "pave.png")  # nobody writes into it: reading would never end
    assert fingerprint(booking) is None
    (booking.parent / "pave.png").unlink()
    (booking.parent / "pave.png").symlink_to("/etc/hostname")
    assert fingerprint(booking) is None
    edit(booking, "pave.png", "../booking.md")
    assert fingerprint(booking) is None
