"""``desk ads plan``: shares out the coming hours, and says where each campaign stands."""

import argparse
import os
import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from desk.command import add_command
from paywall.ads.inventory import Inventory
from paywall.ads.planning.history import History
from paywall.ads.planning.making import DAILY, HOURLY, Made, plan_now
from paywall.ads.planning.selling import Market, Outlook
from paywall.errors import PaywallError
from paywall.settings import Settings
from plugins.magazine.messages import spoken_count, tell


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``plan``."""
    plan = add_command(commands, "plan", tell("répartir les annonces des prochaines heures"))
    plan.add_argument(
        "--daily",
        action="store_true",
        help=tell("pour une tâche quotidienne : le plan ne sera refait que demain"),
    )
    plan.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the plan, write it, show it."""
    try:
        settings = Settings.from_env(os.environ)
        inventory, history, made = plan_now(settings, every=DAILY if options.daily else HOURLY)
    except (PaywallError, OSError) as error:
        print(tell("desk : {error}", error=error), file=sys.stderr)
        return 1
    Console().print(_table(inventory, history, made))
    if not history.whole_days:
        print(tell("Pas encore un jour entier de comptages : les campagnes partagent à égalité."))
    return 0


def _table(inventory: Inventory, history: History, made: Made) -> Table:
    outlook: dict[str, Outlook] = {}
    if history.whole_days:
        market = Market.of(inventory, history, made.yields)
        outlook = {each.slug: each for each in market.outlook()}
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.caption = tell(
        "Part : des lectures de ses pages, autant que les campagnes d’avant en laissent."
    )
    table.caption_justify = "left"
    table.add_column(tell("campagne"), overflow="fold")
    for name in (tell("fin"), tell("promis"), tell("vus"), tell("part"), tell("vus à la fin")):
        table.add_column(name, justify="right")
    for slug, rate in made.plan.flights or ():
        flight = inventory.flights[slug]
        table.add_row(
            escape(slug),
            flight.end.isoformat(),
            _goal(flight.goal, exclusive=flight.exclusive),
            spoken_count(history.delivered.get(slug, 0)),
            _share(rate),
            _at_end(outlook.get(slug)),
        )
    return table


def _goal(goal: int | None, *, exclusive: bool) -> str:
    if exclusive:
        return tell("exclusif")
    return "–" if goal is None else spoken_count(goal)


def _share(rate: float) -> str:
    return tell("{percent} %", percent=f"{100 * rate:.0f}" if rate >= 0.01 or not rate else "< 1")


def _at_end(outlook: Outlook | None) -> str:
    """What it will have had, and what will be lacking."""
    if outlook is None:
        return "–"
    had = spoken_count(round(outlook.delivered + outlook.expected))
    if round(outlook.missing) < 1:
        return had
    return tell("{had} (manque {n})", had=had, n=spoken_count(round(outlook.missing)))
