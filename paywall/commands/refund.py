"""`paywall refund`: money goes back, by the card that it came from or by the bank."""

import argparse

from paywall.commands.accounts import author
from paywall.commands.parsing import Commands, add_command
from paywall.commands.till import cents, till_of
from paywall.money.amounts import spell_cents
from paywall.money.refunds import refund
from paywall.settings import Settings


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "refund", "rembourser une commande", run)
    parser.add_argument("reference", metavar="RÉFÉRENCE", help="de la commande : BIC-AB23-CD45")
    parser.add_argument(
        "amount",
        nargs="?",
        type=cents,
        metavar="MONTANT",
        help="comme 48 ou 48,50 ; sans montant : tout ce qui a été payé",
    )
    parser.add_argument(
        "--end",
        action="store_true",
        help="terminer l’abonnement aujourd’hui, même si une partie seulement est rendue",
    )
    parser.add_argument(
        "--again", action="store_true", help="rendre une fois de plus une part déjà rendue"
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Send it back, and say who has to do what."""
    with till_of(settings) as till:
        told = refund(
            till, options.reference, options.amount, author(), ends=options.end, again=options.again
        )
    amount = spell_cents(told.amount_cents, told.currency)
    if told.by_card:
        print(f"{told.reference} : {amount} rendus sur la carte par Stripe.")
    else:
        print(f"{told.reference} : {amount} notés comme rendus ; le virement est à faire.")
    if told.left_cents:
        print(f"Reste payé : {spell_cents(told.left_cents, told.currency)}.")
    return 0
