"""CSV files that spreadsheets open as they are, and run nothing of.

A cell that begins like a formula is preceded by an apostrophe, and every cell is quoted, so that no
separator in it begins another (OWASP, « CSV Injection »).
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TextIO

Cell = str | int | Decimal | date | None
"""Numbers and days are never formulas; whatever people wrote is a `str`."""

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # full-width signs count in East Asian versions
_BYTE_ORDER_MARK = "\ufeff"


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _is_formula(text) else text


def plain_cell(text: str) -> str:
    """The text that `safe_cell` was given."""
    return text[1:] if text[:1] == "'" and _is_formula(text) else text


def _is_formula(text: str) -> bool:
    """Whether it begins like one, or is already marked as beginning so: that mark is kept."""
    return text.lstrip("'")[:1] in _FORMULA


def write_csv(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as French spreadsheets expect it: UTF-8 with its mark, semicolons."""
    file.write(_BYTE_ORDER_MARK)
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(safe_cell, header))
    for row in rows:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
