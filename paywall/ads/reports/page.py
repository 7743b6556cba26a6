"""The report as one HTML page: nothing to fetch, nothing to run, light and dark, A4 in print."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from paywall.ads.reports.campaign import Report
from paywall.ads.reports.charts import Said, day_chart, pace_chart, share_bar
from paywall.ads.reports.disclosure import LEAST
from paywall.ads.reports.pace import Pace
from paywall.ads.reports.tally import Line
from paywall.ads.reports.wording import Wording
from paywall.templating import environment
from paywall.words import say

_TEMPLATES = Path(__file__).with_name("templates")
_A_THOUSAND = 1000
_LONG_DAYS = 62
"""The days of a longer report follow everything else."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, with its name as it is read and a bar of its share, if that is shown."""

    name: str
    line: Line
    bar: Markup


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows, and the names of those of which there is nothing to say."""

    rows: tuple[Row, ...]
    empty: tuple[str, ...]


def render(report: Report, language: str, style: str) -> str:
    """The page. `style` is its whole style sheet (see `style`)."""
    wording = Wording(language, report.inventory)
    template = environment(language, _TEMPLATES).get_template("report.html")
    html: str = template.render(
        report=report,
        flight=report.flight,
        wording=wording,
        language=language,
        style=Markup(style),  # noqa: S704 (the theme's own)
        least=LEAST,
        everything=_everything(report.total),
        per_thousand=_per_thousand(report),
        charts=list(_charts(report, wording)),
        is_long=len(report.days) > _LONG_DAYS,
        months=list(_months(report, wording)),
        themes=_table(report.themes, report.total, wording.theme, wording),
        placements=_table(report.placements, report.total, wording.placement, wording),
        creatives=_table(report.creatives, report.total, wording.creative, wording),
        reasons=[(wording.reason(line.name), line) for line in report.reasons],
        words_of={creative.size: creative for creative in report.flight.creatives},
    )
    return html


def _everything(total: Line) -> int | None:
    """Believed and marked together, where both are shown: one would tell the other."""
    if isinstance(total.viewable, int) and isinstance(total.suspect, int):
        return total.viewable + total.suspect
    return None


def _per_thousand(report: Report) -> float | None:
    """Cents for a thousand viewable impressions, of a campaign that is over and was paid for."""
    cents, given = report.flight.price_cents, report.delivered
    is_over = report.last == report.flight.end
    if is_over and cents and isinstance(given, int) and given:
        return cents * _A_THOUSAND / given
    return None


def _charts(report: Report, wording: Wording) -> Iterator[tuple[str, Markup]]:
    """Charts by their names: of days if a number is shown, of the pace if there is a goal."""
    shown = [figure for line in report.days for figure in (line.viewable, line.suspect)]
    if any(isinstance(figure, int) and figure for figure in shown):
        yield "days", day_chart(report.days, _said_of_days(wording.language), wording)
    if report.pace and report.month is None:
        whole_days = (report.flight.end - report.flight.start).days + 1
        said = _said_of_pace(report.pace, wording)
        yield "pace", pace_chart(report.days, report.pace, whole_days, said, wording)


def _said_of_days(language: str) -> Said:
    return Said(
        "days",
        say(language, "Impressions visibles par jour"),
        say(language, "Une barre par jour\u202f; les nombres sont dans les tableaux de la page."),
    )


def _said_of_pace(pace: Pace, wording: Wording) -> Said:
    return Said(
        "pace",
        say(wording.language, "Impressions visibles cumulées, et l’objectif"),
        say(
            wording.language,
            "{given} impressions données, {due} à rythme égal, {goal} promises.",
            given=wording.number(pace.delivered),
            due=wording.number(pace.due),
            goal=wording.number(pace.goal),
        ),
    )


def _months(
    report: Report, wording: Wording
) -> Iterator[tuple[str, list[tuple[str, Line | None]]]]:
    """Days by months; a day that nobody counted has no line."""
    dated = [(date.fromisoformat(line.name), line) for line in report.days]
    for _, month in groupby(dated, key=lambda pair: pair[0].replace(day=1)):
        found = list(month)
        rows = [
            (wording.day_of_month(on), None if on in report.missing else line) for on, line in found
        ]
        yield wording.month(found[0][0]), rows


def _table(
    lines: Sequence[Line], total: Line, name: Callable[[str], str], wording: Wording
) -> Table:
    """The largest first, by what is shown; lines that hold nothing are only named."""

    def rank(line: Line) -> tuple[int, int]:
        shown = [n if isinstance(n, int) else 0 for n in (line.viewable, line.suspect)]
        return -shown[0], -shown[1]

    said = sorted((line for line in lines if not line.is_empty), key=rank)
    rows = tuple(Row(name(line.name), line, _bar(line, total, wording)) for line in said)
    return Table(rows, tuple(name(line.name) for line in lines if line.is_empty and line.name))


def _bar(line: Line, total: Line, wording: Wording) -> Markup:
    if not (isinstance(line.viewable, int) and isinstance(total.viewable, int) and total.viewable):
        return Markup("")
    share = line.viewable / total.viewable
    said = say(wording.language, "{share} des impressions", share=wording.percent(share, "0"))
    return share_bar(share, said)
