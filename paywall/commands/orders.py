"""`paywall orders`: lists orders, or shows one with all that happened to it."""

import argparse
import csv
import sys
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from paywall.accounts.orders import (
    AWAITING,
    CANCELLED,
    DISPUTED,
    PAID,
    PARTIAL,
    REFUNDED,
    paid_cents,
)
from paywall.commands.accounts import accounts
from paywall.commands.parsing import Commands, add_command, add_group
from paywall.money.amounts import spell_cents
from paywall.money.till import find_or_refuse
from paywall.settings import Settings
from paywall.store.schema import Change, Order

STATUSES = (AWAITING, PARTIAL, PAID, REFUNDED, DISPUTED, CANCELLED)


def register(commands: Commands) -> None:
    """Add the commands."""
    group = add_group(commands, "orders", "lister et montrer les commandes")
    deeds = group.add_subparsers(dest="deed", required=True, metavar="action")
    listing = add_command(deeds, "list", "lister les commandes, en CSV", run)
    listing.add_argument(
        "--status",
        action="append",
        choices=STATUSES,
        metavar="ÉTAT",
        help=f"seulement celles-ci (répétable) : {', '.join(STATUSES)}",
    )
    showing = add_command(deeds, "show", "montrer une commande, ses paiements, son histoire", run)
    showing.add_argument("reference", metavar="RÉFÉRENCE", help="comme BIC-AB23-CD45")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Print them."""
    with accounts(settings) as database, database.read() as db:
        if options.deed == "list":
            _list(db, options.status or STATUSES)
        else:
            print("\n".join(_lines(db, find_or_refuse(db, options.reference))))
    return 0


def _list(db: Session, statuses: tuple[str, ...]) -> None:
    """No field of it was typed by a reader: nothing in it is a formula to a spreadsheet."""
    out = csv.writer(sys.stdout)
    out.writerow(("reference", "day", "status", "what", "provider", "due", "paid", "currency"))
    asked = select(Order).where(Order.status.in_(statuses)).order_by(Order.id)
    for order in db.scalars(asked):
        out.writerow(
            (
                order.reference,
                order.created_at.date().isoformat(),
                order.status,
                order.plan or order.issue,
                order.provider,
                _decimal(order.amount_cents),
                _decimal(paid_cents(order)),
                order.currency,
            )
        )


def _lines(db: Session, order: Order) -> Iterator[str]:
    reader = order.reader
    yield f"{order.reference} : {order.status}"
    yield f"  {order.plan or f'numéro {order.issue}'}, classe {order.price_class}"
    yield f"  de {reader.email or 'un compte effacé'} (lecteur {reader.id})"
    due = spell_cents(order.amount_cents, order.currency)
    paid = spell_cents(paid_cents(order), order.currency)
    yield f"  {due}, payés : {paid}, par {order.provider}"
    for payment in order.payments:
        amount = spell_cents(payment.amount_cents, order.currency)
        yield f"    {payment.received_at.date().isoformat()}  {amount}  {payment.reference}"
    asked = select(Change).where(Change.subject == f"order:{order.id}").order_by(Change.id)
    for change in db.scalars(asked):
        yield f"  {change.at:%Y-%m-%d %H:%M}  {change.what}  ({change.who})"


def _decimal(cents: int) -> str:
    return f"{cents / 100:.2f}"
