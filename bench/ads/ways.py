"""Ways to deliver: the plan, hourly and daily, and linear weighting as open ad servers have it."""

from collections.abc import Callable
from datetime import timedelta

from bench.ads.campaigns import Campaigns
from bench.ads.magazine import DAYS
from paywall.ads.planning.days import HOURS
from paywall.ads.planning.forecast import Forecast, Lessons
from paywall.ads.planning.making import make_plan
from paywall.ads.planning.supply import Supply
from paywall.ads.planning.yields import Yields

Way = Callable[[Campaigns], None]


def planned_hourly(campaigns: Campaigns) -> None:
    """The plan, remade each hour."""
    _planned(campaigns, 1)


def planned_daily(campaigns: Campaigns) -> None:
    """The plan, remade each midnight."""
    _planned(campaigns, HOURS)


def _planned(campaigns: Campaigns, every_hours: int) -> None:
    yields, every = Yields(), timedelta(hours=every_hours)
    for day in range(DAYS):
        inventory = campaigns.inventory(day)
        lessons = Lessons.learnt(campaigns.history(day, 0), inventory)
        for hour in range(HOURS):
            if hour % every_hours == 0:
                made = make_plan(inventory, campaigns.history(day, hour), lessons, yields, every)
                yields = made.yields
            campaigns.pass_hour(day, hour, made.plan.flights or ())


def linear(campaigns: Campaigns) -> None:
    """Each hour, what is lacking over the hours that remain, of what the hour is expected to have.

    The forecast of the hour is ours. Flights that together want more than all of a page are cut
    short in an order that changes each hour.
    """
    for day in range(DAYS):
        inventory = campaigns.inventory(day)
        lessons = Lessons.learnt(campaigns.history(day, 0), inventory)
        for hour in range(HOURS):
            forecast = Forecast(campaigns.history(day, hour), lessons)
            supply = Supply.expected(inventory, forecast, 1, timedelta(hours=1))
            left = (DAYS - day) * HOURS - hour
            rates = []
            for slug, flight in campaigns.flights.items():
                lacking = (flight.goal or 0) - campaigns.delivered[slug]
                cells = [n for n, cell in enumerate(supply.cells) if slug in cell.flights]
                expected = float(supply.soon[cells].sum()) if cells else 0.0
                if lacking > 0 and expected > 0:
                    rates.append((slug, lacking / left / expected))
            campaigns.pass_hour(
                day, hour, [rates[n] for n in campaigns.rng.permutation(len(rates))]
            )


WAYS: dict[str, Way] = {
    "plan, hourly": planned_hourly,
    "plan, daily": planned_daily,
    "linear, hourly": linear,
}
