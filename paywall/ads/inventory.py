"""What the build says of ads (`ads.json`): bookings, and what each page may carry."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from paywall.errors import PaywallError

Tier = Literal["public", "members"]
Placement = Literal["article", "home", "list", "event", "newsletter"]
Kind = Literal["paid", "house", "newsletter-sponsor", "event-sponsor"]
Status = Literal["proposed", "approved", "suspended"]
VERSION = 1


class InventoryError(PaywallError):
    """`ads.json` is missing, or is not what a build writes."""


class Creative(msgspec.Struct, frozen=True):
    """What a booking shows in one size."""

    size: str
    alt: str
    headline: str
    link: str


class Flight(msgspec.Struct, frozen=True):
    """A booking; both dates are included. `status` is what counts: an approval that no longer
    fits what was approved makes a booking « proposed »."""

    advertiser: str
    campaign: str
    kind: Kind
    status: Status
    start: date
    end: date
    goal: int | None
    """Viewable impressions that were promised; `None` for a house ad or an exclusive one."""
    exclusive: bool
    daily_cap: int | None
    price_cents: int | None
    placements: tuple[Placement, ...]
    themes: tuple[str, ...]
    excluded_themes: tuple[str, ...]
    subscribers: bool
    creatives: tuple[Creative, ...]


class PageAds(msgspec.Struct, frozen=True):
    """A page that is counted. `flights` are those that it carries now, the best first, paid before
    house; `coming` those that it will carry once they begin."""

    url: str
    tier: Tier
    title: str
    placement: Placement | None
    """`None`: the page shows no ad."""
    themes: tuple[str, ...]
    published: date | None
    issue: str | None
    flights: tuple[str, ...]
    coming: tuple[str, ...]
    section: str = ""
    """The name of the section of the article that the page is, if it is one."""


class Theme(msgspec.Struct, frozen=True):
    """A theme's name, and where IAB's Content Taxonomy 3.1 has it (identifiers)."""

    name: str
    iab: tuple[str, ...]


class Inventory(msgspec.Struct, frozen=True):
    """The whole file."""

    version: Literal[1]
    name: str
    site: str
    timezone: str
    themes: dict[str, Theme]
    flights: dict[str, Flight]
    pages: tuple[PageAds, ...]


class _Themes(msgspec.Struct, frozen=True):
    """Of the whole file, the list of themes."""

    themes: dict[str, Theme]


def read_themes(output: Path) -> dict[str, str]:
    """Themes by slug, with their names; raises `InventoryError`."""
    try:
        found = msgspec.json.decode((output / "ads.json").read_bytes(), type=_Themes)
    except (OSError, msgspec.MsgspecError) as error:
        raise InventoryError(f"ads.json : {error}") from error
    return {slug: theme.name for slug, theme in found.themes.items()}


def read_inventory(output: Path) -> Inventory:
    """The inventory of the output tree; raises `InventoryError`."""
    try:
        return msgspec.json.decode((output / "ads.json").read_bytes(), type=Inventory)
    except (OSError, msgspec.MsgspecError) as error:
        raise InventoryError(f"ads.json : {error}") from error
