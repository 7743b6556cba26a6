"""Builds the magazine: at once when nothing has changed, else by one run of the press."""

import argparse
import os
import sys
import time
from pathlib import Path

from plugins.magazine.messages import tell
from plugins.press import inputs, state


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``build``."""
    build = commands.add_parser("build", help="vérifier le magazine et le publier")
    build.add_argument(
        "--settings",
        type=Path,
        default=Path("pelicanconf.py"),
        metavar="FICHIER",
        help="les réglages : publishconf.py pour le site public",
    )
    build.add_argument(
        "--explain",
        metavar="ADRESSE",
        help="dire pourquoi une page a été faite, ou gardée : /articles/un-pont/",
    )
    build.add_argument(
        "--all", action="store_true", help="oublier ce qui est connu et tout construire"
    )
    build.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build, unless what stands there is already what a build would make; the exit status."""
    if not options.settings.is_file():
        _say(tell("{file} : pas de fichier de réglages à cet endroit", file=options.settings))
        return 1
    seen = inputs.look(options.settings)
    wanted = options.all or options.explain
    if seen and not wanted and state.is_current(seen, os.environ, time.time()):
        _say(
            tell(
                "Rien n’a changé depuis la dernière publication ({output}).",
                output=_shown(seen.output),
            )
        )
        return 0
    from desk.pressing import build  # Pelican, which a build without changes does without

    return build(options, seen)


def _shown(folder: Path) -> Path:
    """A folder as the editor would type it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _say(message: str) -> None:
    print(message, file=sys.stderr)
