"""`paywall subscribers list`: who reads, on a terminal or as CSV."""

import argparse
from datetime import UTC, datetime

from paywall.accounts.standing import Standing, standings
from paywall.commands.accounts import accounts
from paywall.commands.parsing import Commands, add_command
from paywall.commands.subscribers.filters import add_filters, wanted
from paywall.commands.terminal import show_table
from paywall.csv_files import Cell
from paywall.settings import Settings

HEADER = ("numéro", "e-mail", "nom", "état", "formule", "classe", "début", "fin")


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "list", "lister les lecteurs", run)
    add_filters(parser)
    parser.add_argument("--csv", action="store_true", help="en CSV, même à l’écran")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """List."""
    asked = wanted(settings, options)
    with accounts(settings) as database, database.read() as db:
        found = standings(db, datetime.now(UTC), asked)
        show_table(HEADER, (row_of(standing) for standing in found), as_csv=options.csv)
    return 0


def row_of(standing: Standing) -> tuple[Cell, ...]:
    """A line of the list."""
    reader, held = standing.reader, standing.subscription
    return (
        reader.id,
        reader.email,
        reader.name,
        standing.kind.value,
        held.plan if held else None,
        held.price_class if held else None,
        standing.first,
        standing.last,
    )
