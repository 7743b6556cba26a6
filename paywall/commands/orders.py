"""`paywall orders`: lists orders, or shows one with all that happened to it."""

import argparse
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from paywall.accounts.orders import paid_cents
from paywall.commands.accounts import accounts
from paywall.commands.parsing import Commands, add_command, add_group
from paywall.commands.terminal import show_table, shown
from paywall.commands.words import ORDERS, PROVIDERS
from paywall.csv_files import Cell
from paywall.imports.columns import folded
from paywall.money.amounts import spell_cents
from paywall.money.till import find_or_refuse
from paywall.settings import Settings
from paywall.store.schema import Change, Order

HEADER = (
    "référence", "jour", "e-mail", "nom", "état", "objet", "moyen", "dû", "payé", "monnaie",
)  # fmt: skip


def register(commands: Commands) -> None:
    """Add the commands."""
    group = add_group(commands, "orders", "lister et montrer les commandes")
    deeds = group.add_subparsers(dest="deed", required=True, metavar="action")
    listing = add_command(deeds, "list", "lister les commandes, ou celles de quelqu’un", run)
    listing.add_argument(
        "words",
        nargs="*",
        metavar="MOT",
        help="seulement celles dont la référence, le nom ou l’adresse les ont tous",
    )
    listing.add_argument(
        "--status",
        action="append",
        choices=tuple(ORDERS),
        metavar="ÉTAT",
        help="seulement celles-ci (répétable) : "
        + ", ".join(f"{status} ({word})" for status, word in ORDERS.items()),
    )
    listing.add_argument("--csv", action="store_true", help="en CSV, même à l’écran")
    showing = add_command(deeds, "show", "montrer une commande, ses paiements, son histoire", run)
    showing.add_argument("reference", metavar="RÉFÉRENCE", help="comme BIC-AB23-CD45")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Print them."""
    with accounts(settings) as database, database.read() as db:
        if options.deed == "list":
            found = _found(db, options.status or tuple(ORDERS), options.words)
            show_table(HEADER, map(_row, found), as_csv=options.csv)
        else:
            lines = _lines(db, find_or_refuse(db, options.reference))
            print("\n".join(map(shown, lines)))
    return 0


def _found(db: Session, statuses: Sequence[str], words: Sequence[str]) -> Iterator[Order]:
    """Orders, oldest first. Words are compared by their letters and digits, which SQL cannot."""
    asked = (
        select(Order)
        .where(Order.status.in_(statuses))
        .options(joinedload(Order.reader), selectinload(Order.payments))
        .order_by(Order.id)
    )
    wanted = [_letters(word) for word in words]
    for order in db.scalars(asked):
        reader = order.reader
        told = " ".join(map(_letters, (order.reference, reader.name, reader.email or "")))
        if all(word and word in told for word in wanted):
            yield order


def _letters(text: str) -> str:
    """However it is typed: « jean pierre » is in « Jean-Pierre », « bicab23 » in « BIC-AB23 »."""
    return "".join(sign for sign in folded(text) if sign.isalnum())


def _row(order: Order) -> tuple[Cell, ...]:
    return (
        order.reference,
        order.created_at.date(),
        order.reader.email,
        order.reader.name,
        ORDERS[order.status],
        order.plan or order.issue,
        PROVIDERS[order.provider],
        Decimal(order.amount_cents).scaleb(-2),
        Decimal(paid_cents(order)).scaleb(-2),
        order.currency,
    )


def _lines(db: Session, order: Order) -> Iterator[str]:
    reader = order.reader
    name = f"{reader.name}, " if reader.name else ""
    yield f"{order.reference} : {ORDERS[order.status]}"
    yield f"  {order.plan or f'numéro {order.issue}'}, classe {order.price_class}"
    yield f"  de {name}{reader.email or 'un compte effacé'} (lecteur {reader.id})"
    due = spell_cents(order.amount_cents, order.currency)
    paid = spell_cents(paid_cents(order), order.currency)
    yield f"  {due}, payés : {paid}, par {PROVIDERS[order.provider]}"
    for payment in order.payments:
        amount = spell_cents(payment.amount_cents, order.currency)
        yield f"    {payment.received_at.date().isoformat()}  {amount}  {payment.reference}"
    asked = select(Change).where(Change.subject == f"order:{order.id}").order_by(Change.id)
    for change in db.scalars(asked):
        yield f"  {change.at:%Y-%m-%d %H:%M}  {change.what}  ({change.who})"
