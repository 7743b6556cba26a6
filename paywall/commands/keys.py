"""`paywall keys rotate`: makes the next signing key, and deletes those that are retired."""

import argparse
from datetime import UTC, datetime

from paywall.commands.parsing import Commands, add_command, add_group
from paywall.keys import OVERLAP, SIGNS_AFTER, rotate_keys
from paywall.settings import Settings

_MINUTE_SECONDS = 60


def register(commands: Commands) -> None:
    """Add the group and its command."""
    group = add_group(commands, "keys", "tenir les clés qui signent les jetons d’accès")
    actions = group.add_subparsers(required=True, metavar="action")
    add_command(actions, "rotate", "faire la clé suivante, sans déconnecter personne", run)


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Rotate; a service that runs notices by itself."""
    done = rotate_keys(settings.keys, datetime.now(UTC))
    signs, verifies = (int(x.total_seconds()) // _MINUTE_SECONDS for x in (SIGNS_AFTER, OVERLAP))
    print(f"Nouvelle clé {done.made} : elle signera dans {signs} minutes.")
    print(f"La précédente vérifie encore {verifies} minutes, puis le service l’efface.")
    for kid in done.retired:
        print(f"Clé {kid} effacée.")
    return 0
