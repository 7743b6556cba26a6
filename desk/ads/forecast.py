"""``desk ads forecast``: what can be promised on a theme in a month, and what would be late."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches

import msgspec
from rich.console import Console
from rich.table import Table

from desk.command import add_command
from paywall.ads.inventory import Flight, Inventory
from paywall.ads.planning.history import History
from paywall.ads.planning.making import read_now
from paywall.ads.planning.selling import Market, Offer, Outlook, Range, overbooked
from paywall.ads.planning.wanted import MOST_DAYS
from paywall.ads.planning.yields import read_yields
from paywall.errors import PaywallError
from paywall.settings import Settings
from plugins.magazine.messages import spoken_count, tell

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_FEW_DAYS = 28


class ForecastError(Exception):
    """Nothing can be forecast, and why, for the editor."""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``forecast``."""
    about = tell("prévoir ce qui peut être promis à un annonceur")
    forecast = add_command(commands, "forecast", about)
    forecast.add_argument(
        "--theme",
        action="append",
        default=[],
        metavar=tell("THÈME"),
        help=tell("comme energie ; répétable ; sans rien : toutes les pages"),
    )
    forecast.add_argument(
        "--month",
        type=_month,
        required=True,
        metavar=tell("MOIS"),
        help=tell("comme 2026-12"),
    )
    forecast.add_argument(
        "--goal",
        type=int,
        metavar=tell("NOMBRE"),
        help=tell("ce qui serait promis, pour savoir ce qui en serait en retard"),
    )
    forecast.set_defaults(run=run)


def _month(text: str) -> tuple[date, date]:
    typed = _MONTH.fullmatch(text)
    if not typed:
        raise argparse.ArgumentTypeError(
            tell("« {text} » n’est pas un mois, comme 2026-12", text=text)
        )
    first = date(int(typed[1]), int(typed[2]), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def run(options: argparse.Namespace) -> int:
    """Forecast, and print."""
    try:
        settings = Settings.from_env(os.environ)
        inventory, history = read_now(settings)
        _check(inventory, history, options)
    except (PaywallError, ForecastError, OSError) as error:
        print(tell("desk : {error}", error=error), file=sys.stderr)
        return 1
    asked, yields = _asked(options), read_yields(settings.var)
    offer = Market.of(inventory, history, yields).offer(asked)
    Console().print(_table(offer))
    goal = round(offer.total.p50) if options.goal is None else options.goal
    sold = msgspec.structs.replace(asked, goal=goal)
    late = overbooked(inventory, history, ("", sold), yields) if goal else ()
    for line in (*_notes(history, options), *_lateness(goal, late)):
        print(line)
    return 0


def _check(inventory: Inventory, history: History, options: argparse.Namespace) -> None:
    for theme in options.theme:
        if theme not in inventory.themes:
            near = tell(" ou ").join(get_close_matches(theme, inventory.themes, n=2))
            hint = tell("(vouliez-vous dire {names} ?)", names=near) if near else ""
            raise ForecastError(
                tell("« {theme} » n’est pas un thème {hint}", theme=theme, hint=hint)
            )
    _, last = options.month
    if last < history.today:
        raise ForecastError(tell("ce mois est passé : voir desk ads report"))
    if (last - history.today).days >= MOST_DAYS:
        raise ForecastError(tell("rien n’est prévu à plus de {n} jours", n=MOST_DAYS))
    if not history.whole_days:
        raise ForecastError(
            tell("pas encore un jour entier de comptages : il n’y a rien d’où prévoir")
        )


def _asked(options: argparse.Namespace) -> Flight:
    """The flight that nobody has booked yet: on these themes, in this month, wherever ads stand."""
    first, last = options.month
    return Flight(
        advertiser="", campaign="", kind="paid", status="proposed", start=first, end=last,
        goal=None, exclusive=False, daily_cap=None, price_cents=None,
        placements=("article", "home", "list", "event"), themes=tuple(options.theme),
        excluded_themes=(), subscribers=True, creatives=(),
    )  # fmt: skip


def _table(offer: Offer) -> Table:
    """Places, their total, what is free: page views, and viewable impressions three ways."""
    names = {
        "article": tell("articles"),
        "home": tell("accueil"),
        "list": tell("listes"),
        "event": tell("agenda"),
    }
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("")
    headings = (
        tell("pages vues"),
        tell("prudent (P10)"),
        tell("probable (P50)"),
        tell("au mieux (P90)"),
    )
    for heading in headings:
        table.add_column(heading, justify="right")
    for place in offer.places:
        table.add_row(names[place.placement], _count(place.page_views), *_range(place.viewable))
    views = sum(place.page_views for place in offer.places)
    table.add_row(tell("impressions visibles"), _count(views), *_range(offer.total), style="bold")
    table.add_row(tell("dont libres"), "", *_range(offer.free), style="bold")
    return table


def _range(amounts: Range) -> tuple[str, str, str]:
    return _count(amounts.p10), _count(amounts.p50), _count(amounts.p90)


def _count(amount: float) -> str:
    return spoken_count(int(amount))


def _notes(history: History, options: argparse.Namespace) -> Sequence[str]:
    notes = []
    if options.month[0] < history.today:
        notes.append(tell("Ce mois est commencé : il s’agit de ce qu’il en reste."))
    if history.whole_days < _FEW_DAYS:
        days = history.whole_days
        notes.append(tell("Jours entiers comptés : {n} ; la prévision est peu sûre.", n=days))
    return notes


def _lateness(goal: int, late: Sequence[Outlook]) -> Sequence[str]:
    """What would be late, by the prudent forecast."""
    if not goal:
        return ()
    if not late:
        message = "Si {n} étaient vendues, rien ne serait en retard (prévision prudente)."
        return (tell(message, n=spoken_count(goal)),)
    message = "Si {n} étaient vendues, seraient en retard (prévision prudente) :"
    return (tell(message, n=spoken_count(goal)), *(_late(each) for each in late))


def _late(outlook: Outlook) -> str:
    name = outlook.slug or tell("cette vente")
    missing = spoken_count(round(outlook.missing))
    return tell("  {name} : il manquerait {n}", name=name, n=missing)
