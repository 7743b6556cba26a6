"""What commands that read the event log have in common: a month, and errors told in one line."""

import argparse
import sys
from collections.abc import Callable
from datetime import date

from paywall.ads.reports.months import Month
from paywall.errors import PaywallError
from plugins.magazine.messages import tell
from plugins.magazine.settings import SettingsError

Run = Callable[[argparse.Namespace], int]


def add_month(parser: argparse.ArgumentParser, about: str) -> None:
    """Add the option that names a month."""
    parser.add_argument("--month", type=_month, metavar=tell("MOIS"), help=about)


def telling(run: Run) -> Run:
    """The command, with what stops it told in words."""

    def told(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except SettingsError as error:
            print(error, file=sys.stderr)
        except PaywallError as error:
            print(tell("desk : {error}", error=error), file=sys.stderr)
        except OSError as error:
            said = f"{error.filename or ''} : {error.strerror or error}"
            print(tell("desk : {error}", error=said), file=sys.stderr)
        return 1

    return told


def day(text: str) -> date:
    """A day, as it is typed."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = tell("« {value} » n’est pas une date (AAAA-MM-JJ)", value=text)
        raise argparse.ArgumentTypeError(message) from error


def _month(text: str) -> Month:
    try:
        return Month.read(text)
    except ValueError as error:
        message = tell("« {given} » n’est pas un mois (AAAA-MM)", given=text)
        raise argparse.ArgumentTypeError(message) from error
