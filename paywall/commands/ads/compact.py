"""`paywall ads compact`: compacts past days of the event log."""

import argparse
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from paywall.ads.inventory import InventoryError, read_inventory
from paywall.ads.reports.compact import Compacted, compact
from paywall.commands.parsing import Commands, add_command
from paywall.settings import Settings
from paywall.templating import TIME_ZONE
from paywall.words import counted


def register(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "compact", "compacter les jours passés du journal des événements", run)


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Compact what is older than yesterday; doing it again does nothing."""
    done = 0
    for compacted in compact(settings.var / "events", _today(settings)):
        done += 1
        print(_told(compacted), flush=True)
    if not done:
        print("Rien à compacter : les jours passés le sont déjà.")
    return 0


def _today(settings: Settings) -> date:
    """The magazine's day; Paris's where no site is built yet."""
    try:
        zone = ZoneInfo(read_inventory(settings.output).timezone)
    except InventoryError:
        zone = TIME_ZONE
    return datetime.now(UTC).astimezone(zone).date()


def _told(compacted: Compacted) -> str:
    told = f"{compacted.day} : {counted(compacted.events, 'événement', 'événements')}"
    unread = counted(compacted.unread, "ligne illisible laissée", "lignes illisibles laissées")
    return f"{told}, {unread}" if compacted.unread else told
