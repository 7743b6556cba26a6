"""``desk``: the editor's command line, one module for commands that go together."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from desk.command import Help
from paywall.commands.french import FrenchParser
from plugins.magazine.messages import SOURCE_LANG, tell, terminal_lang

_MODULES = {
    "ads": "desk.ads",
    "build": "desk.build",
    "cover": "desk.drawing",
    "figures": "desk.drawing",
    "icons": "desk.drawing",
    "serve": "desk.serve",
}
"""Which module a command is in. Only that one is imported: a quick command stays quick."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(given[0] if given else "").parse_args(given or ["-h"])
    status: int = options.run(options)
    return status


def run() -> NoReturn:
    """The command: it ends at once, without giving a build's million objects back one by one."""
    try:
        status = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = 130  # as shells say it
    except BrokenPipeError:
        os._exit(141)  # whoever read has read enough (« desk ads explain … | head »)
    sys.stderr.flush()
    os._exit(status)


def _parser(command: str) -> argparse.ArgumentParser:
    about = tell("Construit et sert le magazine, dessine pour lui.")
    speaks_french = terminal_lang(os.environ) == SOURCE_LANG
    parser = (FrenchParser if speaks_french else argparse.ArgumentParser)(
        prog="desk", description=about, add_help=False, formatter_class=Help
    )
    parser.add_argument("-h", "--help", action="help", help=tell("afficher cette aide"))
    commands = parser.add_subparsers(required=True, metavar=tell("commande"))
    named = [_MODULES[command]] if command in _MODULES else sorted(set(_MODULES.values()))
    for module in named:
        import_module(module).add_commands(commands)
    return parser


if __name__ == "__main__":
    run()
