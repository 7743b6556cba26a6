"""What a flight gets of what a plan gives it: less where its ad does not stand on small screens.

Nothing says beforehand on which part of page views an ad will be seen: it is learnt, plan after
plan, from what was due and what came. Kept in `var/ads/yields.json`; without it, a plan supposes
that every ad is seen as often as the others, and learns again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import msgspec

from paywall.ads.planning.history import History

YIELDS = Path("ads", "yields.json")
"""Where it is in `var/`."""
_HALF_LIFE_DAYS = 7.0
_SUPPOSED = 40.0
"""Impressions that came as they were due, before any did: few tell little."""
_LEAST, _MOST = 0.1, 1.2
_DAY_SECONDS = 86_400


class Yields(msgspec.Struct, frozen=True):
    """What was due and what came until the last plan, and what that plan makes due."""

    made_at: datetime | None = None
    views: int = 0
    """Page views of the day of that plan, when it was made."""
    due_a_view: dict[str, float] = {}
    """Impressions that the plan gives each flight, for one page view of the magazine."""
    delivered: dict[str, int] = {}
    """When it was made."""
    due: dict[str, float] = {}
    came: dict[str, float] = {}

    def of(self, slug: str) -> float:
        """What a flight gets of what it is given: 1 when nothing is known."""
        due, came = self.due.get(slug, 0.0), self.came.get(slug, 0.0)
        return min(_MOST, max(_LEAST, (came + _SUPPOSED) / (due + _SUPPOSED)))

    def after(self, history: History) -> "Yields":
        """The same, with what came since the plan."""
        if self.made_at is None or self.made_at >= history.now:
            return self
        views = views_since(history, self.made_at.astimezone(history.zone).date()) - self.views
        days = (history.now - self.made_at).total_seconds() / _DAY_SECONDS
        kept = 0.5 ** (days / _HALF_LIFE_DAYS)
        due, came = {}, {}
        for slug, each in self.due_a_view.items():
            now = history.delivered.get(slug, 0) - self.delivered.get(slug, 0)
            due[slug] = kept * self.due.get(slug, 0.0) + each * max(0, views)
            came[slug] = kept * self.came.get(slug, 0.0) + max(0, now)
        return msgspec.structs.replace(self, due=due, came=came)

    def planned(self, history: History, due_a_view: Mapping[str, float]) -> "Yields":
        """The same, once another plan is made."""
        return msgspec.structs.replace(
            self,
            made_at=history.now,
            views=views_since(history, history.today),
            due_a_view=dict(due_a_view),
            delivered={slug: history.delivered.get(slug, 0) for slug in due_a_view},
        )


def views_since(history: History, day: date) -> int:
    """Page views of a day and those after it."""
    days = (history.today - day).days + 1
    return int(history.hours[-days:].sum())


def read_yields(var: Path) -> Yields:
    """What was kept; a file that is missing or not understood says nothing."""
    try:
        return msgspec.json.decode((var / YIELDS).read_bytes(), type=Yields)
    except (FileNotFoundError, msgspec.MsgspecError):
        return Yields()
