"""The page of prices: every class and plan, this year's and those announced."""

from datetime import UTC

from paywall.site.answers import Answer
from paywall.views.asked import Asked
from paywall.views.table import Desk, View


def prices(desk: Desk, asked: Asked) -> Answer:
    """The same for everybody: it tells nobody's class."""
    offers = desk.service.offers.current()
    today = asked.now.astimezone(UTC).date()
    current = offers.grid_on(today)
    coming = sorted(
        (grid for grid in offers.grids if grid.starts_on > today), key=lambda grid: grid.starts_on
    )
    grids = [*([current] if current else []), *coming]
    return desk.page(asked, "prices.html", offers=offers, grids=grids, current=current)


VIEWS = (View("prices", "/abonnement/tarifs/", get=prices),)
