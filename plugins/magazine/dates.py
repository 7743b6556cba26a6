"""Dates as history knows them: to the year, the month or the day."""

import calendar
from dataclasses import dataclass
from datetime import date


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
