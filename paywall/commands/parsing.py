"""What is typed after a command's name: days, addresses, and the command itself."""

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

from paywall.accounts.addresses import AddressError, normalised
from paywall.accounts.days import read_day
from paywall.settings import Settings

# argparse gives it no other name
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
Run = Callable[[Settings, argparse.Namespace], int]

_HEADINGS = {"positional arguments": "arguments ", "options": "options "}


class Help(argparse.HelpFormatter):
    """argparse's own help, with its headings in French."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin with how the command is typed."""
        super().add_usage(usage, actions, groups, "utilisation : " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Head a list of arguments; argparse writes the colon."""
        super().start_section(_HEADINGS.get(heading or "", heading))


def add_command(commands: Commands, name: str, about: str, run: Run) -> argparse.ArgumentParser:
    """Add a command; `about` says in one line what it does."""
    parser = add_group(commands, name, about)
    parser.set_defaults(run=run)
    return parser


def add_group(commands: Commands, name: str, about: str) -> argparse.ArgumentParser:
    """Add a name under which other commands stand."""
    parser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        allow_abbrev=False,
        add_help=False,
        formatter_class=Help,
    )
    parser.add_argument("-h", "--help", action="help", help="afficher cette aide")
    return parser


def address(text: str) -> str:
    """A mail address, in the one spelling that accounts know."""
    try:
        return normalised(text)
    except AddressError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def day(text: str) -> date:
    """A day, as 2026-12-31 or 31/12/2026."""
    try:
        return read_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
