"""Reads a CSV file as spreadsheets write it: its encoding and its separator are found out."""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paywall.csv_files import plain_cell
from paywall.errors import ImportFileError

_SEPARATORS = ";\t,"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What files of Excel and LibreOffice begin with."""

MAX_BYTES = 100_000_000
"""Far more than any association's list; another file was named by mistake."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and the line of its file that it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file: the names of its columns, and its rows."""

    file: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(file: Path) -> Sheet:
    """Read a whole file. Raises `ImportFileError` where it is no CSV file."""
    try:
        source = file.read_bytes() if file.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise ImportFileError(f"{file} : {error.strerror}") from error
    if source is None:
        raise ImportFileError(f"{file} : plus de {MAX_BYTES // 1_000_000} Mo, est-ce ce fichier ?")
    if source.startswith(_WORKBOOKS):
        raise ImportFileError(f"{file} : c’est un classeur, à enregistrer d’abord au format CSV")
    rows = _rows(file, decode(file, source))
    header = next(rows, None)
    if header is None:
        raise ImportFileError(f"{file} : le fichier est vide")
    return Sheet(file, header.cells, tuple(rows))


def decode(file: Path, source: bytes) -> str:
    """The text: UTF-8 if it is, UTF-16 if it says so, else what Windows or an old Unix wrote."""
    if source.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise ImportFileError(f"{file} : ce n’est pas un fichier CSV")


def _rows(file: Path, text: str) -> Iterator[Row]:
    """Every row that is not empty. Lines before the names of columns are read over if empty."""
    lines = io.StringIO(text, newline="")
    separator = separator_of(text)
    if text[:4].casefold() == "sep=":  # Excel's own first line
        lines.readline()
    reader = csv.reader(lines, delimiter=separator, strict=True)
    skipped, line = (1, 2) if lines.tell() else (0, 1)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, tuple(_clean(cell) for cell in cells))
            line = reader.line_num + skipped + 1
    except csv.Error as error:
        at = reader.line_num + skipped
        raise ImportFileError(
            f"{file}:{at}: guillemets ou séparateurs fautifs ({error})"
        ) from error


def separator_of(text: str) -> str:
    """The sign that stands most often in the first line that says something."""
    if text[:4].casefold() == "sep=" and text[4:5]:
        return text[4]
    first = next((line for line in text.splitlines() if line.strip(" ;,\t")), "")
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _clean(cell: str) -> str:
    return plain_cell(cell.strip(" \u00a0\u202f"))
