"""`paywall subscribers signout`: ends a reader's sessions everywhere, and their private feed."""

import argparse
from datetime import UTC, datetime

from paywall.accounts.leaving import leave_everywhere
from paywall.commands.accounts import accounts, author, find_reader
from paywall.commands.parsing import Commands, add_command, address
from paywall.settings import Settings
from paywall.words import counted


def register(commands: Commands) -> None:
    """Add the command. The feed ends by default: its address reads without a session."""
    about = "déconnecter un lecteur partout, et supprimer son flux privé"
    parser = add_command(commands, "signout", about, run)
    parser.add_argument("address", type=address, metavar="ADRESSE", help="son courriel")
    parser.add_argument(
        "--keep-feed", action="store_true", help="laisser son flux privé à son adresse"
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    """End them; a service that runs learns it within seconds."""
    with accounts(settings) as database, database.begin(datetime.now(UTC), author()) as unit:
        reader = find_reader(unit.db, options.address)
        left = leave_everywhere(unit, reader, keeps_feed=options.keep_feed)
        unit.log("reader.signed-out", reader, after={"at": unit.now, "feed": left.feed})
    ended = counted(len(left.sessions), "appareil déconnecté", "appareils déconnectés")
    print(f"{options.address} : {ended}.")
    if left.feed:
        print(f"Son flux privé est supprimé : un autre se crée à {settings.address}/compte/flux/")
    return 0
