"""Draws covers, figures and icons for the magazine."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from babel.dates import format_date

from desk.cover import CoverText, draw_cover
from desk.designs import DESIGNS
from desk.figures import FIGURES, write_figure
from plugins.cards.encoding import png
from plugins.cards.icon import draw_favicon, draw_icon, icon_svg
from plugins.magazine.front_matter import FrontMatterError, read_front_matter
from plugins.magazine.typography import set_plain


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``cover``, ``figures`` and ``icons``."""
    cover = commands.add_parser("cover", help="dessiner la couverture d’un numéro")
    cover.add_argument("folder", type=Path, help="son dossier, comme content/issues/812-lumiere")
    cover.add_argument("--design", choices=sorted(DESIGNS), required=True, help="le dessin")
    cover.add_argument("--seed", type=int, default=0, help="une variante : un nombre")
    cover.add_argument("--title", help="le titre, s’il faut d’autres coupures que « title »")
    cover.add_argument("--site", default="La Gazette du bicorne", help="le nom du magazine")
    cover.set_defaults(run=_printing(_cover))
    figures = commands.add_parser("figures", help="redessiner les figures des articles")
    figures.add_argument("content", type=Path, nargs="?", default=Path("content"))
    figures.set_defaults(run=_printing(_figures))
    icons = commands.add_parser("icons", help="redessiner les icônes du site")
    icons.add_argument("folder", type=Path, nargs="?", default=Path("theme/static/icons"))
    icons.set_defaults(run=_printing(_icons))


def _printing(
    draw: Callable[[argparse.Namespace], list[Path]],
) -> Callable[[argparse.Namespace], int]:
    """A command that prints what it has drawn, or why it could not; gives its exit status."""

    def run(options: argparse.Namespace) -> int:
        try:
            for path in draw(options):
                print(path)
        except (OSError, KeyError, ValueError) as error:
            print(f"desk : {error}", file=sys.stderr)
            return 1
        return 0

    return run


def _cover(options: argparse.Namespace) -> list[Path]:
    try:
        issue = read_front_matter((options.folder / "issue.md").read_text("utf-8")).fields
    except FrontMatterError as error:
        raise ValueError(f"{options.folder}/issue.md:{error.line}: {error}") from error
    day = date.fromisoformat(issue["date"])
    text = CoverText(
        site_name=options.site,
        number=int(issue["number"]),
        title=set_plain(options.title or issue["title"]),
        date_label=format_date(day, "MMMM y", "fr").capitalize(),
    )
    target: Path = options.folder / issue["cover"]["file"]
    target.write_bytes(png(draw_cover(options.design, text, options.seed)))
    return [target]


def _icons(options: argparse.Namespace) -> list[Path]:
    drawn = {
        "apple-touch-icon.png": draw_icon(180),
        "icon-192.png": draw_icon(192),
        "icon-512.png": draw_icon(512),
        "favicon.ico": draw_favicon(),
        "icon.svg": icon_svg().encode(),
    }
    for name, content in drawn.items():
        (options.folder / name).write_bytes(content)
    return [options.folder / name for name in drawn]


def _figures(options: argparse.Namespace) -> list[Path]:
    return [write_figure(options.content, name) for name in FIGURES]
