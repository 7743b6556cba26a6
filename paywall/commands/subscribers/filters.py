"""Which readers a list is of, as the office types it."""

import argparse

from paywall.accounts.standing import Kind, Wanted
from paywall.errors import RefusedError
from paywall.offers.file import read_offers
from paywall.settings import Settings


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument(
        "--active", action="store_const", dest="kind", const=Kind.ACTIVE, help="les abonnés"
    )
    kinds.add_argument(
        "--lapsed",
        action="store_const",
        dest="kind",
        const=Kind.LAPSED,
        help="ceux qui l’ont été et ne le sont plus",
    )
    parser.add_argument("--plan", metavar="FORMULE", help="ceux de cette formule")
    parser.add_argument(
        "--class", dest="price_class", metavar="CLASSE", help="ceux de cette classe de prix"
    )


def wanted(settings: Settings, options: argparse.Namespace) -> Wanted:
    """What was asked for. Raises `RefusedError` for names that the file of offers has not."""
    if options.plan or options.price_class:
        offers = read_offers(settings.offers)
        _check("formule", options.plan, [plan.name for plan in offers.plans])
        _check("classe", options.price_class, [c.name for c in offers.classes])
    return Wanted(options.kind, options.plan, options.price_class)


def _check(what: str, name: str | None, known: list[str]) -> None:
    if name and name not in known:
        raise RefusedError(f"« {name} » n’est pas une {what} : {', '.join(known)}")
