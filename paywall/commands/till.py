"""What commands about money begin with."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from paywall.app import utc_now
from paywall.commands.accounts import accounts
from paywall.errors import RefusedError
from paywall.money.amounts import read_cents
from paywall.money.till import Till
from paywall.service import OffersFile
from paywall.settings import Settings


@contextmanager
def till_of(settings: Settings) -> Iterator[Till]:
    """The books, what is sold, and whoever takes money."""
    with accounts(settings) as database:
        yield Till(settings, database, OffersFile(settings.offers).current, utc_now)


def cents(text: str) -> int:
    """An amount that was typed."""
    try:
        found = read_cents(text)
    except RefusedError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not found:
        raise argparse.ArgumentTypeError("un montant est d’au moins un centime")
    return found
