"""``desk ads approve`` and ``suspend``: an editor's decision, written into the booking."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from desk.ads.promises import ForecastMissingError, lateness
from desk.ads.reading import Bookings, UnknownBookingError, read_bookings
from desk.ads.rewriting import RewritingError, decided, write_whole
from desk.ads.sheet import sheet
from desk.command import add_command, add_settings
from plugins.ads.approval import fingerprint_of
from plugins.ads.flights import Flight
from plugins.magazine.booking import ApprovalFields
from plugins.magazine.digest import digest_of_bytes
from plugins.magazine.front_matter import decoded, read_front_matter
from plugins.magazine.messages import tell
from plugins.magazine.problems import ContentError
from plugins.magazine.settings import SettingsError


class RefusedError(Exception):
    """The decision is not taken; the message is for the editor."""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``approve`` and ``suspend``."""
    approve = add_command(commands, "approve", tell("approuver une réservation telle qu’elle est"))
    _add_common(approve)
    approve.add_argument(
        "--by",
        required=True,
        metavar=tell("NOM"),
        help=tell("qui approuve, en toutes lettres : cela reste écrit dans la réservation"),
    )
    approve.add_argument(
        "--force",
        action="store_true",
        help=tell("même si une promesse ne pourra pas être tenue"),
    )
    approve.set_defaults(run=_deciding(_approve))
    suspend = add_command(commands, "suspend", tell("ne plus montrer une réservation"))
    _add_common(suspend)
    suspend.set_defaults(run=_deciding(_suspend))


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "booking", metavar=tell("RÉSERVATION"), help=tell("le nom de son dossier dans content/ads")
    )
    add_settings(parser)


def _deciding(
    decide: Callable[[Flight, Bookings, argparse.Namespace], None],
) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        try:
            bookings = read_bookings(options.settings)
            decide(bookings.flight(options.booking), bookings, options)
        except (
            SettingsError, ContentError, UnknownBookingError, RewritingError, RefusedError, OSError,
        ) as error:  # fmt: skip
            print(error, file=sys.stderr)
            return 1
        return 0

    return run


def _approve(flight: Flight, bookings: Bookings, options: argparse.Namespace) -> None:
    """Approve what is written now, byte for byte, and say what that is."""
    today, approval = bookings.graph.settings.now.date(), flight.fields.approval
    if flight.status == "approved" and approval:
        message = "« {slug} » est déjà approuvée, par {by} le {date}."
        print(tell(message, slug=flight.slug, by=approval.by, date=approval.date))
        return
    if flight.fields.end < today:
        message = "« {slug} » est finie depuis le {end} : il n’y a plus rien à approuver"
        raise RefusedError(tell(message, slug=flight.slug, end=flight.fields.end))
    if not options.by.strip():
        raise RefusedError(tell("--by : il faut le nom de qui approuve"))
    _check_promises(flight, forced=options.force)
    file = bookings.file(flight)
    text = _text(file, bookings)
    sha256 = fingerprint_of(read_front_matter(decoded(text.encode())), file.parent)
    if sha256 is None:
        raise RefusedError(_being_changed(file))
    by = ApprovalFields(by=options.by.strip(), date=today, sha256=sha256)
    write_whole(file, decided(text, "approved", by).encode())
    approved = read_bookings(options.settings).flight(flight.slug)
    print("\n".join(sheet(approved, today)))
    print(tell("Écrit dans {file}. « desk build » la publie.", file=file))


def _check_promises(flight: Flight, *, forced: bool) -> None:
    """Refuse what cannot be delivered, or would make others late, unless the editor insists."""
    try:
        late = list(lateness(flight))
    except ForecastMissingError as error:
        print(tell("Sans prévision ({why}) : les promesses ne sont pas vérifiées.", why=error))
        return
    if late and not forced:
        message = "« {slug} » n’est pas approuvée (--force pour passer outre) :"
        refused = tell(message, slug=flight.slug)
        raise RefusedError("\n".join([refused, *(f"  {line}" for line in late)]))
    for line in late:
        print(tell("Attention : {line}", line=line))


def _suspend(flight: Flight, bookings: Bookings, _options: argparse.Namespace) -> None:
    if flight.fields.status == "suspended":
        print(tell("« {slug} » est déjà suspendue.", slug=flight.slug))
        return
    file = bookings.file(flight)
    write_whole(file, decided(_text(file, bookings), "suspended").encode())
    message = "« {slug} » est suspendue : « desk build » la retire ; « desk ads approve » la rend."
    print(tell(message, slug=flight.slug))


def _text(file: Path, bookings: Bookings) -> str:
    """A file with its line ends as they are; refused unless it is what was just checked."""
    content = file.read_bytes()
    if digest_of_bytes(content) != bookings.digest(file):
        raise RefusedError(_being_changed(file))
    return content.decode("utf-8")


def _being_changed(file: Path) -> str:
    return tell("{file} vient de changer : recommencez", file=file)
