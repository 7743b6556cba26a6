"""Dates as history knows them, to the year, the month or the day; moments with their hour."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the year, the month (1–12) or the day (1–31); unknown parts are 0.

    Ordering is chronological; an unknown part sorts first.
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``1889``, ``1889-05`` or ``1889-05-06``; ``ValueError`` for anything else."""
        parts = text.strip().split("-")
        well_formed = [len(p) for p in parts] in ([4], [4, 2], [4, 2, 2])
        if not well_formed or not all(p.isascii() and p.isdigit() for p in parts):
            raise ValueError(text)
        year, month, day = (int(p) for p in (*parts, "0", "0")[:3])
        if len(parts) > 1:
            date(year, month, day if len(parts) > 2 else 1)
        return cls(year, month, day)

    @classmethod
    def of(cls, known: date) -> "PartialDate":
        """The same day, known in full."""
        return cls(known.year, known.month, known.day)

    def __str__(self) -> str:
        """ISO 8601 at the precision known."""
        parts = [f"{self.year:04}"]
        parts += [f"{n:02}" for n in (self.month, self.day) if n]
        return "-".join(parts)

    @property
    def first(self) -> date:
        """The first day that the date may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that the date may be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and its hour if that is known; both are those of the place."""

    day: date
    hour: time | None = None

    @classmethod
    def parse(cls, text: str) -> "Moment":
        """Read ``2027-03-14``, or with an hour of the place; ``ValueError`` for anything else."""
        day, separator, hour = text.strip().replace(" ", "T").partition("T")
        known = time.fromisoformat(hour) if separator else None
        if known and known.tzinfo:
            raise ValueError(text)
        return cls(date.fromisoformat(day), known)

    def __str__(self) -> str:
        """ISO 8601 at the precision known: to the day or to the minute."""
        return self.at.isoformat(timespec="minutes") if self.hour else self.day.isoformat()

    @property
    def at(self) -> datetime:
        """The moment; midnight when only the day is known."""
        return datetime.combine(self.day, self.hour or time.min)

    def is_before(self, other: "Moment") -> bool:
        """Whether it is over when another begins; a day without an hour lasts to its end."""
        return self.at < other.at if self.hour else self.day < other.day

    def is_over(self, now: datetime) -> bool:
        """Whether it has passed; a day is over when the next one begins."""
        return self.is_before(Moment(now.date(), now.time()))
