"""Page views for editors: of the same log, by page, section, source, tier and day."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from campaign_log import FIRST, LAST, Log, inventory

from paywall.ads.inventory import Inventory
from paywall.ads.reports.readership import By, Views, page_views

SECOND = date(2026, 11, 2)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    made = Log(tmp_path / "events")
    made.add(FIRST, 5, kind="page").add(FIRST, 1, kind="page", marks=("bot",))
    made.add(SECOND, 3, kind="page", page="/articles/four/", source="direct", tier="members")
    made.add(SECOND, 9)  # views of ads are no page views
    return made.add(date(2026, 12, 1), 7, kind="page")


def views(log: Log, by: By, held: Inventory | None = None) -> tuple[Views, ...]:
    return page_views(held or inventory(), log.folder, FIRST, LAST, by)


def test_pages_are_told_with_their_titles_the_most_read_first(log: Log) -> None:
    assert views(log, "page") == (
        Views("/articles/phare/", "Page /articles/phare/", 5, 1),
        Views("/articles/four/", "Page /articles/four/", 3, 0),
    )


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("source", [("search", 5), ("direct", 3)]),
        ("tier", [("public", 5), ("members", 3)]),
        ("day", [("2026-11-01", 5), ("2026-11-02", 3)]),
    ],
)
def test_the_same_views_are_told_otherwise(by: By, found: list[tuple[str, int]], log: Log) -> None:
    assert [(line.name, line.views) for line in views(log, by)] == found


def test_sections_add_up_their_pages_and_other_pages_go_by_their_address(log: Log) -> None:
    held = inventory()
    pages = (msgspec.structs.replace(held.pages[0], section="Sciences"), *held.pages[1:])
    log.add(FIRST, 2, kind="page", page="/")
    found = views(log, "section", msgspec.structs.replace(held, pages=pages))
    assert [(line.name, line.views) for line in found] == [
        ("Sciences", 5),
        ("/articles/", 3),
        ("/", 2),
    ]


def test_a_magazine_that_nobody_counted_yet_has_no_views(tmp_path: Path) -> None:
    assert page_views(inventory(), tmp_path / "events", FIRST, LAST, "page") == ()
