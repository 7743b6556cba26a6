"""Reads the command line, runs one command, and says in one line what stopped it."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from paywall.commands.french import FrenchParser
from paywall.commands.parsing import Help
from paywall.errors import PaywallError
from paywall.settings import Settings

COMMANDS = {
    "serve": "paywall.commands.serve",
    "migrate": "paywall.commands.migrate",
    "subscribers": "paywall.commands.subscribers",
    "orders": "paywall.commands.orders",
    "confirm": "paywall.commands.confirm",
    "refund": "paywall.commands.refund",
    "reconcile": "paywall.commands.reconcile",
    "backup": "paywall.commands.backup",
    "doctor": "paywall.commands.doctor",
    "grant": "paywall.commands.grant",
    "token": "paywall.commands.token",
    "keys": "paywall.commands.keys",
    "ads": "paywall.commands.ads",
}
"""Which module a command is in. Only that one is imported: a quick command stays quick."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status: 0, 1 where it could not, 2 where it was typed wrong.

    What it prints may be cut off (`| head`): that is no error.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        status: int = options.run(Settings.from_env(os.environ), options)
        sys.stdout.flush()
    except PaywallError as error:
        print(f"paywall : {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"paywall : {error.filename or ''} : {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as shells say it
    return status


def _parser(command: str) -> argparse.ArgumentParser:
    about = "Sert le site, ouvre les pages réservées à qui peut les lire, tient les comptes."
    parser = FrenchParser(prog="paywall", description=about, add_help=False, formatter_class=Help)
    parser.add_argument("-h", "--help", action="help", help="afficher cette aide")
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    for module in [COMMANDS[command]] if command in COMMANDS else COMMANDS.values():
        import_module(module).register(commands)
    return parser
