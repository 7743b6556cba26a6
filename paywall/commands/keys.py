"""`paywall keys rotate`: makes the next signing key."""

import argparse

from paywall.app import utc_now
from paywall.commands.parsing import Commands, add_command, add_group
from paywall.keys import SIGNS_AFTER, rotate_keys
from paywall.settings import Settings


def register(commands: Commands) -> None:
    """Add the group and its command."""
    group = add_group(commands, "keys", "changer les clés qui signent")
    actions = group.add_subparsers(required=True, metavar="action")
    add_command(actions, "rotate", "faire la clé suivante, sans déconnecter personne", rotate)


def rotate(settings: Settings, _options: argparse.Namespace) -> int:
    """Make the next key, and say when it signs and what was retired."""
    rotation = rotate_keys(settings.keys, utc_now())
    minutes = int(SIGNS_AFTER.total_seconds()) // 60
    print(f"Clé {rotation.made} : publiée maintenant, elle signe dans {minutes} minutes.")
    for kid in rotation.retired:
        print(f"Clé {kid} : retirée, elle ne vérifie plus rien.")
    return 0
