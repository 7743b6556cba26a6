"""Plans, price classes and dated prices, as the file of offers says (docs/offers.md)."""

from datetime import date, datetime, timedelta

import msgspec
from dateutil.relativedelta import relativedelta

Words = dict[str, str]
"""A text in each language: `{"fr": …, "en": …}`."""


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Part of the file: a field that is not known is an error, not a condition that is lost."""


class PriceClass(Written, frozen=True):
    """Whom a price is for, as the membership list tells; the last one is for anybody."""

    name: str
    label: Words
    alumnus: bool = False
    student: bool = False
    dues_paid: bool = False
    years_since_graduation: int | None = None
    """At most so many, for recent graduates."""

    @property
    def is_for_anybody(self) -> bool:
        """Whether nothing is asked."""
        conditions = self.alumnus or self.student or self.dues_paid
        return not conditions and self.years_since_graduation is None


class Plan(Written, frozen=True):
    """Something to subscribe to."""

    name: str
    label: Words
    description: Words
    months: int
    paper: bool = False
    """Whether the printed review comes, too: a postal address is asked for."""
    ads: bool = True
    """Whether full texts come with their ads."""

    def end_of(self, start: datetime, began: datetime | None = None) -> datetime:
        """When a period that starts then ends: the same day of a later month, or its last one.

        `began`: when the run of periods that it continues did. What began on a 31st is back on
        a 31st after a month of 30 days, where a chain of periods alone would stay on the 30th.
        """
        day = start.day
        if began is not None and (start + timedelta(days=1)).day == 1:
            day = max(day, began.day)
        return start + relativedelta(months=self.months, day=day)


class Grid(Written, frozen=True):
    """The prices from a day on, in cents, all taxes included."""

    starts_on: date
    plans: dict[str, dict[str, int]]
    """Plan → class → cents."""
    issue: dict[str, int]
    """Class → cents of a single issue; empty: issues are not sold alone."""


class Bank(Written, frozen=True):
    """Where transfers go."""

    holder: str
    iban: str
    bic: str


class Seller(Written, frozen=True):
    """Who sells, as receipts say."""

    name: str
    address: str
    email: str
    identifiers: str = ""


class Offers(Written, frozen=True):
    """The whole file."""

    seller: Seller
    bank: Bank
    currency: str
    vat_permille: int
    classes: tuple[PriceClass, ...]
    """From the one that is looked for first to the one for anybody."""
    plans: tuple[Plan, ...]
    grids: tuple[Grid, ...]
    """Oldest to newest; never empty."""
    grace_days: int = 14
    free: Words = msgspec.field(default_factory=dict)
    paid: Words = msgspec.field(default_factory=dict)
    dues: Words = msgspec.field(default_factory=dict)
    """What is free, what is paid, what dues include: said on the page of prices."""

    def grid_on(self, day: date) -> Grid | None:
        """The grid of a day; None before the first."""
        return max(
            (grid for grid in self.grids if grid.starts_on <= day),
            key=lambda grid: grid.starts_on,
            default=None,
        )

    def plan(self, name: str) -> Plan | None:
        """A plan by its name."""
        return next((plan for plan in self.plans if plan.name == name), None)

    def price_class(self, name: str) -> PriceClass | None:
        """A class by its name."""
        return next((found for found in self.classes if found.name == name), None)

    @property
    def public_class(self) -> PriceClass:
        """The class of whoever is on no list."""
        return self.classes[-1]
