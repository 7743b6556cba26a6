"""Makes the plan from what is booked, counted and expected, and writes it."""

from collections.abc import Sequence
from dataclasses import replace
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
    shares = allocate(supply.amounts * np.exp(-_PRUDENCE * lessons.spread), demands)
    return _plan(history, _capped(shares, demands, supply, forecast.doubts(1)[0]), demands)


def _capped(
    shares: Sequence[Share], demands: Sequence[Demand], supply: Supply, doubt: float
) -> list[Share]:
    """No rate by which a flight would pass its goal, or its day's cap, before the next plan: not
    even if as much comes as in one period of ten (P90)."""
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

    Raises `InventoryError`.
    """
    inventory = read_inventory(settings.output)
    zone = ZoneInfo(inventory.timezone)
    return inventory, read_history(settings.var / "events", zone, now or datetime.now(UTC))


def write_plan(settings: Settings, plan: Plan) -> None:
    """Put a plan at `var/ads/plan.json`, whole."""
    folder = settings.var / "ads"
    with private_directory(folder):
        write_private(folder / "plan.json", msgspec.json.encode(plan))


def plan_now(settings: Settings, now: datetime | None = None, every: timedelta = HOURLY) -> Plan:
    """Make the plan of this moment and write it. Raises `InventoryError`."""
    inventory, history = read_now(settings, now)
    plan = make_plan(inventory, history, Lessons.learnt(history, inventory), every)
    write_plan(settings, plan)
    return plan
