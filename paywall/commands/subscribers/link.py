"""`paywall subscribers link`: signs in a reader whom no mail reaches."""

import argparse
from datetime import UTC, datetime

from paywall.accounts.sign_in import make_link
from paywall.commands.accounts import accounts, author, find_reader
from paywall.commands.parsing import Commands, add_command, address
from paywall.settings import Settings
from paywall.views.sign_in import LINK_PATH


def register(commands: Commands) -> None:
    """Add the command."""
    about = "donner un lien qui connecte un lecteur qu’aucun courriel n’atteint"
    parser = add_command(commands, "link", about, run)
    parser.add_argument("address", type=address, metavar="ADRESSE", help="son courriel")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Print the link, and what it is."""
    with accounts(settings) as database, database.begin(datetime.now(UTC), author()) as unit:
        link = make_link(unit, find_reader(unit.db, options.address))
    print(f"{settings.address}{LINK_PATH}?cle={link}")
    print("Ce lien vaut une heure et ne sert qu’une fois. Il connecte qui l’ouvre :")
    print(f"à ne donner qu’à {options.address}, une fois sûr que c’est bien cette personne.")
    return 0
