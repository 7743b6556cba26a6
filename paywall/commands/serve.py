"""`paywall serve`: runs the service."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from paywall.commands.accounts import prepare
from paywall.commands.parsing import Commands, add_command
from paywall.demonstration import DEMO_HOURS, demo_link
from paywall.errors import DatabaseDownError
from paywall.feeds.images import load_image_key
from paywall.keys import load_keys
from paywall.mail.delivery import Relay
from paywall.server import check_port, serve
from paywall.settings import Settings


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "serve", "servir le site", run)
    parser.add_argument(
        "--demo",
        action="store_true",
        help="afficher un lien qui connecte un abonné de démonstration",
    )
    parser.add_argument(
        "--development",
        type=Path,
        metavar="FICHIER",
        help="recharger les pages à chaque publication qu’annonce ce fichier, "
        "sans rien afficher (desk serve)",
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Serve until told to stop. Refusals come before the service starts, to be said plainly."""
    settings = replace(settings, news=options.development)
    check_port(settings.host, settings.port)
    load_keys(settings.keys)
    load_image_key(settings.keys)
    if settings.relay:
        Relay(settings.relay)  # an address that cannot be read stops here
    _prepare(settings)
    if not settings.news:  # whoever builds beside it tells where it is
        print(f"Le site : {settings.address}/", flush=True)
        if options.demo:
            link = demo_link(settings)
            print(f"Abonné de démonstration, en un clic ({DEMO_HOURS} h) : {link}", flush=True)
        print("Ctrl-C pour arrêter.", flush=True)
    serve(settings)
    return 0


def _prepare(settings: Settings) -> None:
    """Without a database, pages are served all the same: a machine may start before its store."""
    try:
        prepare(settings)
    except DatabaseDownError as error:
        print(f"paywall : {error} ; pages servies, comptes fermés", file=sys.stderr)
