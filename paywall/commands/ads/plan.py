"""`paywall ads plan`: makes the plan of the coming hours; the service does so hourly."""

import argparse

from paywall.ads.planning.making import DAILY, HOURLY, plan_now
from paywall.commands.parsing import Commands, add_command
from paywall.settings import Settings


def register(commands: Commands) -> None:
    """Add the command."""
    plan = add_command(commands, "plan", "répartir les annonces des prochaines heures", run)
    plan.add_argument(
        "--daily", action="store_true", help="un plan pour un jour : il n’est refait que demain"
    )


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Make it, and say where it is."""
    _, _, made = plan_now(settings, every=DAILY if options.daily else HOURLY)
    named = len(made.plan.flights or ())
    print(f"{settings.var / 'ads' / 'plan.json'} : {named} campagne{'s' if named > 1 else ''}")
    return 0
