"""Where a flight stands between its first day and its goal."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Literal

from paywall.ads.inventory import Flight
from paywall.ads.reports.disclosure import Figure

State = Literal["reached", "ahead", "on", "late", "missed"]
_TOLERANCE = 0.05
"""Within so much of what an even pace gives, a flight is on time: days are not all alike."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Viewable impressions: promised, given, and due by now if every day gave as many."""

    goal: int
    delivered: int
    due: float
    remaining_days: int

    @property
    def state(self) -> State:
        """What to say of it."""
        if self.delivered >= self.goal:
            return "reached"
        if not self.remaining_days:
            return "missed"
        if abs(self.delivered - self.due) <= _TOLERANCE * self.due:
            return "on"
        return "ahead" if self.delivered > self.due else "late"

    @property
    def needed_a_day(self) -> int:
        """What each remaining day has to give, rounded up; 0 once there is none."""
        missing = max(self.goal - self.delivered, 0)
        return ceil(missing / self.remaining_days) if self.remaining_days else 0


def pace_of(flight: Flight, delivered: Figure, last: date) -> Pace | None:
    """The pace at the end of a day; none without a goal, or where the count is not shown."""
    if not flight.goal or not isinstance(delivered, int):
        return None
    whole = (flight.end - flight.start).days + 1
    elapsed = (last - flight.start).days + 1
    return Pace(flight.goal, delivered, flight.goal * elapsed / whole, whole - elapsed)
