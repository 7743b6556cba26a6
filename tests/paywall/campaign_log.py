"""An inventory and an event log of a magazine with one campaign, written to a folder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from paywall.ads.events import Event
from paywall.ads.inventory import Creative, Flight, Inventory, PageAds, Theme
from paywall.ads.reports.campaign import Report, report_on
from paywall.ads.reports.months import Month

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))
SLUG = "acme-2026"


def flight(**given: object) -> Flight:
    """A campaign of a month on two themes; what is `given` is otherwise."""
    usual = Flight(
        advertiser="Acme (annonceur fictif)",
        campaign="Lampes d’hiver",
        kind="paid",
        status="approved",
        start=FIRST,
        end=LAST,
        goal=3000,
        exclusive=False,
        daily_cap=None,
        price_cents=90_000,
        placements=("article", "list"),
        themes=("optique", "energie"),
        excluded_themes=(),
        subscribers=True,
        creatives=(
            Creative("970x250", "Une lampe, large", "", "https://example.org/"),
            Creative("300x250", "Une lampe", "", "https://example.org/"),
        ),
    )
    return msgspec.structs.replace(usual, **given)


def page(url: str, *themes: str) -> PageAds:
    return PageAds(url, "public", f"Page {url}", "article", themes, FIRST, None, (SLUG,), ())


def inventory(**given: object) -> Inventory:
    return Inventory(
        version=1,
        name="La Gazette",
        site="https://gazette.example.org",
        timezone="Europe/Paris",
        themes={
            "optique": Theme("Optique", ()),
            "energie": Theme("Énergie", ()),
            "hasard": Theme("Hasard", ()),
        },
        flights={SLUG: flight(**given)},
        pages=(
            page("/articles/phare/", "hasard", "optique"),
            page("/articles/four/", "energie"),
            page("/articles/de/", "hasard"),
        ),
    )


@dataclass
class Log:
    """Days of lines, as the service writes them."""

    folder: Path

    def add(self, day: date, count: int, kind: str = "view", **given: object) -> "Log":
        """So many equal events, of the usual ad on the usual page unless `given` says otherwise."""
        ad = {"placement": "article", "flight": SLUG, "creative": "300x250"}
        said = {"page": "/articles/phare/", "tier": "public", "source": "search"}
        said |= ({} if kind == "page" else ad) | given  # type: ignore[assignment]
        hours = (f"{day}T{n % 24:02}" for n in range(count))
        events = [Event(hour=hour, kind=kind, **said) for hour in hours]  # type: ignore[arg-type]
        self.write(day, msgspec.json.Encoder().encode_lines(events))
        return self

    def write(self, day: date, data: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / f"{day}.jsonl").open("ab") as file:
            file.write(data)

    def report(self, month: str = "", now: datetime = NOW, **given: object) -> Report:
        """The report on the campaign."""
        asked = Month.read(month) if month else None
        return report_on(inventory(**given), self.folder, SLUG, now, asked)


def days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def busy(log: Log, through: Iterable[date]) -> Log:
    """Days of a magazine that is read: two themes, two sizes, robots, clicks, and quiet days."""
    for n, day in enumerate(through):
        peak = 260 if n in {1, 2, 15} else 90 - n
        log.add(day, peak)
        log.add(day, peak // 3, creative="970x250", page="/articles/four/")
        log.add(day, peak // 5, placement="list", page="/themes/energie/")
        log.add(day, 12 + n % 3, page="/articles/four/", marks=("bot",))
        log.add(day, n % 2, marks=("bot", "rate"))
        log.add(day, 1 + n % 4, kind="click")
        log.add(day, n % 5 == 0, kind="click", marks=("orphan",))
    return log
