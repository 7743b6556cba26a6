"""``desk ads pages``: how often pages were read, from the log that ads are counted in."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from desk.ads.asked import add_month, day, telling
from desk.command import add_command
from paywall.ads.inventory import read_inventory
from paywall.ads.reports.readership import By, Views, page_views
from paywall.commands.terminal import show_table
from paywall.csv_files import Cell
from paywall.settings import Settings
from plugins.magazine.messages import tell

_USUAL = timedelta(days=29)
"""Without a month: today and as many days before."""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``pages``."""
    pages = add_command(commands, "pages", tell("les lectures des pages, pour la rédaction"))
    add_month(pages, tell("un mois, comme 2026-12 ; sinon les trente derniers jours"))
    pages.add_argument(
        "--since",
        type=day,
        metavar=tell("JOUR"),
        help=tell("depuis ce jour, comme 2026-01-01"),
    )
    pages.add_argument(
        "--by",
        choices=get_args(By),
        default="page",
        help=tell("par page, rubrique, provenance, accès ou jour (page)"),
    )
    pages.add_argument("--csv", action="store_true", help=tell("en CSV, même à l’écran"))
    pages.set_defaults(run=telling(_run))


def _run(options: argparse.Namespace) -> int:
    service = Settings.from_env(os.environ)
    inventory = read_inventory(service.output)
    today = datetime.now(UTC).astimezone(ZoneInfo(inventory.timezone)).date()
    first, last = _period(options, today)
    found = page_views(inventory, service.var / "events", first, last, options.by)
    if not found:
        print(
            tell("rien n’est compté du {first} au {last}", first=first, last=last), file=sys.stderr
        )
    show_table(_header(options.by), _rows(found, options.by), as_csv=options.csv)
    return 0


def _period(options: argparse.Namespace, today: date) -> tuple[date, date]:
    if options.month:
        return options.month.first, options.month.last
    return options.since or today - _USUAL, today


def _header(by: By) -> Sequence[str]:
    named = {
        "page": tell("page"),
        "section": tell("rubrique"),
        "source": tell("provenance"),
        "tier": tell("accès"),
        "day": tell("jour"),
    }
    title = (tell("titre"),) if by == "page" else ()
    return (named[by], *title, tell("lectures"), tell("marquées"))


def _rows(found: Sequence[Views], by: By) -> Iterator[Sequence[Cell]]:
    for views in found:
        title = (views.title,) if by == "page" else ()
        yield (views.name, *title, views.views, views.suspect)
