"""`paywall confirm`: the treasurer says what came by transfer or by cheque."""

import argparse

from paywall.accounts.days import start_of
from paywall.commands.accounts import author
from paywall.commands.parsing import Commands, add_command, day
from paywall.commands.till import cents, till_of
from paywall.errors import RefusedError
from paywall.mail.telling import telling
from paywall.money.amounts import spell_cents
from paywall.money.dropped import Decision
from paywall.money.offline import Confirmed, Receipt, confirm
from paywall.settings import Settings


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "confirm", "noter un virement ou un chèque reçu", run)
    parser.add_argument("reference", metavar="RÉFÉRENCE", help="de la commande : BIC-AB23-CD45")
    parser.add_argument(
        "amount",
        nargs="?",
        type=cents,
        metavar="MONTANT",
        help="reçu, comme 48 ou 48,50 ; sans montant : donner ce qui est déjà payé",
    )
    parser.add_argument(
        "--bank-reference",
        metavar="TEXTE",
        help="celle de la banque ou du chèque : distingue deux paiements du même jour",
    )
    decided = parser.add_mutually_exclusive_group()
    decided.add_argument(
        f"--{Decision.REOPEN}",
        dest="decision",
        action="store_const",
        const=Decision.REOPEN,
        help="d’une commande annulée : donner tout de même ce qui était commandé",
    )
    decided.add_argument(
        f"--{Decision.SEND_BACK}",
        dest="decision",
        action="store_const",
        const=Decision.SEND_BACK,
        help="d’une commande annulée : noter que l’argent est rendu ; rien ne s’ouvre",
    )
    parser.add_argument("--on", type=day, metavar="JOUR", help="date du relevé (aujourd’hui)")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Note it once, and say what it did."""
    if options.amount is None and (options.bank_reference or options.on or options.decision):
        raise RefusedError("confirm : il manque le montant")
    with till_of(settings) as till:
        now, on = till.clock(), start_of(options.on) if options.on else None
        if on is not None and on > now:
            raise RefusedError("confirm : le relevé n’est pas de l’avenir")
        offers, receipt = till.offers(), None
        if options.amount is not None:
            receipt = Receipt(options.amount, options.bank_reference, on, options.decision)
        with (
            till.database.begin(now, author()) as unit,
            telling(unit, offers, settings.address),
        ):
            told = confirm(unit, options.reference, receipt, offers)
        currency = offers.currency
    print("\n".join(_lines(told, currency, received=receipt is not None)))
    return 0


def _lines(told: Confirmed, currency: str, *, received: bool) -> list[str]:
    lines = []
    if received and not told.is_new:
        lines.append(
            "Déjà noté : rien n’a changé. Un second paiement pareil se note avec --bank-reference."
        )
    if told.is_sent_back:
        lines.append(
            f"{told.reference} : annulée ; l’argent est noté, et noté comme rendu."
            " Le virement de retour est à faire."
            if received
            else f"{told.reference} : annulée, rien n’est à donner."
        )
    elif told.is_given and told.opens_at:
        lines.append(f"{told.reference} : payée ; l’accès s’ouvre le {told.opens_at.date()}.")
    elif told.is_given:
        lines.append(f"{told.reference} : payée, l’accès est ouvert.")
    elif told.missing_cents:
        missing = spell_cents(told.missing_cents, currency)
        lines.append(f"{told.reference} : il manque {missing}.")
    else:
        lines.append(f"{told.reference} : {told.status}, rien n’est donné (paywall reconcile).")
    if told.excess_cents:
        excess = spell_cents(told.excess_cents, currency)
        amount = excess.partition(" ")[0]  # without one, the whole order would be refunded
        lines.append(f"{excess} de trop : à rendre, puis paywall refund {told.reference} {amount}.")
    return lines
