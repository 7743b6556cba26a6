"""What a flight gets of what a plan gives it: less where its ad is seen less often than others.

Nothing says beforehand on which part of page views an ad will be seen: it is learnt, plan after
plan, from what was due and what came. Kept in `var/ads/yields.json`; without it, a plan supposes
that every ad is seen as often as the others, and learns again.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from paywall.ads.planning.history import History
from paywall.ads.planning.supply import Supply

YIELDS = Path("ads", "yields.json")
"""Where it is in `var/`."""
_HALF_LIFE_DAYS = 7.0
_SUPPOSED = 40.0
"""Impressions that came as they were due, before any did: few tell little."""
_LEAST, _MOST = 0.1, 1.2
_DAY_SECONDS = 86_400


class Given(msgspec.Struct, frozen=True):
    """What a plan gives a flight."""

    due_a_view: float
    """Impressions for one view of a page that carries it."""
    views: int
    """Of those pages, on the plan's day, when it was made."""
    delivered: int
    """Then."""


class Yields(msgspec.Struct, frozen=True):
    """What was due and what came until the last plan, and what that plan gives."""

    made_at: datetime | None = None
    given: dict[str, Given] = {}
    due: dict[str, float] = {}
    came: dict[str, float] = {}

    def of(self, slug: str) -> float:
        """What a flight gets of what it is given: 1 when nothing is known."""
        due, came = self.due.get(slug, 0.0), self.came.get(slug, 0.0)
        return min(_MOST, max(_LEAST, (came + _SUPPOSED) / (due + _SUPPOSED)))

    def after(self, history: History, supply: Supply) -> "Yields":
        """The same, with what came since the plan."""
        if self.made_at is None or self.made_at >= history.now:
            return self
        days = (history.today - self.made_at.astimezone(history.zone).date()).days + 1
        elapsed = (history.now - self.made_at).total_seconds() / _DAY_SECONDS
        kept = 0.5 ** (elapsed / _HALF_LIFE_DAYS)
        due, came = {}, {}
        for slug, given in self.given.items():
            views = views_of(supply, slug, days) - given.views
            now = history.delivered.get(slug, 0) - given.delivered
            due[slug] = kept * self.due.get(slug, 0.0) + given.due_a_view * max(0, views)
            came[slug] = kept * self.came.get(slug, 0.0) + max(0, now)
        return msgspec.structs.replace(self, due=due, came=came)

    def planned(
        self, history: History, supply: Supply, due_a_view: Mapping[str, float]
    ) -> "Yields":
        """The same, once another plan is made."""
        given = {
            slug: Given(due, views_of(supply, slug, 1), history.delivered.get(slug, 0))
            for slug, due in due_a_view.items()
        }
        return msgspec.structs.replace(self, made_at=history.now, given=given)


def views_of(supply: Supply, slug: str, days: int) -> int:
    """Views of the pages that carry a flight, on so many days that end today."""
    return int(supply.views[supply.cells_with(slug), -days:].sum())


def read_yields(var: Path) -> Yields:
    """What was kept; a file that is missing or not understood says nothing."""
    try:
        return msgspec.json.decode((var / YIELDS).read_bytes(), type=Yields)
    except (FileNotFoundError, msgspec.MsgspecError):
        return Yields()
