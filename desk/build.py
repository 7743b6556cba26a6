"""Builds the magazine: at once when nothing has changed, else by one run of the press."""

import argparse
import os
import sys
import time
from pathlib import Path

from desk.command import add_command, add_settings
from plugins.magazine.messages import tell
from plugins.press import inputs, state


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``build``."""
    build = add_command(commands, "build", tell("vérifier le magazine et le publier"))
    add_settings(build)
    build.add_argument(
        "--explain",
        metavar=tell("ADRESSE"),
        help=tell(
            "dire pourquoi une page a été faite, ou gardée : /articles/un-pont/, "
            "ou le fichier d’un texte"
        ),
    )
    build.add_argument(
        "--all", action="store_true", help=tell("oublier ce qui est connu et tout construire")
    )
    build.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build, unless what stands there is already what a build would make; the exit status."""
    seen = inputs.look(options.settings)
    is_current = bool(seen and not options.all and state.is_current(seen, os.environ, time.time()))
    if seen and is_current:
        message = "Rien n’a changé depuis la dernière publication ({output})."
        print(tell(message, output=_shown(seen.output)), file=sys.stderr)
        if not options.explain:
            return 0
    from desk.pressing import build  # Pelican, which a build without changes does without

    return build(options, seen, is_told=is_current)


def _shown(folder: Path) -> Path:
    """A folder as the editor would type it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
