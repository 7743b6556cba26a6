"""``desk ads …``: an editor's commands for bookings, one module a command."""

import argparse
from importlib import import_module

from desk.command import add_command
from plugins.magazine.messages import tell

_MODULES = (
    "check",
    "decide",
    "explain",
    "forecast",
    "media_kit",
    "pages",
    "plan",
    "receive",
    "report",
)


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``ads`` with its own commands."""
    ads = add_command(
        commands, "ads", tell("vérifier, approuver, prévoir et rapporter la publicité")
    )
    own = ads.add_subparsers(required=True, metavar=tell("commande"))
    for module in _MODULES:
        import_module(f"desk.ads.{module}").add_commands(own)
