"""`paywall reconcile`: every difference between Stripe's accounts, the books, and the rights."""

import argparse

from paywall.commands.parsing import Commands, add_command
from paywall.commands.till import till_of
from paywall.money.reconcile import differences
from paywall.settings import Settings


def register(commands: Commands) -> None:
    """Add the command."""
    about = "comparer les paiements, les droits et ce que Stripe en sait"
    add_command(commands, "reconcile", about, run)


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """List them; 1 if there is any."""
    with till_of(settings) as till:
        found = differences(till)
        with_stripe = till.cards is not None
    for difference in found:
        print(f"{difference.about} : {difference.text}")
    if not found:
        where = ", ici et chez Stripe" if with_stripe else ""
        print(f"Aucune différence : chaque paiement a son droit{where}.")
    return 1 if found else 0
