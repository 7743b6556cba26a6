"""What a booking would make late if it were sold: said when it is approved, not in January."""

import os
from collections.abc import Iterator

from paywall.ads.inventory import Flight as Sold
from paywall.ads.inventory import InventoryError
from paywall.ads.planning.history import HistoryError
from paywall.ads.planning.making import read_now
from paywall.ads.planning.selling import overbooked
from paywall.ads.planning.yields import read_yields
from paywall.settings import Settings
from plugins.ads.flights import Flight
from plugins.magazine.ad_fields import EXCLUSIVE
from plugins.magazine.messages import spoken_count, tell


class ForecastMissingError(Exception):
    """Nothing can be forecast yet, and why; the message is for the editor."""


def lateness(flight: Flight) -> Iterator[str]:
    """The flights that would miss their goal for it, itself among them, by a cautious forecast.

    Raises ``ForecastMissingError``.
    """
    try:
        settings = Settings.from_env(os.environ)
        inventory, history = read_now(settings)
    except (InventoryError, HistoryError) as error:
        raise ForecastMissingError(str(error)) from error
    if not history.whole_days:
        raise ForecastMissingError(tell("pas encore un jour entier de comptages"))
    yields = read_yields(settings.var)
    for late in overbooked(inventory, history, (flight.slug, sold(flight)), yields):
        message = "{slug} : il manquerait {n} impressions visibles à la fin"
        yield tell(message, slug=late.slug, n=spoken_count(round(late.missing)))


def sold(flight: Flight) -> Sold:
    """A booking as the service knows it, were it approved."""
    fields = flight.fields
    return Sold(
        advertiser=fields.advertiser,
        campaign=fields.campaign,
        kind=fields.type,
        status="approved",
        start=fields.start,
        end=fields.end,
        goal=fields.goal if isinstance(fields.goal, int) else None,
        exclusive=fields.goal == EXCLUSIVE,
        daily_cap=fields.daily_cap,
        price_cents=None if fields.price is None else int(fields.price * 100),
        placements=fields.placements,
        themes=fields.themes,
        excluded_themes=fields.excluded_themes,
        subscribers=fields.subscribers,
        creatives=(),
    )
