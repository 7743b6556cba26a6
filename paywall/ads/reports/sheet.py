"""The report as a table for spreadsheets: the same figures, none that the page does not show."""

import io
from collections.abc import Callable, Iterator, Sequence

from paywall.ads.reports.campaign import Report
from paywall.ads.reports.disclosure import Figure
from paywall.ads.reports.tally import MEASURES, Line
from paywall.ads.reports.wording import Wording
from paywall.csv_files import Cell, write_csv
from paywall.templating import FRENCH
from paywall.words import say


def as_csv(report: Report, language: str) -> str:
    """The whole report, a line for each row of its tables."""
    wording = Wording(language, report.inventory)
    header = (
        say(language, "par"),
        say(language, "valeur"),
        say(language, "impressions visibles"),
        say(language, "impressions marquées"),
        say(language, "clics"),
        say(language, "clics marqués"),
        say(language, "clics par impression"),
    )
    file = io.StringIO(newline="")
    write_csv(file, header, _rows(report, wording))
    return file.getvalue()


def _rows(report: Report, wording: Wording) -> Iterator[Sequence[Cell]]:
    language = wording.language
    tables: list[tuple[str, Sequence[Line], Callable[[str], str]]] = [
        (say(language, "total"), (report.total,), lambda _: ""),
        (say(language, "jour"), report.days, str),
        (say(language, "thème"), report.themes, wording.theme),
        (say(language, "emplacement"), report.placements, wording.placement),
        (say(language, "création"), report.creatives, wording.creative),
        (say(language, "marque"), report.reasons, wording.reason),
    ]
    missing = {day.isoformat() for day in report.missing}
    for by, lines, name in tables:
        for line in lines:
            if line.name in missing:
                yield by, line.name, *[None] * len(MEASURES), ""
            else:
                yield by, name(line.name), *_figures(line, wording), _rate(line, language)


def _figures(line: Line, wording: Wording) -> Iterator[Cell]:
    """Numbers as numbers, so that a spreadsheet can add them up."""
    figures: tuple[Figure, ...] = (line.viewable, line.suspect, line.clicks, line.suspect_clicks)
    for figure in figures:
        yield figure if isinstance(figure, int) else wording.figure(figure)


def _rate(line: Line, language: str) -> str:
    """A decimal number, with the language's mark."""
    if line.rate is None:
        return ""
    written = f"{line.rate:.5f}"
    return written.replace(".", ",") if language == FRENCH else written
