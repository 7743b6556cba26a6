"""Days and hours as the magazine counts them: those of its zone, which the build tells."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from paywall.ads.inventory import InventoryError
from paywall.ads.watched import Watched

_MINUTE_SECONDS = 60


class _Zone(msgspec.Struct):
    """The one field of `ads.json` that is wanted here; the rest may be long."""

    timezone: str


def read_zone(inventory: Path) -> tzinfo:
    """The zone that `ads.json` names. Raises `InventoryError`."""
    try:
        return ZoneInfo(msgspec.json.decode(inventory.read_bytes(), type=_Zone).timezone)
    except (OSError, ValueError, ZoneInfoNotFoundError) as error:
        raise InventoryError(str(error)) from error


class Hours:
    """Tells hours, like `2026-12-01T14`; in UTC while no build has told a zone."""

    def __init__(self, output: Path) -> None:
        self._zone: Watched[tzinfo] = Watched(output / "ads.json", read_zone, UTC)
        self._known: tuple[int, tzinfo, str] = (-1, UTC, "")

    def look(self) -> None:
        """See whether another build tells another zone."""
        self._zone.look()

    def hour_at(self, now: datetime, seconds: float) -> str:
        """The hour of an instant, which is also given in seconds since 1970.

        Reckoned once a minute: zones are whole minutes apart.
        """
        minute, zone = int(seconds) // _MINUTE_SECONDS, self._zone.value
        if self._known[:2] != (minute, zone):
            self._known = minute, zone, now.astimezone(zone).strftime("%Y-%m-%dT%H")
        return self._known[2]
