"""`paywall subscribers add`: one reader, with or without a subscription paid elsewhere."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from paywall.commands.accounts import accounts, author
from paywall.commands.parsing import Commands, add_command, address, day
from paywall.errors import RefusedError
from paywall.imports.decisions import decide
from paywall.imports.lines import Line, LineReader, PlanNames, RowError
from paywall.imports.people import merge
from paywall.imports.writing import Catalogue, write
from paywall.offers.file import read_offers
from paywall.offers.grid import Offers
from paywall.offers.members import Members
from paywall.settings import Settings
from paywall.sheets import Row

_TYPED = Path("la ligne de commande")


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "add", "inscrire un lecteur", run)
    parser.add_argument("address", type=address, metavar="ADRESSE", help="son courriel")
    parser.add_argument("--name", default="", metavar="NOM")
    parser.add_argument("--post", default="", metavar="ADRESSE", help="son adresse postale")
    parser.add_argument("--language", default="fr", choices=("fr", "en"), help="fr")
    parser.add_argument("--plan", default="", metavar="FORMULE", help="abonnement payé ailleurs")
    parser.add_argument("--from", dest="starts", type=day, metavar="JOUR", help="son premier jour")
    parser.add_argument("--until", dest="ends", type=day, metavar="JOUR", help="son dernier jour")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Add a reader, or a subscription to one. Raises `RefusedError` where nothing is new."""
    offers = read_offers(settings.offers)
    people, _ = merge([_line(offers, options)])
    with (
        accounts(settings) as database,
        database.begin(datetime.now(UTC), author()) as unit,
    ):
        (decision,) = decide(unit.db, people.values())
        if not decision.is_new and not decision.added:
            raise RefusedError(f"{options.address} a déjà un compte : paywall subscribers show")
        write(unit, [decision], Catalogue(offers, Members(settings.members)), lambda _: None)
    print(f"{options.address} {'est inscrit' if decision.is_new else 'avait un compte'}.")
    for days in decision.added:
        print(f"Abonnement {days.plan} du {days.first} au {days.last}.")
    return 0


def _line(offers: Offers, options: argparse.Namespace) -> Line:
    """What was typed, read as a row of a file would be: the same rules for both."""
    said = {
        "email": options.address,
        "name": options.name,
        "post": options.post,
        "language": options.language,
        "plan": options.plan,
        "starts": str(options.starts or ""),
        "ends": str(options.ends or ""),
    }
    columns = {field: number for number, field in enumerate(said)}
    reader = LineReader(_TYPED, columns, PlanNames(offers, {}, None, remedy=""))
    try:
        return reader.read(Row(1, tuple(said.values())))
    except RowError as error:
        raise RefusedError(str(error)) from error
