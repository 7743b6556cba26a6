"""`paywall migrate`: makes or changes the tables of the accounts."""

import argparse

from paywall.commands.accounts import database_of
from paywall.commands.parsing import Commands, add_command
from paywall.settings import Settings
from paywall.store.migrate import migrate


def register(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "migrate", "mettre les tables des comptes à la version du service", run)


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Migrate, in one transaction; there may be nothing to do."""
    with database_of(settings) as database:
        changed = migrate(database)
    print("Tables mises à jour." if changed else "Les tables sont déjà à jour.")
    return 0
