"""Makes the plan from what is booked, counted and expected, and writes it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from paywall.ads.inventory import Inventory, read_inventory
from paywall.ads.plan_file import Plan
from paywall.ads.planning.allocate import Demand, Share, allocate
from paywall.ads.planning.forecast import Forecast, Lessons
from paywall.ads.planning.history import History, read_history
from paywall.ads.planning.supply import Supply
from paywall.ads.planning.wanted import demands_of, planned_days
from paywall.ads.planning.yields import YIELDS, Yields, read_yields
from paywall.private_files import private_directory, write_private
from paywall.settings import Settings

HOURLY = timedelta(hours=1)
DAILY = timedelta(days=1)
_VALID = timedelta(hours=26)
"""A day, and two hours for whatever makes a plan once a day and comes late."""
_DIGITS = 6
_PRUDENCE = 1.0
"""Standard deviations below the median, by which flights are planned: they run a little ahead, for
what is lacking at the end cannot be had, and what was had early does no harm."""

_P98 = 2.0537
"""Standard deviations above the median: an issue that comes out on a flight's last day is read
more than usual, too (docs/adr/0014: by P90, more campaigns get too much)."""


@dataclass(frozen=True, slots=True)
class Made:
    """A plan, and what to know when the next one is made."""

    plan: Plan
    yields: Yields


def make_plan(
    inventory: Inventory,
    history: History,
    lessons: Lessons,
    yields: Yields | None = None,
    every: timedelta = HOURLY,
) -> Made:
    """What to show from now on; remade after `every`.

    While not one whole day is counted, flights share the pages that they meet on evenly.
    """
    days = planned_days(inventory, history.today)
    if not history.whole_days:
        supply = Supply.even(inventory, days)
        demands = [replace(d, goal=None) for d in demands_of(inventory, history, supply, Yields())]
        return Made(_plan(history, allocate(supply.amounts, demands), demands), Yields())
    forecast = Forecast(history, lessons, cautious=True)
    supply = Supply.expected(inventory, forecast, days, every)
    known = (yields or Yields()).after(history, supply)
    demands = demands_of(inventory, history, supply, known)
    shares = allocate(supply.amounts * np.exp(-_PRUDENCE * lessons.spread), demands)
    shares = _capped(shares, demands, supply, float(np.exp(_P98 * lessons.spread)))
    due = _due_a_view(shares, demands, supply)
    return Made(_plan(history, shares, demands), known.planned(history, supply, due))


def _due_a_view(
    shares: Sequence[Share], demands: Sequence[Demand], supply: Supply
) -> dict[str, float]:
    """What the plan gives each flight that runs, for one view of a page that carries it: each cell
    goes through the rates as its browsers will."""
    by_slug = {demand.slug: demand for demand in demands}
    left = np.ones(len(supply.cells))
    due: dict[str, float] = {}
    for share in shares:
        cells = by_slug[share.slug].cells
        views = float(supply.views_soon[cells].sum())
        if by_slug[share.slug].first == 0 and views:
            part = np.minimum(left[cells], share.rate)
            left[cells] -= part
            due[share.slug] = float(part @ supply.soon[cells]) / views
    return due


def _capped(
    shares: Sequence[Share], demands: Sequence[Demand], supply: Supply, doubt: float
) -> list[Share]:
    """No rate by which a flight would pass its goal, or its day's cap, before the next plan: not
    even if as much comes as in one period of fifty (P98)."""
    by_slug = {demand.slug: demand for demand in demands}
    capped = []
    for share in shares:
        demand = by_slug[share.slug]
        most = float(supply.soon[demand.cells].sum()) * doubt
        limit = min(inf if demand.goal is None else demand.goal, demand.cap_today)
        is_at_risk = demand.first == 0 and most * share.rate > limit
        capped.append(replace(share, rate=limit / most) if is_at_risk else share)
    return capped


def _plan(history: History, shares: Sequence[Share], demands: Sequence[Demand]) -> Plan:
    """Name flights that run, or begin while the plan is valid: pages carry those only from then."""
    until = history.now + _VALID
    last_day = (until.astimezone(history.zone).date() - history.today).days
    named = {demand.slug for demand in demands if demand.first <= last_day}
    flights = tuple(
        (share.slug, round(share.rate, _DIGITS)) for share in shares if share.slug in named
    )
    return Plan(made_at=history.now, until=until, flights=flights)


def read_now(settings: Settings, now: datetime | None = None) -> tuple[Inventory, History]:
    """What the build says there is to show, and what was counted until now.

    Raises `InventoryError`, `HistoryError`.
    """
    inventory = read_inventory(settings.output)
    zone = ZoneInfo(inventory.timezone)
    starts = {slug: flight.start for slug, flight in inventory.flights.items()}
    return inventory, read_history(settings.var / "events", zone, now or datetime.now(UTC), starts)


def plan_now(
    settings: Settings, now: datetime | None = None, every: timedelta = HOURLY
) -> tuple[Inventory, History, Made]:
    """Make the plan of this moment, put it at `var/ads/plan.json`, and say what it was made of.

    Raises `InventoryError`, `HistoryError`.
    """
    folder = settings.var / "ads"
    inventory, history = read_now(settings, now)
    with private_directory(folder):
        yields = read_yields(settings.var)
        made = make_plan(inventory, history, Lessons.learnt(history, inventory), yields, every)
        write_private(settings.var / YIELDS, msgspec.json.encode(made.yields))
        write_private(folder / "plan.json", msgspec.json.encode(made.plan))
    return inventory, history, made
