"""What a subscription costs at least: from the file of offers, by which the service sells.

Of that file (docs/offers.md) only prices are read here; the service tells whatever else is wrong.
"""

from collections.abc import Iterable, Iterator, Set
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
from plugins.magazine.parts import PriceFrom, Prices
from plugins.magazine.problems import Problems, did_you_mean

FILE_NAME = "offers.yaml"
_OTHERS_TOO = ConfigDict(extra="ignore")
_Asked = dict[str, Annotated[int, Field(ge=0)]]
"""Price class → cents."""


@dataclass(frozen=True, slots=True)
class Offers:
    """The lowest prices from each day on, oldest first."""

    prices: tuple[tuple[date, Prices], ...] = ()

    def prices_at(self, now: datetime) -> Prices:
        """The lowest prices in force. Grids begin with their day in UTC, as the service counts."""
        today = now.astimezone(UTC).date()
        begun = [prices for day, prices in self.prices if day <= today]
        return begun[-1] if begun else Prices()

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
    plans: dict[str, _Asked]
    issue: _Asked = Field(default_factory=dict)


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
    plans, classes = [plan.name for plan in sold.plans], {asked.name for asked in sold.classes}
    for number, grid in enumerate(sold.grids):
        at: Location = ("grids", number)
        for plan, asked in grid.plans.items():
            if plan not in plans:
                missing = tell("formule inconnue « {name} »", name=plan)
                yield (*at, "plans", plan), missing + did_you_mean(plan, plans)
            yield from _unpriced((*at, "plans", plan), asked, classes)
        if grid.issue:
            yield from _unpriced((*at, "issue"), grid.issue, classes)


def _unpriced(at: Location, asked: _Asked, classes: Set[str]) -> Iterator[tuple[Location, str]]:
    for name in asked.keys() - classes:
        missing = tell("classe de prix inconnue « {name} »", name=name)
        yield (*at, name), missing + did_you_mean(name, classes)
    for name in classes - asked.keys():
        yield at, tell("il manque le prix de la classe « {name} »", name=name)


def _prices(sold: _Sold) -> Iterator[tuple[date, Prices]]:
    public = sold.classes[-1].name  # the class of whoever is on no list
    months = {plan.name: plan.months for plan in sold.plans}

    def offered(asked: _Asked, months: int = 0) -> Iterator[PriceFrom]:
        for cents in filter(None, asked.values()):
            yield PriceFrom(cents, sold.currency, cents < asked[public], months)

    for grid in sold.grids:
        plans = (
            price for plan, asked in grid.plans.items() for price in offered(asked, months[plan])
        )
        yield grid.starts_on, Prices(_lowest(plans), _lowest(offered(grid.issue)))


def _lowest(prices: Iterable[PriceFrom]) -> PriceFrom | None:
    """Of equal prices the one for the longest time, and the one that anybody pays."""
    return min(prices, key=lambda p: (p.cents, -p.months, p.depends), default=None)
