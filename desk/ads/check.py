"""``desk ads check``: what is wrong with bookings, and where each of them stands."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from desk.ads.reading import Bookings, UnknownBookingError, read_bookings, told_draft
from desk.ads.sheet import notes, promise, sheet, state
from desk.command import add_command, add_settings
from plugins.magazine.messages import tell
from plugins.magazine.problems import ContentError
from plugins.magazine.settings import SettingsError


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``check``."""
    check = add_command(
        commands, "check", tell("vérifier les réservations et dire où elles en sont")
    )
    check.add_argument(
        "bookings",
        nargs="*",
        metavar=tell("RÉSERVATION"),
        help=tell("le nom de son dossier dans content/ads ; sans rien : toutes"),
    )
    add_settings(check)
    check.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Tell of all, or everything of some; the exit status says whether they can be shown."""
    try:
        bookings = read_bookings(options.settings)
        if options.bookings:
            return max(_tell_of(slug, bookings) for slug in options.bookings)
    except (SettingsError, ContentError) as error:
        print(error, file=sys.stderr)
        return 1
    for problem in bookings.problems:
        print(problem, file=sys.stderr)
    if bookings.flights:
        Console().print(_table(bookings))
    else:
        print(tell("aucune réservation dans {folder}", folder=bookings.folder))
    for slug in bookings.drafts:
        print(told_draft(slug))
    return 1 if bookings.problems else 0


def _tell_of(slug: str, bookings: Bookings) -> int:
    try:
        flight = bookings.flight(slug)
    except (ContentError, UnknownBookingError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(sheet(flight, bookings.graph.settings.now.date())))
    return 0


def _table(bookings: Bookings) -> Table:
    """One line a booking, those that end first on top."""
    today = bookings.graph.settings.now.date()
    faulty = {Path(problem.path).parent.name for problem in bookings.problems}
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(tell("réservation"), overflow="fold")
    for name in (tell("du"), tell("au")):
        table.add_column(name, no_wrap=True, min_width=len("2026-12-31"))
    for name in (tell("promesse"), tell("état")):
        table.add_column(name, overflow="fold", min_width=len("impressions"))
    for flight in sorted(bookings.flights.values(), key=lambda f: (f.fields.end, f.slug)):
        fields = flight.fields
        where = tell("à corriger") if flight.slug in faulty else state(flight, today)
        said = " · ".join((where, *notes(flight)))
        cells = (flight.slug, str(fields.start), str(fields.end), promise(fields), said)
        table.add_row(*map(escape, cells))
    return table
