"""Gives every page that takes ads the one that suits it."""

from pelican.generators import Generator

from plugins.ads.bookings import flights_of, moments, notices
from plugins.ads.inventory import Inventory


class AdsGenerator(Generator):  # type: ignore[misc]
    """Runs after the pages are composed and before any is written."""

    stage = 20

    def generate_context(self) -> None:
        """Choose an ad for each page that takes one."""
        edition = self.context["edition"]
        flights = flights_of(edition.graph)
        inventory = Inventory.of(edition, flights)
        self.context["plan"].moments += moments(flights, edition.settings)
        self.context["plan"].notices += notices(flights, edition.graph)
        for page in edition.pages:
            if page.placement:
                page.ads[page.placement] = inventory.choose(page.url, page.placement, page.themes)
