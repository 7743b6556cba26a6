"""Reads all files of an import, before anything is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paywall.imports.columns import recognise, unused
from paywall.imports.lines import Line, LineReader, Place, PlanNames, RowError
from paywall.imports.people import Remark
from paywall.sheets import Sheet, read_sheet


@dataclass(slots=True)
class Reading:
    """What the files say, and what of it is refused."""

    lines: list[Line] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    unused: dict[Path, list[str]] = field(default_factory=dict)
    """Columns that nothing was taken from."""

    @property
    def rows(self) -> int:
        """How many rows there are, without the names of columns."""
        return len(self.lines) + len(self.refused)


def read_sheets(files: Iterable[Path]) -> list[Sheet]:
    """Every file. Raises `ImportFileError` for the first that cannot be read."""
    return [read_sheet(file) for file in files]


def read_lines(
    sheets: Sequence[Sheet],
    mapped: Mapping[str, str],
    plans: PlanNames,
    progress: Callable[[int], None],
) -> Reading:
    """Every row, taken or refused. Raises `ImportFileError` where columns are not understood."""
    reading = Reading()
    readers = []
    for sheet in sheets:
        columns = recognise(sheet.file, sheet.header, mapped)
        reading.unused[sheet.file] = unused(sheet.header, columns)
        readers.append((sheet, LineReader(sheet.file, columns, plans)))
    for sheet, reader in readers:
        for row in sheet.rows:
            try:
                reading.lines.append(reader.read(row))
            except RowError as error:
                place = Place(sheet.file, row.line)
                reading.refused.append(Remark(place, str(error), reader.address_in(row)))
            progress(1)
    return reading
