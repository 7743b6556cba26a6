"""What is shown to whoever types: bars while it lasts, tables at a terminal and CSV elsewhere."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from paywall.csv_files import Cell, write_csv
from paywall.errors import RefusedError

Step = Callable[[int], None]
"""Told how much more is done."""


@contextmanager
def bar(what: str, total: int) -> Iterator[Step]:
    """A bar on standard error, where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    shown = Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal
    )
    with shown as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.advance(task, done)


WHOLE = frozenset({"référence", "e-mail", "numéro"})
"""Columns that are typed or clicked: in a narrow terminal the others take more lines."""


def show_table(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, as_csv: bool = False
) -> None:
    """A table where standard output is a terminal, nothing of it cut; else, or if told, CSV."""
    console = Console()
    if as_csv or not console.is_terminal:
        write_csv(sys.stdout, header, rows)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold", no_wrap=name in WHOLE)
    for row in rows:
        table.add_row(*(escape(shown(cell)) for cell in row))
    console.print(table)


def shown(cell: Cell) -> str:
    """A cell as a terminal shows it: nothing in it steers the terminal."""
    text = "" if cell is None else str(cell)
    return "".join(c if c.isprintable() else " " for c in text)


def confirm(question: str, expected: str) -> None:
    """Let go on whoever types what is expected. Raises `RefusedError` else."""
    print(f"{question} ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() != expected:
        raise RefusedError("rien n’a été fait")
