"""One run of the press for the desk: with bars at a terminal, with an explanation if asked."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from pelican import get_instance, parse_arguments
from pelican.log import init as init_logging

from desk.explain import Standing, explain, paths_of
from desk.settings import read_settings
from plugins.magazine.messages import tell
from plugins.magazine.settings import SettingsError
from plugins.press import state
from plugins.press.display import display_for
from plugins.press.inputs import Inputs
from plugins.press.press import Press, say
from plugins.press.publish import unfinished_beside
from plugins.press.steps import Steps


def build(options: argparse.Namespace, seen: Inputs | None, *, is_told: bool = False) -> int:
    """Build; ``BuildStopped``, exit status 1, when nothing could be published.

    ``is_told``: the editor knows already that nothing has changed.
    """
    try:
        read_settings(options.settings)
        press = _press(options.settings)
    except SettingsError as error:
        say(str(error))
        return 1
    if seen:
        press.when_published = lambda plan: state.remember(seen, os.environ, plan.moments)
    press.afresh, press.is_silent = options.all, is_told
    if not options.explain:
        press.run()
        return 0
    return _build_and_explain(press, options.explain)


def _press(settings: Path) -> Press:
    """Pelican with these settings, as its own command would start it."""
    init_logging(name="pelican")
    press: Press = get_instance(parse_arguments(["--settings", str(settings)]))[0]
    press.steps = Steps(display_for(sys.stderr))
    return press


def _build_and_explain(press: Press, asked: str) -> int:
    output = Path(press.output_path)
    earlier = Standing.of(unfinished_beside(output))
    before = Standing.of(output)
    press.run()
    now = Standing.of(output)
    found = paths_of(asked, now.entries, output, press.context["edition"]) if now else []
    if now is None or not found:
        say(tell("{path} : rien n’est publié à cette adresse", path=asked))
        return 1
    for path in found:
        say("\n".join(_explained(path, press, (earlier, before, now))))
    return 0


def _explained(
    path: str, press: Press, trees: tuple[Standing | None, Standing | None, Standing]
) -> Iterator[str]:
    """Why this build made a file; when it kept it, why the build before did."""
    (earlier, before, now), edition = trees, press.context["edition"]
    kept = tell("{path} : gardé, rien de ce dont il est fait n’a changé.", path=path)
    yield from explain(path, edition, before, now, kept=kept)
    if not earlier or not before or earlier.entries == before.entries:
        return  # the build before brought both trees up, and what it made is not known
    if before.entries.get(path) == now.entries[path]:
        older = tell("La construction d’avant l’avait gardé aussi.")
        if earlier.entries.get(path) != before.entries[path]:
            yield tell("La construction d’avant l’avait fait :")
        yield from explain(path, edition, earlier, before, kept=older)
