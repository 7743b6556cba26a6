"""`paywall ads`: what the service has done for ads, hour by hour and day by day."""

from importlib import import_module

from paywall.commands.parsing import Commands, add_group

COMMANDS = ("compact", "plan")


def register(commands: Commands) -> None:
    """Add the group and its commands."""
    group = add_group(commands, "ads", "tenir la publicité à jour")
    named = group.add_subparsers(required=True, metavar="action")
    for module in COMMANDS:
        import_module(f"{__name__}.{module}").register(named)
