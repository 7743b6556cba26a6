"""A small magazine with ads, as a build tells it, and a log of what its readers saw."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from paywall.ads.events import Event
from paywall.ads.inventory import Creative, Flight, Inventory, PageAds, Theme
from paywall.ads.planning.days import HOURS
from paywall.ads.planning.history import RECENT_DAYS, VIEWING_DAYS, History

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 12, 10)
"""A Thursday."""
NOON = datetime(2026, 12, 10, 12, tzinfo=PARIS).astimezone(UTC)
CREATIVE = Creative("300x250", "Une image", "", "https://example.org/")


def flight(**given: Any) -> Flight:
    """A paid one on articles, from the 1st to the 31st, of 1,000 impressions, unless told."""
    fields: dict[str, Any] = {
        "advertiser": "Acme (annonceur fictif)", "campaign": "Hiver", "kind": "paid",
        "status": "approved", "start": date(2026, 12, 1), "end": date(2026, 12, 31), "goal": 1000,
        "exclusive": False, "daily_cap": None, "price_cents": None, "placements": ("article",),
        "themes": (), "excluded_themes": (), "subscribers": True, "creatives": (CREATIVE,),
    }  # fmt: skip
    return Flight(**fields | given)


def page(url: str, *flights: str, **given: Any) -> PageAds:
    """A public article with a house ad under those that are named, unless told."""
    fields: dict[str, Any] = {
        "tier": "public", "title": url, "placement": "article", "themes": (), "published": None,
        "issue": None, "flights": (*flights, "maison"), "coming": (),
    }  # fmt: skip
    return PageAds(url=url, **fields | given)


def inventory(pages: Iterable[PageAds], **flights: Flight) -> Inventory:
    """Pages and flights; a slug's dashes are written as underscores. A house ad is always there."""
    named = {slug.replace("_", "-"): each for slug, each in flights.items()}
    house = flight(kind="house", goal=None, end=date(2030, 1, 1))
    themes = {theme: Theme(theme.title(), ()) for theme in ("energie", "espace", "histoire")}
    return Inventory(1, "La Revue", "", "Europe/Paris", themes, {"maison": house, **named},
                     tuple(pages))  # fmt: skip


def counted(
    views: dict[str, int],
    *,
    now: datetime = NOON,
    days: int = 60,
    viewable: float = 0.5,
    tier: str = "public",
    **delivered: dict[str, int],
) -> History:
    """So many views a day of each page, spread evenly over the hours, until now; what flights were
    given is told as ``delivered`` and ``delivered_today``."""
    local = now.astimezone(PARIS)
    of_day = np.zeros(days + 1)
    of_day[:] = 1.0
    of_day[-1] = local.hour / HOURS
    hours = np.zeros((days + 1, HOURS), dtype=np.int64)
    hours[:] = round(sum(views.values()) / HOURS)
    hours[-1, local.hour :] = 0
    each = np.zeros((len(views), RECENT_DAYS), dtype=np.int64)
    for row, a_day in enumerate(views.values()):
        recent = of_day[-RECENT_DAYS:]
        each[row, RECENT_DAYS - len(recent) :] = np.round(a_day * recent)
    shown = np.round(each[:, -VIEWING_DAYS:].sum(axis=1) * viewable).astype(np.int64)
    rows = {(url, tier): row for row, url in enumerate(views)}
    given = {"delivered": {}, "delivered_today": {}} | delivered
    return History(now, PARIS, hours, rows, each, shown, **given)


def write_log(events: Path, counts: Counter[Event]) -> None:
    """Write the days' files, as the service would."""
    events.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[bytes]] = {}
    for event, times in counts.items():
        lines.setdefault(event.hour[:10], []).extend([msgspec.json.encode(event)] * times)
    for day, some in lines.items():
        (events / f"{day}.jsonl").write_bytes(b"\n".join(some) + b"\n")


def seen(hour: str, url: str, **given: Any) -> Event:
    """A page view."""
    fields: dict[str, Any] = {"kind": "page", "tier": "public", "source": "search"} | given
    return Event(hour=hour, page=url, **fields)


def ad_seen(hour: str, url: str, slug: str, **given: Any) -> Event:
    """A viewable ad."""
    ad: dict[str, Any] = {
        "kind": "view",
        "placement": "article",
        "flight": slug,
        "creative": "300x250",
    }
    return seen(hour, url, **ad | given)


def weeks_of_log(views: dict[str, int], slug: str = "maison", days: int = 30) -> Counter[Event]:
    """Each day until yesterday, so many views at ten of each page, half of which show an ad."""
    found: Counter[Event] = Counter()
    for back in range(1, days + 1):
        hour = f"{(TODAY - timedelta(days=back)).isoformat()}T10"
        for url, times in views.items():
            found[seen(hour, url)] += times
            found[ad_seen(hour, url, slug)] += times // 2
    return found
