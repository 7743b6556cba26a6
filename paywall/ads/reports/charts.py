"""A report's charts: SVG made of figures that may be shown, in two sizes, styled by report.css."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from math import ceil

from markupsafe import Markup, escape

from paywall.ads.reports.disclosure import Figure
from paywall.ads.reports.pace import Pace
from paywall.ads.reports.tally import Line
from paywall.ads.reports.wording import Wording

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 16, 26
_MOST_TICKS = 5
_DATED_BY_MONTHS = 92
"""Days: more are dated by their months."""
_FINE_PX = 6
"""Narrower bars have no outline."""
_HIDDEN_PX = 5
"""All that is hidden is drawn alike: a bar must not tell what a table keeps."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing in its own units, which are pixels where it is not stretched."""

    name: str
    width: int
    height: int
    dates: int
    """How many dates its axis has room for."""


FRAMES = (Frame("wide", 720, 210, 7), Frame("narrow", 340, 210, 4))
"""The style sheet shows one; the other is seen by nobody, screen readers included."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a chart to who does not see it."""

    identifier: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values are in a frame: days across, counts up."""

    frame: Frame
    days: int
    step: int
    """From one tick of the counts to the next."""
    ticks: int

    @classmethod
    def up_to(cls, most: int, days: int, frame: Frame) -> "_Plot":
        step = _step(most)
        return cls(frame, days, step, max(ceil(most / step), 1))

    def x(self, days: float) -> float:
        room = self.frame.width - _LEFT - _RIGHT
        return _LEFT + room * days / self.days

    def y(self, count: float) -> float:
        return self.frame.height - _BOTTOM - self.up(count)

    def up(self, count: float) -> float:
        return (self.frame.height - _TOP - _BOTTOM) * count / (self.step * self.ticks)


def day_chart(lines: Sequence[Line], said: Said, wording: Wording) -> Markup:
    """A bar a day: views that are believed, and on top of them those that are not."""
    first = date.fromisoformat(lines[0].name)
    most = max(_shown(line.viewable) + _shown(line.suspect) for line in lines)
    return _in_frames(said, lambda frame: _bars(frame, lines, first, most, wording))


def pace_chart(
    lines: Sequence[Line], pace: Pace, days: int, said: Said, wording: Wording
) -> Markup:
    """What was given, added up from day to day, against what an even pace to the goal gives.

    Made of the days' table: days that it hides are given even shares of what the total leaves.
    """
    first = date.fromisoformat(lines[0].name)
    given = _added_up([line.viewable for line in lines], pace.delivered)
    return _in_frames(said, lambda frame: _course(frame, given, pace, (first, days), wording))


def share_bar(share: float, name: str) -> Markup:
    """A bar for a cell of a table."""
    return Markup(
        '<svg class="share" role="img" viewBox="0 0 100 8" preserveAspectRatio="none">'
        "<title>{}</title>"
        '<rect class="ground" width="100" height="8"/>'
        '<rect class="bar" width="{:.1f}" height="8"/></svg>'
    ).format(name, 100 * share)


def _bars(
    frame: Frame, lines: Sequence[Line], first: date, most: int, wording: Wording
) -> Iterator[str]:
    plot = _Plot.up_to(most, len(lines), frame)
    yield from _axes(plot, first, wording)
    width = plot.x(1) - plot.x(0)
    gap = min(width / 5, 3)
    hidden = "bar-hidden fine" if width < _FINE_PX else "bar-hidden"
    for n, line in enumerate(lines):
        left, base = plot.x(n) + gap / 2, plot.y(0)
        for kind, figure in (("bar", line.viewable), ("bar-suspect", line.suspect)):
            if figure == 0:
                continue
            height = plot.up(figure) if isinstance(figure, int) else _HIDDEN_PX
            drawn = kind if isinstance(figure, int) else hidden
            yield _rect(drawn, left, base - height, width - gap, height)
            base -= height


def _course(
    frame: Frame, given: Sequence[float], pace: Pace, span: tuple[date, int], wording: Wording
) -> Iterator[str]:
    first, days = span
    plot = _Plot.up_to(max(pace.goal, pace.delivered), days, frame)
    yield from _axes(plot, first, wording)
    points = [(plot.x(n), plot.y(count)) for n, count in enumerate(given)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    (end_x, end_y) = points[-1]
    yield f'<polygon class="given-area" points="{path} {end_x:.1f},{plot.y(0):.1f}"/>'
    yield _line("due", (plot.x(0), plot.y(0)), (plot.x(days), plot.y(pace.goal)))
    yield f'<polyline class="given" points="{path}"/>'
    yield f'<circle class="now" cx="{end_x:.1f}" cy="{end_y:.1f}" r="4"/>'


def _axes(plot: _Plot, first: date, wording: Wording) -> Iterator[str]:
    for n in range(plot.ticks + 1):
        at = n * plot.step
        y = plot.y(at)
        yield _line("rule" if n else "base", (_LEFT, y), (plot.frame.width - _RIGHT, y))
        yield f'<text class="count" x="{_LEFT - 8}" y="{y + 4:.1f}">{wording.number(at)}</text>'
    for n in _dated(first, plot.days, plot.frame.dates):
        day = escape(wording.short_day(first + timedelta(days=n)))
        x, y = plot.x(n), plot.frame.height - 6
        yield _line("tick", (x, plot.y(0)), (x, plot.y(0) + 5))
        yield f'<text class="date" x="{x:.1f}" y="{y}">{day}</text>'


def _dated(first: date, days: int, most: int) -> Sequence[int]:
    """Which days are dated: one in so many, or the first of one month in so many."""
    begin: Sequence[int] = range(days)
    if days > _DATED_BY_MONTHS:
        begin = [n for n in begin if (first + timedelta(days=n)).day == 1]
    return begin[:: ceil(len(begin) / most)]


def _in_frames(said: Said, draw: Callable[[Frame], Iterator[str]]) -> Markup:
    return Markup("\n").join(_svg(frame, said, "\n".join(draw(frame))) for frame in FRAMES)


def _svg(frame: Frame, said: Said, drawn: str) -> Markup:
    identifier = f"{said.identifier}-{frame.name}"
    return Markup(
        '<svg class="chart chart-{}" role="img" viewBox="0 0 {} {}" aria-labelledby="{}" '
        'aria-describedby="{}-says">\n<title id="{}">{}</title>\n<desc id="{}-says">{}</desc>\n{}\n'
        "</svg>"
    ).format(
        frame.name, frame.width, frame.height, identifier, identifier, identifier, said.title,
        identifier, said.description, Markup(drawn),  # noqa: S704 (numbers, and dates escaped)
    )  # fmt: skip


def _rect(kind: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    )


def _line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _shown(figure: Figure) -> int:
    return figure if isinstance(figure, int) else 0


def _added_up(figures: Sequence[Figure], total: int) -> list[float]:
    """The sum after each day, from none."""
    hidden = sum(not isinstance(figure, int) for figure in figures)
    share = (total - sum(map(_shown, figures))) / hidden if hidden else 0.0
    sums = [0.0]
    for figure in figures:
        sums.append(sums[-1] + (figure if isinstance(figure, int) else share))
    return sums


def _step(most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50… that leads to the top in a few steps."""
    step, following = 1, cycle((2, 2.5, 2))
    while _MOST_TICKS * step < most:
        step = int(step * next(following))
    return step
