"""`paywall migrate`: makes or changes the tables of the accounts."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime

from paywall.commands.accounts import accounts, author, database_of
from paywall.commands.parsing import Commands, add_command
from paywall.settings import Settings
from paywall.store.copying import copy_everything
from paywall.store.migrate import migrate


def register(commands: Commands) -> None:
    """Add the command."""
    about = "mettre les tables des comptes à la version du service"
    parser = add_command(commands, "migrate", about, run)
    parser.add_argument(
        "--from",
        dest="source",
        metavar="BASE",
        help="puis copier ici, dans une base vide, tout ce que tient cette autre (sqlite:///…)",
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Migrate, in one transaction; there may be nothing to do. Then copy, if asked, in another."""
    with database_of(settings) as database:
        changed = migrate(database)
        print("Tables mises à jour." if changed else "Les tables sont déjà à jour.")
        if options.source:
            with (
                accounts(replace(settings, database=options.source)) as source,
                source.read() as db,
                database.begin(datetime.now(UTC), author()) as unit,
            ):
                copied = copy_everything(db, unit)
            print(f"{copied} lignes copiées. L’ancienne base est restée telle quelle.")
    return 0
