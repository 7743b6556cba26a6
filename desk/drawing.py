"""Draws covers, figures and icons for the magazine."""

import argparse
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from PIL import Image
from pydantic import TypeAdapter, ValidationError

from desk.command import add_command, add_settings
from desk.cover import CoverText, draw_cover
from desk.designs import DESIGNS
from desk.figures import FIGURES, write_figure
from desk.settings import read_settings
from plugins.cards.encoding import png
from plugins.cards.icon import draw_favicon, draw_icon, icon_svg
from plugins.images.source import FORMATS
from plugins.magazine.field_errors import field_errors, field_name
from plugins.magazine.front_matter import FrontMatterError, read_front_matter, read_text
from plugins.magazine.messages import tell
from plugins.magazine.problems import ContentError, Problems
from plugins.magazine.schema import IssueFields
from plugins.magazine.settings import SettingsError
from plugins.magazine.typography import set_plain

QUALITY = 92
"""Of covers in formats that lose detail."""


class DrawingError(Exception):
    """Nothing is drawn; the message is for the editor."""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``cover``, ``figures`` and ``icons``."""
    _add_cover(commands)
    figures = add_command(commands, "figures", tell("redessiner les figures des articles"))
    content = tell("le dossier du contenu (content)")
    figures.add_argument(
        "content",
        type=Path,
        nargs="?",
        default=Path("content"),
        metavar=tell("dossier"),
        help=content,
    )
    figures.set_defaults(run=_printing(_figures))
    icons = add_command(commands, "icons", tell("redessiner les icônes du site"))
    folder, default = tell("où les mettre (theme/static/icons)"), Path("theme/static/icons")
    icons.add_argument(
        "folder", type=Path, nargs="?", default=default, metavar=tell("dossier"), help=folder
    )
    icons.set_defaults(run=_printing(_icons))


def _add_cover(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    cover = add_command(commands, "cover", tell("dessiner la couverture d’un numéro"))
    folder = tell("son dossier, comme content/issues/812-lumiere")
    cover.add_argument("folder", type=Path, metavar=tell("dossier"), help=folder)
    cover.add_argument("--design", choices=sorted(DESIGNS), required=True, help=tell("le dessin"))
    variant = tell("une variante : un nombre")
    cover.add_argument("--seed", type=int, default=0, metavar="N", help=variant)
    title = tell("le titre, s’il faut d’autres coupures que « title »")
    cover.add_argument("--title", metavar=tell("TITRE"), help=title)
    name = tell("le nom du magazine, si ce n’est pas celui des réglages")
    cover.add_argument("--site", metavar=tell("NOM"), help=name)
    force = tell("remplacer la couverture qui est déjà là")
    cover.add_argument("--force", action="store_true", help=force)
    add_settings(cover)
    cover.set_defaults(run=_printing(_cover))


def _printing(
    draw: Callable[[argparse.Namespace], list[Path]],
) -> Callable[[argparse.Namespace], int]:
    """A command that prints what it has drawn, or why it could not; gives its exit status."""

    def run(options: argparse.Namespace) -> int:
        try:
            for path in draw(options):
                print(path)
        except (ContentError, SettingsError) as error:
            print(error, file=sys.stderr)
        except DrawingError as error:
            print(tell("desk : {error}", error=error), file=sys.stderr)
        except OSError as error:
            told = f"{error.filename}: {error.strerror}"
            print(tell("desk : {error}", error=told), file=sys.stderr)
        else:
            return 0
        return 1

    return run


def _cover(options: argparse.Namespace) -> list[Path]:
    settings = read_settings(options.settings)
    issue = _issue(options.folder / "issue.md")
    target = _target(options.folder, issue.cover.file)
    if target.exists() and not options.force:
        kept = tell("{file} existe déjà ; --force la remplace", file=target)
        raise DrawingError(kept)
    text = CoverText(
        site_name=options.site or settings.name,
        number=issue.number,
        title=set_plain(options.title or issue.title),
        date_label=format_date(issue.date, "MMMM y", settings.interface_lang).capitalize(),
    )
    target.write_bytes(_encoded(draw_cover(options.design, text, options.seed), target))
    return [target]


def _issue(file: Path) -> IssueFields:
    """What stands above an issue's editorial; ``ContentError`` with all that is wrong there."""
    problems = Problems()
    if not file.is_file():
        raise DrawingError(tell("{file} : pas de numéro à cet endroit", file=file))
    try:
        front = read_front_matter(read_text(file))
        return TypeAdapter(IssueFields).validate_python(front.fields)
    except FrontMatterError as error:
        problems.add(file, error.line, error.field, str(error))
    except ValidationError as error:
        for location, message in field_errors(error, IssueFields):
            problems.add(file, front.line_of(location), field_name(location), message)
    raise ContentError(problems.found)


def _target(folder: Path, named: str) -> Path:
    """Where a cover is, named from its issue's folder, or from the content folder by a slash."""
    content = folder.parent.parent
    target = content / named.lstrip("/") if named.startswith("/") else folder / named
    if not target.resolve().is_relative_to(content.resolve()):
        raise DrawingError(tell("« {target} » sort du dossier du magazine", target=named))
    if _format(target) not in FORMATS:
        message = "{file} : une couverture est une image {formats}"
        raise DrawingError(tell(message, file=target, formats=", ".join(FORMATS)))
    return target


def _format(file: Path) -> str:
    return Image.registered_extensions().get(file.suffix.lower(), "")


def _encoded(image: Image.Image, target: Path) -> bytes:
    """An image in the format that its file's name says."""
    kind = _format(target)
    if kind == "PNG":
        return png(image)
    out = BytesIO()
    image.convert("RGB").save(out, kind, quality=QUALITY)
    return out.getvalue()


def _icons(options: argparse.Namespace) -> list[Path]:
    _check_folder(options.folder)
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
    for name in FIGURES:
        _check_folder((options.content / name).parent)
    return [write_figure(options.content, name) for name in FIGURES]


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise DrawingError(tell("{folder} : pas de dossier à cet endroit", folder=folder))
