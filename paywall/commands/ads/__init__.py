"""`paywall ads`: what the service does for advertisements, by itself or from cron."""

from importlib import import_module

from paywall.commands.parsing import Commands, add_group

COMMANDS = ("compact",)


def register(commands: Commands) -> None:
    """Add the group and its commands."""
    group = add_group(commands, "ads", "tenir le journal et le plan de la publicité")
    named = group.add_subparsers(required=True, metavar="action")
    for module in COMMANDS:
        import_module(f"{__name__}.{module}").register(named)
