"""What each flight still wants of a supply."""

from datetime import date
from math import inf

from paywall.ads.inventory import Flight, Inventory
from paywall.ads.planning.allocate import Demand
from paywall.ads.planning.history import History
from paywall.ads.planning.supply import Supply, is_sold
from paywall.ads.planning.yields import Yields

MOST_DAYS = 400
"""Nothing is planned further ahead: a year, and a month for whoever sells the next one."""


def planned_days(inventory: Inventory, today: date) -> int:
    """How many days, from today on, until the last flight has ended."""
    ends = [flight.end for flight in inventory.flights.values() if is_sold(flight)]
    last = max(ends, default=today)
    return min(MOST_DAYS, max(0, (last - today).days) + 1)


def demands_of(
    inventory: Inventory, history: History, supply: Supply, yields: Yields
) -> list[Demand]:
    """Of every flight that runs, or will within the supply's days, and has not had its goal.

    In what must be given for it: twice as much, where half of what is given is seen.
    """
    found = []
    for slug, flight in inventory.flights.items():
        demand = _demand(slug, flight, history, supply) if is_sold(flight) else None
        if demand is not None:
            found.append(demand.multiplied(1 / yields.of(slug)))
    return found


def _demand(slug: str, flight: Flight, history: History, supply: Supply) -> Demand | None:
    days = supply.amounts.shape[1]
    first = max(0, (flight.start - history.today).days)
    last = min(days, (flight.end - history.today).days + 1)
    cells = supply.cells_with(slug)
    goal = None if flight.goal is None else flight.goal - history.delivered.get(slug, 0)
    if first >= last or not len(cells) or (goal is not None and goal <= 0):
        return None
    cap = inf if flight.daily_cap is None else float(flight.daily_cap)
    return Demand(
        slug,
        cells,
        first,
        last,
        None if goal is None else float(goal),
        flight.exclusive,
        max(0.0, cap - history.delivered_today.get(slug, 0)),
        cap,
    )
