"""`paywall subscribers erase`: forgets somebody who asked for it."""

import argparse
import sys
from datetime import UTC, datetime

from paywall.accounts.orders import excess_cents
from paywall.accounts.privacy import erase, forget_traces, takes_money
from paywall.commands.accounts import author, find_reader
from paywall.commands.parsing import Commands, add_command, address
from paywall.commands.terminal import confirm
from paywall.commands.till import till_of
from paywall.money import renewals
from paywall.money.amounts import spell_cents
from paywall.money.till import Till
from paywall.settings import Settings
from paywall.store.schema import Order

_KEPT = "Les commandes et les paiements restent dix ans (Code de commerce, L123-22), sans nom."


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "erase", "effacer un lecteur qui le demande", run)
    parser.add_argument("address", type=address, metavar="ADRESSE", help="son courriel")
    parser.add_argument("--yes", action="store_true", help="sans demander de confirmation")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Erase, once the address was typed again; cards are stopped first."""
    with till_of(settings) as till:
        database = till.database
        with database.read() as db:
            reader = find_reader(db, options.address)
            number, held = reader.id, [s.id for s in reader.subscriptions if takes_money(s)]
            owed = [_owed(order) for order in reader.orders if excess_cents(order)]
        for line in owed:
            print(line, file=sys.stderr)
        if not options.yes:
            question = f"{_KEPT}\nPour effacer le lecteur n° {number}, tapez encore son adresse :"
            confirm(question, options.address)
        _stop_cards(till, held)
        with database.begin(datetime.now(UTC), author()) as unit:
            erase(unit, find_reader(unit.db, options.address))
        wiped = forget_traces(database)
    print(f"Le lecteur n° {number} est effacé. {_KEPT}")
    if not wiped:
        told = "la base était lue : ce qui est effacé quittera son journal plus tard"
        print(f"paywall : {told}", file=sys.stderr)
    return 0


def _owed(order: Order) -> str:
    cents = spell_cents(excess_cents(order), order.currency)
    return f"{order.reference} : {cents} sont à lui rendre. Notez où avant d’effacer."


def _stop_cards(till: Till, subscriptions: list[int]) -> None:
    """Tell the provider; without its key, erasing refuses and says which."""
    if till.cards is not None:
        for number in subscriptions:
            renewals.stop(till, number, author())
