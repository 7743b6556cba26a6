"""What all commands have in common: help in the terminal's language, the settings option."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plugins.magazine.messages import tell

DEFAULT_SETTINGS = Path("pelicanconf.py")


class Help(argparse.HelpFormatter):
    """argparse's own help, with its headings in the terminal's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin with how the command is typed."""
        if prefix is None:
            prefix = tell("utilisation : ")
        super().add_usage(usage, actions, groups, prefix)

    def start_section(self, heading: str | None) -> None:
        """Head a list of arguments; argparse writes the colon."""
        own = {"positional arguments": tell("arguments "), "options": tell("options ")}
        super().start_section(own.get(heading, heading) if heading else heading)


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str
) -> argparse.ArgumentParser:
    """Add a command; ``about`` says in one line what it does."""
    parser = commands.add_parser(
        name, help=about, description=f"{about[0].upper()}{about[1:]}.", add_help=False,
        formatter_class=Help,
    )  # fmt: skip
    parser.add_argument("-h", "--help", action="help", help=tell("afficher cette aide"))
    return parser


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the settings file."""
    parser.add_argument(
        "-s",
        "--settings",
        type=Path,
        default=DEFAULT_SETTINGS,
        metavar=tell("FICHIER"),
        help=tell("les réglages : publishconf.py pour le site public"),
    )
