"""Makes the plan from what is booked, counted and expected, and writes it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
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
from paywall.private_files import private_directory, write_private
from paywall.settings import Settings

HOURLY = timedelta(hours=1)
DAILY = timedelta(days=1)
_VALID = timedelta(hours=26)
"""A day, and two hours for whatever makes a plan once a day and comes late."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and how it was come by."""

    plan: Plan
    shares: tuple[Share, ...]
    """By the median forecast of the flights' own days; none while nothing is counted."""


def make_plan(
    inventory: Inventory, history: History, lessons: Lessons, every: timedelta = HOURLY
) -> Plan:
    """What to show from now on; remade after `every`.

    While not one whole day is counted, flights share the pages that they meet on evenly.
    """
    days = planned_days(inventory, history.today)
    if not history.whole_days:
        supply = Supply.even(inventory, days)
        demands = [replace(d, goal=None) for d in demands_of(inventory, history, supply)]
        return _plan(history, allocate(supply.amounts, demands), demands)
    forecast = Forecast(history, lessons)
    supply = Supply.expected(inventory, forecast, days, every)
    demands = demands_of(inventory, history, supply)
    amounts = supply.amounts * np.exp(-_PRUDENCE * lessons.spread)
    shares = allocate(amounts, demands)
    return _plan(history, _capped(shares, demands, supply, forecast), demands)


_PRUDENCE = 1.0


def _capped(
    shares: Sequence[Share], demands: Sequence[Demand], supply: Supply, forecast: Forecast
) -> list[Share]:
    """No rate by which a flight would pass its goal before the next plan, if more come than are
    expected: as many as in one period of ten (P90)."""
    by_slug = {demand.slug: demand for demand in demands}
    capped = []
    for share in shares:
        demand = by_slug[share.slug]
        _, most = forecast.low_and_high(float(supply.soon[demand.cells].sum()), 0)
        is_at_risk = demand.goal is not None and demand.first == 0 and most * share.rate > demand.goal
        rate = (demand.goal or 0) / most if is_at_risk else share.rate
        capped.append(replace(share, rate=rate))
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


def plan_now(
    settings: Settings, now: datetime | None = None, every: timedelta = HOURLY
) -> Plan:
    """Make the plan of this moment and put it at `var/ads/plan.json`, whole.

    Raises `InventoryError` where no build has said what there is to show.
    """
    inventory = read_inventory(settings.output)
    history = read_history(
        settings.var / "events", ZoneInfo(inventory.timezone), now or datetime.now(UTC)
    )
    plan = make_plan(inventory, history, Lessons.learnt(history, inventory), every)
    folder = settings.var / "ads"
    with private_directory(folder):
        write_private(folder / "plan.json", msgspec.json.encode(plan))
    return plan
