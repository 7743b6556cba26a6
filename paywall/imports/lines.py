"""What a row says of somebody, or why it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

from paywall.accounts.addresses import AddressError, normalised
from paywall.accounts.days import read_day
from paywall.accounts.profile import MAX_LINES, MAX_NAME, MAX_POST, one_line
from paywall.imports.columns import bare
from paywall.offers.grid import Offers, Plan
from paywall.sheets import Row
from paywall.words import LANGUAGES

_LANGUAGES = {"fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en"} | {
    "english": "en"
}


class RowError(ValueError):
    """Why a row is refused, in words for whoever keeps the file."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row's file and line."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}"


@dataclass(frozen=True, slots=True)
class Days:
    """A subscription's first and last day."""

    plan: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Line:
    """What a row says."""

    place: Place
    email: str
    name: str = ""
    post: str = ""
    language: str = ""
    days: Days | None = None


class LineReader:
    """Reads the rows of a file whose columns are known."""

    def __init__(self, file: Path, columns: Mapping[str, int], plans: "PlanNames") -> None:
        self._file = file
        self._columns = columns
        self._plans = plans
        self._last = max(columns.values())

    def read(self, row: Row) -> Line:
        """A row. Raises `RowError`."""
        if len(row.cells) <= self._columns["email"]:
            raise RowError("il manque des cellules")
        said = {f: row.cells[n] for f, n in self._columns.items() if n < len(row.cells)}
        return Line(
            place=Place(self._file, row.line),
            email=_email(said["email"]),
            name=_short("nom", _name(said), MAX_NAME),
            post=_short("adresse postale", _post(said), MAX_POST),
            language=_language(said.get("language", "")),
            days=self._days(said),
        )

    def address_in(self, row: Row) -> str:
        """What stands where a row has its address, as it is given, in one line."""
        number = self._columns["email"]
        return one_line(row.cells[number]) if number < len(row.cells) else ""

    def _days(self, said: Mapping[str, str]) -> Days | None:
        """The days of a subscription; what is not said of them follows from the plan's length."""
        starts, ends = _day(said.get("starts", "")), _day(said.get("ends", ""))
        named = said.get("plan", "")
        if starts is None and ends is None:
            if named:
                raise RowError(f"la formule « {named} » n’a ni début ni fin")
            return None
        plan = self._plans.find(named)
        first = starts or _first_day(ends or date.max, plan)
        last = ends or _last_day(first, plan)
        if last < first:
            raise RowError(f"la fin {last.isoformat()} précède le début {first.isoformat()}")
        return Days(plan.name, first, last)


class PlanNames:
    """The plans of the file of offers, by their names, labels, and what `--map-plan` adds."""

    def __init__(
        self,
        offers: Offers,
        mapped: Mapping[str, Plan],
        default: Plan | None,
        remedy: str = " : --plan ou --map-plan '{text}=formule'",
    ) -> None:
        labels = {bare(label): plan for plan in offers.plans for label in plan.label.values()}
        names = {bare(plan.name): plan for plan in offers.plans}
        self._plans = labels | names | {bare(text): plan for text, plan in mapped.items()}
        self._default = default
        self._remedy = remedy
        self._known = ", ".join(plan.name for plan in offers.plans)

    def find(self, text: str) -> Plan:
        """The plan that a cell names. Raises `RowError`."""
        found = self._plans.get(bare(text)) if text else self._default
        if found is None:
            said = f"« {text} » n’est pas une formule" if text else "pas de formule"
            raise RowError(f"{said} ({self._known}){self._remedy.format(text=text)}")
        return found


def _email(text: str) -> str:
    if not text:
        raise RowError("pas d’adresse de courriel")
    try:
        return normalised(text)
    except AddressError as error:
        raise RowError(str(error)) from error


def _name(said: Mapping[str, str]) -> str:
    parts = (said.get("name", ""), said.get("first_name", ""), said.get("last_name", ""))
    if parts[0] and not any(parts[1:]):
        return one_line(parts[0])
    return one_line(" ".join(parts[1:]))


def _post(said: Mapping[str, str]) -> str:
    city = one_line(f"{said.get('postcode', '')} {said.get('city', '')}")
    street = said.get("post", "").splitlines()
    lines = (*street, said.get("post_more", ""), city, said.get("country", ""))
    return "\n".join(line for line in map(one_line, lines) if line)


def _short(what: str, text: str, most: int) -> str:
    if len(text) > most:
        raise RowError(f"{what} : {len(text)} signes, {most} au plus")
    if (lines := len(text.splitlines())) > MAX_LINES:
        raise RowError(f"{what} : {lines} lignes, {MAX_LINES} au plus")
    return text


def _language(text: str) -> str:
    if not text:
        return ""
    language = _LANGUAGES.get(bare(text))
    if language is None:
        raise RowError(f"langue « {text} » : {' ou '.join(LANGUAGES)}")
    return language


def _day(text: str) -> date | None:
    try:
        return read_day(text) if text else None
    except ValueError as error:
        raise RowError(str(error)) from error


def _first_day(last: date, plan: Plan) -> date:
    return last + timedelta(days=1) - relativedelta(months=plan.months)


def _last_day(first: date, plan: Plan) -> date:
    return first + relativedelta(months=plan.months) - timedelta(days=1)
