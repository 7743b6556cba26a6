"""A month, as it is typed: 2026-12."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_TYPED = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @classmethod
    def read(cls, text: str) -> "Month":
        """Raises `ValueError` for what is no month."""
        typed = _TYPED.fullmatch(text)
        if not typed:
            raise ValueError(text)
        first = date(int(typed[1]), int(typed[2]), 1)
        return cls(first.year, first.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        following = self.first + timedelta(days=31)
        return following.replace(day=1) - timedelta(days=1)
