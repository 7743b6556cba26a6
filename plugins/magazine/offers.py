"""What a subscription costs at least: from the file of offers, by which the service sells.

Of that file (docs/offers.md) only prices are read here; the service tells whatever else is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as fields

from plugins.magazine.field_errors import field_errors, field_name
from plugins.magazine.fields import Day
from plugins.magazine.front_matter import (
    FrontMatter,
    FrontMatterError,
    Location,
    read_text,
    read_yaml,
)
from plugins.magazine.messages import tell
from plugins.magazine.parts import PriceFrom
from plugins.magazine.problems import Problems, did_you_mean

FILE_NAME = "offers.yaml"
_OTHERS_TOO = ConfigDict(extra="ignore")


@dataclass(frozen=True, slots=True)
class Offers:
    """The lowest price from each day on, oldest first; of a grid that sells nothing, none."""

    prices: tuple[tuple[date, PriceFrom | None], ...] = ()

    def price(self, now: datetime) -> PriceFrom | None:
        """The lowest price in force. Grids begin with their day in UTC, as the service counts."""
        today = now.astimezone(UTC).date()
        begun = [price for day, price in self.prices if day <= today]
        return begun[-1] if begun else None

    def moments(self, now: datetime) -> Iterator[datetime]:
        """When other prices come into force."""
        for day, _ in self.prices:
            begins = datetime.combine(day, time.min, UTC)
            if begins > now:
                yield begins


@fields(config=_OTHERS_TOO)
class _Class:
    name: str


@fields(config=_OTHERS_TOO)
class _Plan:
    name: str
    months: Annotated[int, Field(ge=1)]


@fields(config=_OTHERS_TOO)
class _Grid:
    starts_on: Day
    plans: dict[str, dict[str, Annotated[int, Field(ge=0)]]]


@fields(config=_OTHERS_TOO)
class _Sold:
    """What of the file is read here."""

    currency: str
    classes: Annotated[tuple[_Class, ...], Field(min_length=1)]
    plans: tuple[_Plan, ...]
    grids: tuple[_Grid, ...]


_READER = TypeAdapter(_Sold)


def read_offers(folder: Path, problems: Problems) -> Offers:
    """Read ``offers.yaml``, if there is one; what is wrong in its prices is recorded."""
    if not (folder / FILE_NAME).exists():
        return Offers()
    try:
        front = FrontMatter(*read_yaml(read_text(folder / FILE_NAME)))
        sold = _READER.validate_python(front.fields)
    except FrontMatterError as error:
        problems.add(FILE_NAME, error.line, error.field, str(error))
    except ValidationError as error:
        for location, message in field_errors(error, _Sold):
            _add(problems, front, location, message)
    else:
        unknown = list(_unknown(sold))
        for location, message in unknown:
            _add(problems, front, location, message)
        if not unknown:
            return Offers(tuple(sorted(_prices(sold), key=lambda dated: dated[0])))
    return Offers()


def _add(problems: Problems, front: FrontMatter, location: Location, message: str) -> None:
    problems.add(FILE_NAME, front.line_of(location), field_name(location), message)


def _unknown(sold: _Sold) -> Iterator[tuple[Location, str]]:
    """Names in the grids that no plan or class has; everybody has a price."""
    plans, classes = [plan.name for plan in sold.plans], [asked.name for asked in sold.classes]
    for number, grid in enumerate(sold.grids):
        for plan, asked in grid.plans.items():
            at = ("grids", number, "plans", plan)
            if plan not in plans:
                missing = tell("formule inconnue « {name} »", name=plan)
                yield at, missing + did_you_mean(plan, plans)
            for name in asked.keys() - set(classes):
                missing = tell("classe de prix inconnue « {name} »", name=name)
                yield (*at, name), missing + did_you_mean(name, classes)
            for name in set(classes) - asked.keys():
                yield at, tell("il manque le prix de la classe « {name} »", name=name)


def _prices(sold: _Sold) -> Iterator[tuple[date, PriceFrom | None]]:
    months = {plan.name: plan.months for plan in sold.plans}
    public = sold.classes[-1].name  # the class of whoever is on no list
    for grid in sold.grids:
        offered = [
            PriceFrom(cents, sold.currency, months[plan], cents < asked[public])
            for plan, asked in grid.plans.items()
            for cents in asked.values()
            if cents > 0
        ]
        # of equal prices the one for the longest time, and the one that anybody pays
        lowest = min(offered, key=lambda p: (p.cents, -p.months, p.depends), default=None)
        yield grid.starts_on, lowest
