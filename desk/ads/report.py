"""``desk ads report``: what an advertiser is shown of their campaign, as a page or as CSV."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desk.ads.asked import add_month, telling
from desk.command import add_command, add_settings
from desk.settings import read_settings
from paywall.ads.inventory import read_inventory
from paywall.ads.reports.campaign import report_on
from paywall.ads.reports.page import render
from paywall.ads.reports.sheet import as_csv
from paywall.ads.reports.style import style_of
from paywall.private_files import write_private
from paywall.settings import Settings
from plugins.magazine.messages import tell

_STANDARD_OUTPUT = Path("-")


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``report``."""
    report = add_command(
        commands, "report", tell("le rapport d’une campagne, à envoyer à l’annonceur")
    )
    add_settings(report)
    report.add_argument(
        "slug", metavar=tell("RÉSERVATION"), help=tell("le nom de son dossier, dans content/ads")
    )
    add_month(report, tell("un mois seulement, comme 2026-12"))
    report.add_argument("--csv", action="store_true", help=tell("en CSV, pour un tableur"))
    report.add_argument(
        "--output",
        type=Path,
        metavar=tell("FICHIER"),
        help=tell("où l’écrire ; « - » : à l’écran (rapport-RÉSERVATION.html)"),
    )
    report.set_defaults(run=telling(_run))


def _run(options: argparse.Namespace) -> int:
    magazine, service = read_settings(options.settings), Settings.from_env(os.environ)
    inventory = read_inventory(service.output)
    now = datetime.now(UTC).astimezone(ZoneInfo(inventory.timezone))
    report = report_on(inventory, service.var / "events", options.slug, now, options.month)
    if len(report.missing) == len(report.days):
        print(tell("aucun jour de ce rapport n’est compté"), file=sys.stderr)
    language = magazine.interface_lang
    written = (
        as_csv(report, language)
        if options.csv
        else render(report, language, style_of(magazine.theme))
    )
    path = options.output or _usual_name(options)
    if path == _STANDARD_OUTPUT:
        sys.stdout.write(written)
    else:
        write_private(path, written.encode())
        print(path)
    return 0


def _usual_name(options: argparse.Namespace) -> Path:
    month = f"-{options.month}" if options.month else ""
    return Path(f"rapport-{options.slug}{month}.{'csv' if options.csv else 'html'}")
