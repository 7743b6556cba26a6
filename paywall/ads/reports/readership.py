"""Page views for editors, from the same log: by page, by section, by source, by tier, by day.

They stay in the office: nothing is hidden in them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from paywall.ads.inventory import Inventory
from paywall.ads.reports.log import open_log

By = Literal["page", "section", "source", "tier", "day"]


@dataclass(frozen=True, slots=True)
class Views:
    """Views of a page, a section, a source or a day: those believed, and those marked."""

    name: str
    title: str
    views: int
    suspect: int


def page_views(
    inventory: Inventory, events: Path, first: date, last: date, by: By
) -> tuple[Views, ...]:
    """Views from one day to another, both included: days in their order, else the most first.

    Raises `LogError`.
    """
    with open_log(events, first, last) as log:
        rows = log.ask("readership", first=first, last=last)
    day, page, source, tier = range(4)
    column = {"day": day, "page": page, "section": page, "source": source, "tier": tier}[by]
    counted = {
        str(row[column]): (int(row[-2]), int(row[-1])) for row in rows if row[column] is not None
    }
    if by == "day":
        return tuple(Views(name, "", *counted[name]) for name in sorted(counted))
    if by == "section":
        counted = _by_section(inventory, counted)
    titles = {page.url: page.title for page in inventory.pages} if by == "page" else {}
    found = (Views(name, titles.get(name, ""), *views) for name, views in counted.items())
    return _most_first(found)


def _by_section(
    inventory: Inventory, counted: dict[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Pages' views added up; a page of no section counts under the first part of its address."""
    section_of = {page.url: page.section for page in inventory.pages}
    sums: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for page, (views, suspect) in counted.items():
        section = section_of.get(page) or page[: page.find("/", 1) + 1] or page
        sums[section] = sums[section][0] + views, sums[section][1] + suspect
    return dict(sums)


def _most_first(found: Iterable[Views]) -> tuple[Views, ...]:
    return tuple(sorted(found, key=lambda views: (-views.views, -views.suspect, views.name)))
