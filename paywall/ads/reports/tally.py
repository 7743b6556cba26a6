"""What a flight was given, added up in tables that all come to the same total."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from paywall.ads.reports.disclosure import Figure, disclose, disclose_total

OTHER = ""
"""Whatever is under none of the names of its table."""
MARKS = ("bot", "rate", "replay", "orphan")
SEVERAL = "several"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of `flight.sql`."""

    day: date
    theme: str
    placement: str
    creative: str
    kind: str
    marks: str
    events: int

    @property
    def measure(self) -> str:
        """Which of the four measures it counts for."""
        if self.kind == "view":
            return "suspect" if self.marks else "viewable"
        return "suspect_clicks" if self.marks else "clicks"

    @property
    def reason(self) -> str:
        """Why it is not believed."""
        return self.marks if self.marks in MARKS else SEVERAL


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as it may be shown: views that are believed and not, and clicks."""

    name: str
    viewable: Figure
    suspect: Figure
    clicks: Figure
    suspect_clicks: Figure

    @property
    def is_empty(self) -> bool:
        """Whether it says that nothing was shown there."""
        return self.viewable == self.suspect == 0

    @property
    def rate(self) -> float | None:
        """Clicks for a viewable impression, where both are shown."""
        if isinstance(self.viewable, int) and isinstance(self.clicks, int) and self.viewable:
            return self.clicks / self.viewable
        return None


MEASURES = tuple(field.name for field in fields(Line))[1:]


def table(column: str, names: Iterable[str], rows: Iterable[Counted]) -> tuple[Line, ...]:
    """Rows added up by a column, one line for each name and one for the rest, `OTHER`.

    The names are known beforehand, whatever was counted: that a line is there tells nothing.
    """
    return _lines(column, (*names, OTHER), rows)


def by_day(first: date, last: date, rows: Iterable[Counted]) -> tuple[Line, ...]:
    """One line a day, whatever was counted on it."""
    days = [(first + n * _DAY).isoformat() for n in range((last - first).days + 1)]
    return _lines("day", days, rows)


def by_reason(rows: Iterable[Counted]) -> tuple[Line, ...]:
    """One line for each reason not to believe an event."""
    return _lines("reason", (*MARKS, SEVERAL), [row for row in rows if row.marks])


def _lines(column: str, names: Iterable[str], rows: Iterable[Counted]) -> tuple[Line, ...]:
    named = dict.fromkeys(names)
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        name = str(getattr(row, column))
        sums[name if name in named else OTHER, row.measure] += row.events
    shown = [disclose([sums[name, measure] for name in named]) for measure in MEASURES]
    return tuple(Line(name, *figures) for name, *figures in zip(named, *shown, strict=True))


def total(rows: Sequence[Counted]) -> Line:
    """All rows together."""
    sums = dict.fromkeys(MEASURES, 0)
    for row in rows:
        sums[row.measure] += row.events
    return Line(OTHER, *map(disclose_total, sums.values()))
