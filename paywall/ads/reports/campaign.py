"""An advertiser's report: what was promised, what was given, day by day and place by place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from paywall.ads.inventory import Flight, Inventory
from paywall.ads.reports.disclosure import LEAST, Figure, Hidden
from paywall.ads.reports.log import open_log, sql_version
from paywall.ads.reports.months import Month
from paywall.ads.reports.pace import Pace, pace_of
from paywall.ads.reports.tally import Counted, Line, by_day, by_reason, table, total
from paywall.errors import RefusedError
from paywall.templating import FRENCH, day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Report:
    """All that the report says. Every figure is one that may be shown."""

    slug: str
    flight: Flight
    inventory: Inventory
    month: Month | None
    first: date
    last: date
    """Both included; whole days only."""
    total: Line
    delivered: Figure
    """Viewable impressions from the flight's first day to `last`."""
    pace: Pace | None
    days: tuple[Line, ...]
    themes: tuple[Line, ...]
    placements: tuple[Line, ...]
    creatives: tuple[Line, ...]
    reasons: tuple[Line, ...]
    """Why views and clicks were marked."""
    missing: tuple[date, ...]
    """Days of the period that have no log."""
    sql_version: str
    made_at: datetime


def report_on(
    inventory: Inventory, events: Path, slug: str, now: datetime, month: Month | None = None
) -> Report:
    """Report on a flight up to yesterday, or on one month of it. `now` is of the magazine's zone.

    Raises `RefusedError` for a flight that is unknown or has nothing to report, `LogError`.
    """
    flight = _flight(inventory, slug)
    first, last = _period(flight, now.date(), month)
    with open_log(events, flight.start, last) as log:
        log.know_themes(themes_of_pages(inventory, flight))
        asked = log.ask("flight", flight=slug, first=flight.start, last=last)
    counted = [Counted(*row) for row in asked]
    rows = [row for row in counted if row.day >= first]
    whole = total(rows)
    delivered = _delivered(counted, whole, first)
    days = [first + n * _DAY for n in range((last - first).days + 1)]
    return Report(
        slug=slug,
        flight=flight,
        inventory=inventory,
        month=month,
        first=first,
        last=last,
        total=whole,
        delivered=delivered,
        pace=pace_of(flight, delivered, last),
        days=by_day(first, last, rows),
        themes=table("theme", _themes(inventory, flight), rows),
        placements=table("placement", flight.placements, rows),
        creatives=table("creative", _creatives(flight), rows),
        reasons=by_reason(rows),
        missing=tuple(on for on in days if on not in log.days),
        sql_version=sql_version(),
        made_at=now,
    )


def themes_of_pages(inventory: Inventory, flight: Flight) -> dict[str, str]:
    """Under which theme a page counts: the first that was booked of those it is on, else its first.

    A page counts once, so that themes add up to the total.
    """
    found = {}
    for page in inventory.pages:
        booked = [theme for theme in flight.themes if theme in page.themes]
        if booked or page.themes:
            found[page.url] = (booked or page.themes)[0]
    return found


def _themes(inventory: Inventory, flight: Flight) -> tuple[str, ...]:
    """The themes that are told apart: those booked; for a flight that goes anywhere, all."""
    return flight.themes or tuple(sorted(inventory.themes))


def _creatives(flight: Flight) -> tuple[str, ...]:
    """Those booked, and the words that stand for one which a phone has no room for."""
    return (*(creative.size for creative in flight.creatives), "text")


def _flight(inventory: Inventory, slug: str) -> Flight:
    flight = inventory.flights.get(slug)
    if flight is None:
        near = get_close_matches(slug, inventory.flights, 1)
        hint = f" (plutôt {near[0]} ?)" if near else ""
        raise RefusedError(f"aucune réservation ne s’appelle {slug}{hint}")
    return flight


def _period(flight: Flight, today: date, month: Month | None) -> tuple[date, date]:
    """Whole days: a report made twice says the same."""
    first, last = flight.start, min(flight.end, today - _DAY)
    if last < first:
        begins = day(FRENCH, first)
        raise RefusedError(f"rien à rapporter avant le lendemain du premier jour, le {begins}")
    if month:
        first, last = max(first, month.first), min(last, month.last)
        if last < first:
            raise RefusedError(f"rien à rapporter de {month} : la campagne n’y a aucun jour passé")
    return first, last


def _delivered(counted: Iterable[Counted], whole: Line, first: date) -> Figure:
    """Viewable impressions since the beginning.

    Kept where, less this period's, it would tell a small number of those before.
    """
    views = [row for row in counted if row.measure == "viewable"]
    before = sum(row.events for row in views if row.day < first)
    if before and (before < LEAST or isinstance(whole.viewable, Hidden)):
        return Hidden.KEPT
    if isinstance(whole.viewable, Hidden):
        return whole.viewable
    return before + whole.viewable
