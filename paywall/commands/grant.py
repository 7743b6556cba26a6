"""`paywall grant`: gives a subscription until a day."""

import argparse
from datetime import UTC, datetime

from paywall.accounts.days import end_of_day, last_day
from paywall.accounts.rights import periods_of
from paywall.accounts.sign_in import reader_of
from paywall.accounts.subscriptions import give
from paywall.commands.accounts import accounts, author
from paywall.commands.parsing import Commands, add_command, address, day
from paywall.errors import RefusedError
from paywall.offers.file import read_offers
from paywall.offers.grid import Offers, Plan
from paywall.settings import Settings
from paywall.store.schema import Reader


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "grant", "offrir un abonnement jusqu’à un jour", run)
    parser.add_argument("address", type=address, metavar="ADRESSE", help="courriel du lecteur")
    parser.add_argument(
        "--until", type=day, required=True, metavar="JOUR", help="dernier jour : 2027-12-31"
    )
    parser.add_argument("--plan", metavar="FORMULE", help="la première du fichier d’offres, sinon")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Give it; whoever has no account yet has one then."""
    offers = read_offers(settings.offers)
    plan, until = plan_of(offers, options.plan), end_of_day(options.until)
    with accounts(settings) as database, database.begin(datetime.now(UTC), author()) as unit:
        reader = reader_of(unit, options.address)
        is_new = reader.created_at == unit.now
        if _has(reader, plan, until):
            print(f"{options.address} l’a déjà.")
            return 0
        give(unit, reader, plan, offers, until)
    if is_new:
        print(f"{options.address} n’avait pas de compte : il est inscrit.")
    print(f"Abonnement {plan.name} offert à {options.address} jusqu’au {last_day(until)}.")
    return 0


def plan_of(offers: Offers, name: str | None) -> Plan:
    """A plan by its name; the first one where none is said. Raises `RefusedError`."""
    plan = offers.plan(name) if name else offers.plans[0]
    if plan is None:
        known = ", ".join(plan.name for plan in offers.plans)
        raise RefusedError(f"« {name} » n’est pas une formule : {known}")
    return plan


def _has(reader: Reader, plan: Plan, until: datetime) -> bool:
    """Whether the same was given before: a command typed twice gives once."""
    given = (s for s in reader.subscriptions if s.complimentary and s.plan == plan.name)
    return any(period.ends_at == until for s in given for period in periods_of(s))
