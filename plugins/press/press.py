"""Pelican, strict: what cannot be loaded or published stops the build."""

import errno
import shutil
import sys
import time
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins

from plugins.magazine.messages import tell
from plugins.magazine.problems import ContentError
from plugins.magazine.settings import SettingsError
from plugins.magazine.store import STORE_FILE, StoreDamagedError, discard
from plugins.press.aside import Aside
from plugins.press.guests import surroundings
from plugins.press.kept import forget_unused
from plugins.press.ledger import read_ledger, write_ledger
from plugins.press.making import make_all
from plugins.press.plan import CheckError, Made, Plan, Stage
from plugins.press.publish import PublishError, check_ours, only_build, publish, unfinished_beside

_REASONS = (ContentError, SettingsError, PublishError, CheckError)
"""What an editor can mend: told without a traceback."""


_LITTLE_BYTES = 1_000_000
"""A disk with less room than this is full."""


class BuildStopped(SystemExit):
    """Nothing is published; the reason is already on the terminal. Exit status 1."""

    def __init__(self) -> None:
        super().__init__(1)


class Press(Pelican):  # type: ignore[misc]
    """``PELICAN_CLASS``: builds aside, then exchanges the whole output in one step."""

    def init_plugins(self) -> None:
        """Load every plugin; unlike Pelican, stop at the first that fails."""
        named = self.settings["PLUGINS"]
        self.plugins = load_plugins(self.settings)
        if named is not None and len(self.plugins) < len(named):
            loaded = {plugin.__name__ for plugin in self.plugins}
            missing = [
                str(n) for n in named if n not in loaded and f"pelican.plugins.{n}" not in loaded
            ]
            raise PluginError(
                tell("plugin(s) impossibles à charger : {names}", names=", ".join(missing))
            )
        self._surroundings = surroundings(self.plugins, self.settings)
        for plugin in self.plugins:
            plugin.register()
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]

    def run(self) -> None:
        """Build the site; on any failure the published one stays as it was."""
        started = time.monotonic()
        published = Path(self.output_path)
        try:
            with only_build(published):
                check_ours(published)
                pages = self._build_anyhow(published)
        except (*_REASONS, KeyboardInterrupt) as error:
            _say(_reason(error))
            raise BuildStopped from None
        except OSError as error:
            if not self._is_full(error):
                raise
            shutil.rmtree(unfinished_beside(published), ignore_errors=True)
            _say(tell("plus de place sur le disque ; rien n’est publié."))
            raise BuildStopped from None
        seconds = f"{time.monotonic() - started:.1f}"
        message = "Publié : {pages} pages dans {output} ({seconds} s)."
        _say(tell(message, pages=pages, output=published, seconds=seconds))

    def _is_full(self, error: OSError) -> bool:
        """Whether a disk is full; the writers of some image formats do not say so."""
        if error.errno is not None:
            return error.errno in (errno.ENOSPC, errno.EDQUOT)
        written = (Path(self.output_path).parent, Path(self.settings["CACHE_PATH"]))
        return any(f.exists() and shutil.disk_usage(f).free < _LITTLE_BYTES for f in written)

    def _build_anyhow(self, published: Path) -> int:
        """Build; once more without the store where it is found damaged half way."""
        try:
            return self._build(published)
        except StoreDamagedError:
            discard(Path(self.settings["CACHE_PATH"]) / STORE_FILE)
            return self._build(published)

    def _build(self, published: Path) -> int:
        """Pelican's own run, without the report on its articles and pages; how many pages."""
        unfinished = unfinished_beside(published)
        self.output_path = str(unfinished)
        plan = Plan()
        context = self.settings.copy() | {
            "generated_content": {},
            "static_links": set(),
            "static_content": {},
            "localsiteurl": self.settings["SITEURL"],
            "plan": plan,
            "surroundings": self._surroundings,
        }
        generators = self._generators(context)
        for generator in generators:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        signals.all_generators_finalized.send(generators)
        standing = read_ledger(published) or {}
        aside = Aside(unfinished, published, standing)
        writer = self._get_writer()
        for generator in generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(writer)
        made = self._make(plan, aside)
        for check in plan.checks:
            check(made)
        write_ledger(unfinished, dict(made.entries))
        first = not published.exists()
        publish(unfinished, published)
        if first:
            with suppress(OSError):  # a tree without a ledger is made again by the next build
                Aside(unfinished, published, plan.keys).close()
        return len(context["edition"].pages)

    def _generators(self, context: dict[str, Any]) -> list[Any]:
        classes = sorted(self._get_generator_classes(), key=lambda c: getattr(c, "stage", 0))
        return [
            cls(
                context=context,
                settings=self.settings,
                path=self.path,
                theme=self.theme,
                output_path=self.output_path,
            )
            for cls in classes
        ]

    def _make(self, plan: Plan, aside: Aside) -> Made:
        left = sorted(aside.bring_up_to(plan), key=lambda leaf: leaf.stage)
        for _, leaves in groupby(left, key=lambda leaf: leaf.stage):
            make_all(list(leaves), aside)
        for leaf in left:
            if leaf.tell_written:
                leaf.tell_written(str(aside.root / leaf.path))
        signals.finalized.send(self)
        if any(leaf.stage == Stage.DRAWN for leaf in left):
            for folder in plan.kept:
                forget_unused(folder)
        entries = aside.entries_of(plan)
        others = [path for path, key in entries.items() if not key]
        changed = [*(leaf.path for leaf in left), *others]
        return Made(aside.root, aside.published, entries, changed)


class PluginError(Exception):
    """A plugin that the settings name does not load."""


def _reason(error: BaseException) -> str:
    """Why nothing is published (Pelican would let an interrupted build pass for a success)."""
    if isinstance(error, KeyboardInterrupt):
        return tell("construction interrompue ; rien n’est publié.")
    if isinstance(error, ContentError):
        count = tell("{n} problème(s) ; rien n’est publié.", n=len(error.problems))
        return f"{error}\n{count}"
    return str(error)


def _say(message: str) -> None:
    print(message, file=sys.stderr)
