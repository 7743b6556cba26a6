"""The association's list of members: what class somebody is in. Never the form's word."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from paywall.accounts.addresses import AddressError, normalised
from paywall.accounts.days import read_day
from paywall.errors import ImportFileError, OffersError
from paywall.offers.grid import Offers, PriceClass
from paywall.sheets import read_sheet

log = logging.getLogger(__name__)

_YEAR = re.compile(r"(?:1[89]|2[01])\d\d", re.ASCII)
STATUSES = ("alumnus", "student", "friend")


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the list."""

    email: str
    status: str
    graduated: int | None = None
    """Year."""
    dues_until: date | None = None
    """Last day that dues are paid for."""


class Members:
    """The list, read again when its file changes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._by_email: dict[str, Member] = {}
        self._refused: tuple[tuple[int, int], OffersError] | None = None
        self._reading = Lock()

    def find(self, email: str) -> Member | None:
        """The member with a normalised address.

        A list that was replaced by a wrong one goes on as it was: sales do not stop for a line.
        Raises `OffersError` where there was no good one since the service began.
        """
        try:
            self.check()
        except OffersError:
            if self._seen is None:
                raise
        return self._by_email.get(email)

    def check(self) -> int:
        """How many members there are. Raises `OffersError` on a list that is wrong."""
        with self._reading:
            self._look()
        return len(self._by_email)

    def _look(self) -> None:
        try:
            status = self._file.stat()
        except FileNotFoundError:
            self._seen, self._by_email = None, {}
            return
        seen = status.st_mtime_ns, status.st_size
        if seen == self._seen:
            return
        if self._refused and self._refused[0] == seen:
            raise self._refused[1]
        try:
            self._by_email = {member.email: member for member in read_members(self._file)}
        except OffersError as error:
            self._refused = seen, error
            # Not the reason, which may hold an address.
            log.warning("liste des membres fautive, et non reprise : voir paywall doctor")
            raise
        self._seen = seen


def class_of(offers: Offers, member: Member | None, today: date) -> PriceClass:
    """The first class of the file of offers that somebody is in."""
    return next((c for c in offers.classes if _is_in(c, member, today)), offers.public_class)


def _is_in(wanted: PriceClass, member: Member | None, today: date) -> bool:
    if wanted.is_for_anybody:
        return True
    if member is None:
        return False
    years, graduated, dues = wanted.years_since_graduation, member.graduated, member.dues_until
    return (
        (member.status == "alumnus" or not wanted.alumnus)
        and (member.status == "student" or not wanted.student)
        and (not wanted.dues_paid or (dues is not None and dues >= today))
        and (years is None or (graduated is not None and 0 <= today.year - graduated <= years))
    )


def read_members(file: Path) -> Iterator[Member]:
    """Every line, or `OffersError` with the line's number. Columns as in docs/offers.md.

    Read as files to import are: in the encoding and with the separator that spreadsheets give.
    """
    try:
        sheet = read_sheet(file)
    except ImportFileError as error:
        raise OffersError(str(error)) from error
    names = [_bare(name) for name in sheet.header]
    if missing := {"email", "status"} - set(names):
        raise OffersError(f"{file}:1: il manque la colonne {min(missing)}")
    for row in sheet.rows:
        yield _member(file, row.line, dict(zip(names, row.cells, strict=False)))


def _bare(word: str) -> str:
    """A word of the list, as it is compared: spreadsheets write `Email`, `Alumnus`."""
    return word.strip().lower()


def _member(file: Path, line: int, row: dict[str, str]) -> Member:
    status = _bare(row.get("status", ""))
    graduated, dues = row.get("graduated", ""), row.get("dues_until", "")
    if status not in STATUSES:
        raise OffersError(f"{file}:{line}: status : {', '.join(STATUSES)}, pas « {status} »")
    try:
        return Member(
            email=normalised(row.get("email", "")),
            status=status,
            graduated=_year(graduated) if graduated else None,
            dues_until=read_day(dues) if dues else None,
        )
    except (AddressError, ValueError) as error:
        raise OffersError(f"{file}:{line}: {error}") from error


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text.strip()):
        raise ValueError(f"graduated : « {text} » n’est pas une année comme 2026")
    return int(text)
