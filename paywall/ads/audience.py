"""How much is read of each theme: page views of some days, robots and repetitions left out."""

from collections import Counter
from datetime import date
from pathlib import Path

from paywall.ads.inventory import Inventory
from paywall.ads.reports.readership import page_views


def views_by_theme(inventory: Inventory, events: Path, first: date, last: date) -> dict[str, int]:
    """Page views of each theme from one day to another, both included; a page counts for each of
    its themes. Raises `LogError`."""
    of_page = {page.url: page.themes for page in inventory.pages}
    themes: Counter[str] = Counter()
    for page in page_views(inventory, events, first, last, "page"):
        for theme in of_page.get(page.name, ()):
            themes[theme] += page.views
    return {theme: views for theme, views in themes.items() if views}
