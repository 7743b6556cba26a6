"""`paywall subscribers`: what the office does for readers."""

from importlib import import_module

from paywall.commands.parsing import Commands, add_group

COMMANDS = ("listing", "show", "add", "import_files", "export", "link", "signout", "erase")


def register(commands: Commands) -> None:
    """Add the group and its commands."""
    group = add_group(commands, "subscribers", "tenir les comptes des lecteurs")
    named = group.add_subparsers(required=True, metavar="action")
    for module in COMMANDS:
        import_module(f"{__name__}.{module}").register(named)
