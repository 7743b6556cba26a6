"""What a subscription costs at least: from the file of offers, by which the service sells.

Of that file (docs/offers.md) only prices are read here; the service tells whatever else is wrong.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from plugins.magazine.front_matter import FrontMatterError, read_text, read_yaml
from plugins.magazine.messages import tell
from plugins.magazine.parts import PriceFrom
from plugins.magazine.problems import Problems

FILE_NAME = "offers.yaml"


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


def read_offers(folder: Path, problems: Problems) -> Offers:
    """Read ``offers.yaml``, if there is one; what is wrong in its prices is recorded."""
    if not (folder / FILE_NAME).exists():
        return Offers()
    try:
        fields, _ = read_yaml(read_text(folder / FILE_NAME))
        return Offers(tuple(sorted(_prices(fields), key=lambda dated: dated[0])))
    except FrontMatterError as error:
        problems.add(FILE_NAME, error.line, error.field, str(error))
    except (KeyError, IndexError, AttributeError, TypeError, ValueError):
        problems.add(FILE_NAME, 1, "grids", tell("des prix illisibles (docs/offers.md)"))
    return Offers()


def _prices(fields: Mapping[str, Any]) -> Iterator[tuple[date, PriceFrom | None]]:
    months = {plan["name"]: int(plan["months"]) for plan in fields["plans"]}
    public = fields["classes"][-1]["name"]  # the class of whoever is on no list
    for grid in fields["grids"]:
        offered = [
            PriceFrom(int(cents), fields["currency"], months[plan], int(cents) < int(asked[public]))
            for plan, asked in grid["plans"].items()
            for cents in asked.values()
            if int(cents) > 0
        ]
        lowest = min(offered, key=lambda price: price.cents, default=None)
        yield date.fromisoformat(grid["starts_on"]), lowest
