"""Pelican, strict: what cannot be loaded or published stops the build."""

import gc
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins

from plugins.magazine.messages import spoken_count, spoken_seconds, tell
from plugins.magazine.settings import SettingsError
from plugins.magazine.store import STORE_FILE
from plugins.press.afresh import forget_everything
from plugins.press.apart import Begun
from plugins.press.aside import Aside
from plugins.press.database import StoreDamagedError, discard
from plugins.press.display import Lines
from plugins.press.failures import REASONS, reason
from plugins.press.guests import surroundings
from plugins.press.ledger import NAME as LEDGER
from plugins.press.ledger import Entries, read_ledger, write_ledger
from plugins.press.plan import Leaf, Made, Plan, Stage
from plugins.press.publish import check_ours, only_build, publish, unfinished_beside
from plugins.press.stages import make_stages
from plugins.press.steps import Steps, table

MANY = 1_000
"""So many new files are put in both trees at once, rather than when somebody waits for an edit."""

LONG_SECONDS = 5.0
"""A build that takes less, away from a terminal, says in one line what it did."""


INTERRUPTED = 130
"""Exit status of a command that Ctrl-C ended, as shells give it."""


class BuildStopped(SystemExit):
    """Nothing is published; the reason is already on the terminal. Exit status 1, or 130."""

    def __init__(self, reason: BaseException) -> None:
        super().__init__(INTERRUPTED if isinstance(reason, KeyboardInterrupt) else 1)


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
    """``PELICAN_CLASS``: builds aside, then exchanges the whole output in one step.

    ``afresh``: nothing is taken over from earlier builds. ``is_silent``: what was done is not
    told. ``when_published`` is called once the site stands, while no other build can begin.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self.steps = Steps(Lines(sys.stderr))
        self.afresh = self.is_silent = False
        self.when_published: Callable[[Plan], None] = lambda _plan: None
        self.context: dict[str, Any] = {}
        self.generators: list[Any] = []
        super().__init__(settings)

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
        gc.disable()  # what a build makes lives to its end: there is no garbage to look for
        try:
            with only_build(published):
                check_ours(published)
                if self.afresh:
                    forget_everything(published, Path(self.settings["CACHE_PATH"]))
                standing = read_ledger(published) or {}
                made = self._build_anyhow(published, standing)
                self.when_published(self.context["plan"])
            gc.freeze()  # nor when the process ends
        except (*REASONS, OSError, KeyboardInterrupt) as error:
            told = reason(error, published, Path(self.settings["CACHE_PATH"]))
            if told is None:
                raise
            say(told)
            raise BuildStopped(error) from None
        finally:
            gc.enable()
        if not self.is_silent:
            self._report(made, standing, time.monotonic() - started)

    def _report(self, made: Made, standing: Entries, seconds: float) -> None:
        """Say what was done; where nobody watches, a quick build takes one line."""
        if seconds >= LONG_SECONDS or sys.stderr.isatty():
            say(table(self.steps.steps))
            say(_files(made, standing))
        message = "Publié : {pages} pages dans {output} ({seconds} s)."
        pages = spoken_count(len(self.context["edition"].pages))
        say(tell(message, pages=pages, output=made.published, seconds=spoken_seconds(seconds)))
        for notice in self.context["plan"].notices:
            say(notice)

    def _build_anyhow(self, published: Path, standing: Entries) -> Made:
        """Build; once more without the store where it is found damaged half way."""
        try:
            return self._build(published, standing)
        except StoreDamagedError:
            discard(Path(self.settings["CACHE_PATH"]) / STORE_FILE)
            return self._build(published, standing)

    def build(self, published: Path) -> Built:
        """Build and publish, and keep what was worked out. The caller holds the output's lock."""
        standing = read_ledger(published) or {}
        self.steps.steps.clear()
        try:
            made = self._build_anyhow(published, standing)
        finally:
            gc.enable()
        self.when_published(self.context["plan"])
        aside = read_ledger(unfinished_beside(published)) or {}
        return Built(self.generators, self.context, dict(made.entries), aside)

    def _build(self, published: Path, standing: Entries) -> Made:
        """Pelican's own run, without the report on its articles and pages."""
        unfinished = unfinished_beside(published)
        self.output_path = str(unfinished)
        plan, steps = Plan(), self.steps
        generators = self.generators = self._read(plan)
        aside = Aside(unfinished, published, standing)
        with Begun(aside.has) as begun:
            plan.begin = begun.begin
            with steps.step(tell("préparation")):
                left = self._prepared(generators, plan, aside)
            made = self._make(plan, left, aside, begun)
        with steps.step(tell("recherche de fuites")):
            for check in plan.checks:
                check(made)
        with steps.step(tell("publication")):
            write_ledger(unfinished, dict(made.entries))
            publish(unfinished, published)
            if len(left) > MANY or not (unfinished / LEDGER).exists():
                # the site stands: without a ledger, the next build makes the other tree again
                with suppress(OSError, KeyboardInterrupt):
                    Aside(unfinished, published, plan.keys).follow(plan)
        return made

    def _read(self, plan: Plan) -> list[Any]:
        """Generators that know all they will plan."""
        self.context = self.settings.copy() | {
            "generated_content": {},
            "static_links": set(),
            "static_content": {},
            "localsiteurl": self.settings["SITEURL"],
            "plan": plan,
            "surroundings": self._surroundings,
            "steps": self.steps,
        }
        generators = self._generators(self.context)
        for generator in generators:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        signals.all_generators_finalized.send(generators)
        return generators

    def _prepared(self, generators: list[Any], plan: Plan, aside: Aside) -> list[Leaf]:
        """Have everything planned; the leaves that have to be made, in their order."""
        writer = self._get_writer()
        for generator in generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(writer)
        return sorted(aside.bring_up_to(plan), key=lambda leaf: leaf.stage)

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

    def _make(self, plan: Plan, left: list[Leaf], aside: Aside, begun: Begun) -> Made:
        files = make_stages(plan, left, aside, begun, self.steps)
        for leaf in left:
            if leaf.tell_written:
                leaf.tell_written(str(aside.root / leaf.path))
        signals.finalized.send(self)
        if any(leaf.stage in (Stage.IMAGES, Stage.CARDS) for leaf in left):
            for kept in plan.kept:
                kept.forget_unused()
        others = dict.fromkeys(aside.others(plan) if self._has_guests() else (), b"")
        changed = [*(leaf.path for leaf in left), *others]
        return Made(aside.root, aside.published, plan.keys | others, changed, [*files, *others])

    def _has_guests(self) -> bool:
        """Whether there are plugins that may write files without planning them."""
        return any(not plugin.__name__.startswith("plugins.") for plugin in self.plugins)


class PluginError(SettingsError):
    """A plugin that the settings name does not load."""


def _files(made: Made, standing: Entries) -> str:
    """What became of the files of the output."""
    changed, gone = len(made.changed), len(standing.keys() - made.entries.keys())
    return tell(
        "Fichiers : {made} faits, {kept} gardés, {gone} disparus.",
        made=spoken_count(changed),
        kept=spoken_count(len(made.entries) - changed),
        gone=spoken_count(gone),
    )


def say(message: str) -> None:
    """Tell the editor something at the terminal."""
    print(message, file=sys.stderr)
