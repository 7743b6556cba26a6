"""`paywall subscribers export`: everybody as CSV, or one reader's own data as JSON."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from paywall.accounts.own_data import export_of
from paywall.accounts.standing import Standing, days_of, standings
from paywall.commands.accounts import accounts, find_reader
from paywall.commands.files import check_absent, new_file
from paywall.commands.parsing import Commands, add_command, address
from paywall.commands.subscribers import listing
from paywall.commands.subscribers.filters import add_filters, wanted
from paywall.csv_files import Cell, write_csv
from paywall.errors import RefusedError
from paywall.settings import Settings

HEADER = (*listing.HEADER, "langue", "adresse postale", "inscrit le")


def register(commands: Commands) -> None:
    """Add the command."""
    about = "exporter les lecteurs (CSV), ou tout ce qu’on tient d’un seul (JSON)"
    parser = add_command(commands, "export", about, run)
    parser.add_argument("address", nargs="?", type=address, metavar="ADRESSE", help="un seul")
    add_filters(parser)
    parser.add_argument(
        "--output", type=Path, metavar="FICHIER", help="fichier à écrire, lisible de vous seul"
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Export, to a file or to standard output."""
    if options.address and (options.kind or options.plan or options.price_class):
        raise RefusedError("une adresse ou des filtres, pas les deux")
    if options.output:
        check_absent(options.output)
    now, asked = datetime.now(UTC), wanted(settings, options)
    with accounts(settings) as database, database.read() as db:
        if options.address:
            data = export_of(db, find_reader(db, options.address), now)
            with _opened(options.output) as file:
                json.dump(data, file, ensure_ascii=False, indent=2)
                file.write("\n")
            return 0
        with _opened(options.output) as file:
            found = standings(db, now, asked)
            write_csv(file, HEADER, (row for standing in found for row in _rows(standing)))
    return 0


def _rows(standing: Standing) -> Iterator[tuple[Cell, ...]]:
    """One for each stretch of time that somebody has had: what an import gives back."""
    reader, kind = standing.reader, standing.kind.value
    own = reader.id, reader.email, reader.name, kind
    more = reader.language, reader.post, reader.created_at.date()
    held = [(s, days) for s in reader.subscriptions for days in days_of(s)]
    for subscription, (first, last) in held:
        yield *own, subscription.plan, subscription.price_class, first, last, *more
    if not held:
        yield *own, None, None, None, None, *more


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with new_file(output) as file:
        yield file
