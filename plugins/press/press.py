"""Pelican, strict: what cannot be loaded or published stops the build."""

import sys
import time
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins

from plugins.magazine.messages import tell
from plugins.magazine.problems import ContentError
from plugins.magazine.settings import SettingsError
from plugins.press.aside import Aside
from plugins.press.ledger import Entries, read_ledger, write_ledger
from plugins.press.making import make_all
from plugins.press.plan import CheckError, Made, Plan
from plugins.press.publish import PublishError, check_ours, only_build, publish, unfinished_beside

REASONS = (ContentError, SettingsError, PublishError, CheckError)
"""What an editor can mend: told without a traceback."""


class BuildStopped(SystemExit):
    """Nothing is published; the reason is already on the terminal. Exit status 1."""

    def __init__(self) -> None:
        super().__init__(1)


@dataclass(frozen=True, slots=True)
class Built:
    """A build that is published: what it was made with, and what stands in both trees."""

    generators: list[Any]
    context: dict[str, Any]
    published: Entries
    aside: Entries

    @property
    def plan(self) -> Plan:
        """What the build was to make."""
        plan: Plan = self.context["plan"]
        return plan


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
                pages = len(self.build(published).context["edition"].pages)
        except (*REASONS, KeyboardInterrupt) as error:
            _say(reason_of(error))
            raise BuildStopped from None
        seconds = f"{time.monotonic() - started:.1f}"
        message = "Publié : {pages} pages dans {output} ({seconds} s)."
        _say(tell(message, pages=pages, output=published, seconds=seconds))

    def build(self, published: Path) -> Built:
        """Pelican's own run, without the report on its articles and pages.

        Raises one of :data:`REASONS`. The caller holds the output folder's lock.
        """
        unfinished = unfinished_beside(published)
        self.output_path = str(unfinished)
        plan = Plan()
        context = self.settings.copy() | {
            "generated_content": {},
            "static_links": set(),
            "static_content": {},
            "localsiteurl": self.settings["SITEURL"],
            "plan": plan,
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
        entries = dict(made.entries)
        write_ledger(unfinished, entries)
        first = not published.exists()
        publish(unfinished, published)
        if first:
            Aside(unfinished, published, plan.keys).close()
        return Built(generators, context, entries, plan.keys if first else standing)

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
        changed: list[str] = []
        for _, leaves in groupby(left, key=lambda leaf: leaf.stage):
            changed += make_all(list(leaves), aside)
        for leaf in left:
            if leaf.tell_written:
                leaf.tell_written(str(aside.root / leaf.path))
        signals.finalized.send(self)
        entries = aside.entries_of(plan)
        changed += [path for path, key in entries.items() if not key]
        return Made(aside.root, aside.published, entries, changed)


class PluginError(Exception):
    """A plugin that the settings name does not load."""


def reason_of(error: BaseException) -> str:
    """Why nothing is published (Pelican would let an interrupted build pass for a success)."""
    if isinstance(error, KeyboardInterrupt):
        return tell("construction interrompue ; rien n’est publié.")
    if isinstance(error, ContentError):
        count = tell("{n} problème(s) ; rien n’est publié.", n=len(error.problems))
        return f"{error}\n{count}"
    return str(error)


def _say(message: str) -> None:
    print(message, file=sys.stderr)
