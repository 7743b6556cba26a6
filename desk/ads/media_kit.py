"""``desk ads media-kit``: the audience by theme, counted, onto the page for advertisers."""

import argparse
import os
import sys
from datetime import date, timedelta
from pathlib import Path

from desk.ads.rewriting import write_whole
from desk.command import add_command, add_settings
from desk.settings import read_settings
from paywall.ads.audience import views_by_theme
from paywall.ads.inventory import read_inventory
from paywall.errors import PaywallError
from paywall.settings import Settings as ServiceSettings
from plugins.magazine.edition import as_typed
from plugins.magazine.media_kit import AUDIENCE, FEWEST
from plugins.magazine.messages import tell
from plugins.magazine.settings import SettingsError

USUAL_MONTHS = 3
MOST_MONTHS = 24


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``media-kit``."""
    about = tell("dire aux annonceurs combien chaque thème est lu")
    kit = add_command(commands, "media-kit", about)
    kit.add_argument(
        "--months",
        type=int,
        choices=range(1, MOST_MONTHS + 1),
        default=USUAL_MONTHS,
        metavar=tell("NOMBRE"),
        help=tell("sur combien de mois entiers (3)"),
    )
    add_settings(kit)
    kit.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Count, and write what the next build shows."""
    try:
        settings, service = read_settings(options.settings), ServiceSettings.from_env(os.environ)
        first, last = whole_months(settings.now.date(), options.months)
        inventory = read_inventory(service.output)
        views = views_by_theme(inventory, service.var / "events", first, last)
        file = as_typed(settings.content) / AUDIENCE
        if max(views.values(), default=0) < FEWEST:
            message = "rien d’assez lu n’est compté du {first} au {last} : {file} n’est pas changé"
            print(tell(message, first=first, last=last, file=file), file=sys.stderr)
            return 1
        _write(settings.content / AUDIENCE, first, last, views)
    except (SettingsError, PaywallError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    message = "Pages vues du {first} au {last} : écrites dans {file}. « desk build » les publie."
    print(tell(message, first=first, last=last, file=file))
    return 0


def whole_months(today: date, months: int) -> tuple[date, date]:
    """The last so many months that are over."""
    last = today.replace(day=1) - timedelta(days=1)
    before = last.year * 12 + last.month - months  # counted from January of year 0
    return date(before // 12, before % 12 + 1, 1), last


def _write(file: Path, first: date, last: date, views: dict[str, int]) -> None:
    """Most read first; what is too little to be told is not even written."""
    told = sorted(((n, slug) for slug, n in views.items() if n >= FEWEST), reverse=True)
    lines = [
        f"# {tell('Écrit par « desk ads media-kit », à refaire quand on veut.')}",
        f"start: {first}",
        f"end: {last}",
        "themes:",
        *(f"  {slug}: {n}" for n, slug in told),
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    write_whole(file, ("\n".join(lines) + "\n").encode())
