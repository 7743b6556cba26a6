"""Flights: bookings with what counts of them, and when they run."""

from dataclasses import dataclass
from datetime import date

from plugins.magazine.booking import BookingFields, Status


@dataclass(frozen=True, slots=True)
class Flight:
    """A booking. ``status`` is what counts, not what is written: a booking that was changed after
    its approval is proposed (:mod:`plugins.ads.approval`). ``brief`` is its body, as written."""

    slug: str
    fields: BookingFields
    brief: str
    status: Status

    def runs(self, today: date) -> bool:
        """Approved, and today is from its first to its last day."""
        return self.status == "approved" and self.fields.start <= today <= self.fields.end

    def comes(self, today: date) -> bool:
        """Approved, and its first day is still to come."""
        return self.status == "approved" and today < self.fields.start
