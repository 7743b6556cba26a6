"""A published build as it stands in memory, to be revised."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from pelican import signals

from plugins.magazine.compose.cards import is_over
from plugins.magazine.edition import Edition, as_typed
from plugins.magazine.problems import Problems
from plugins.magazine.settings import from_pelican
from plugins.press.apart import Apart
from plugins.press.making import hold_memory
from plugins.press.plan import Leaf, Plan
from plugins.press.press import Built
from plugins.resident.revision import Reviser, ShapeChangedError
from plugins.resident.trees import Trees


class Standing:
    """Publishes what an edit touches: the pages at once, what is made of all pages in a pause.

    A generator says which of its leaves an edit touches (``renew``), or that it plans its few
    leaves again (``replans``). With one that says neither, nothing can be revised.
    """

    def __init__(self, built: Built, published: Path) -> None:
        self._context, self._plan = built.context, built.plan
        self.edition: Edition = built.context["edition"]
        planning = [g for g in built.generators if _plans(g)]
        self._renewing = [g for g in planning if hasattr(g, "renew")]
        self._replanning = [g for g in planning if getattr(g, "replans", False)]
        self._trees = Trees(published, built)
        self._trees.catch_up()
        others = set(planning) - {*self._renewing, *self._replanning}
        self._is_sound = not others and self._trees.is_all_planned
        self._reviser = Reviser(self.edition)
        self._owes_lists = False
        self._apart: Apart | None = None
        for generator in self._replanning:
            if hasattr(generator, "may_revise"):
                generator.may_revise([])
        hold_memory()

    @property
    def notices(self) -> list[str]:
        """What the editor should know of what was built."""
        return self._plan.notices

    @property
    def is_past(self) -> bool:
        """Whether the clock has passed something since: a day, an event."""
        then, now = self.edition.settings.now, from_pelican(self._context).now
        events = self.edition.graph.events
        return then.date() != now.date() or any(is_over(e, then) != is_over(e, now) for e in events)

    def revise(self, paths: Collection[str]) -> int:
        """Publish the pages that show what has changed in some documents; how many pages.

        Raises :class:`ShapeChangedError` when everything has to be read again, and what a build
        raises when the documents cannot be published.
        """
        if not self._is_sound or signals.finalized.receivers:
            raise ShapeChangedError
        problems = Problems(as_typed(self.edition.settings.content))
        documents = self._reviser.read(paths, problems)
        problems.raise_any()
        if not documents:
            return 0
        self._is_sound = False  # until what is known and what is published agree again
        pages = self._reviser.replace(documents)
        if not all(g.may_revise(documents) for g in self._replanning if hasattr(g, "may_revise")):
            raise ShapeChangedError
        leaves = [leaf for generator in self._renewing for leaf in generator.renew(pages)]
        self._trees.publish(leaves, self._plan.checks)
        self._is_sound = self._owes_lists = True
        return len(pages)

    def finish(self) -> None:
        """Publish what is made of all pages, a step at a time; then tidy up."""
        if self._owes_lists:
            self._owes_lists = False
            self._publish_lists()
        elif self._apart and self._apart.is_done:
            self._publish_apart(self._apart)
        else:
            self._trees.catch_up()

    def close(self) -> None:
        """Leave both trees alike."""
        self._stop_apart()
        self._trees.catch_up()

    def _publish_lists(self) -> None:
        leaves = self._replan()
        self._trees.publish([k for k in leaves if not k.path.endswith("/")], self._plan.checks)
        if any(leaf.path.endswith("/") for leaf in leaves):
            self._stop_apart()  # it would find other texts than those it knows of
        self.edition.shelf.keep_unkept()  # not before: what is kept is what was published
        for leaf in leaves:
            if leaf.path.endswith("/"):
                self._apart = Apart(leaf)

    def _replan(self) -> list[Leaf]:
        """Leaves that are planned again and differ from what is published."""
        fresh = self._context["plan"] = Plan()
        try:
            for generator in self._replanning:
                generator.generate_output(None)
        finally:
            self._context["plan"] = self._plan
        self._plan.leaves |= fresh.leaves
        return [leaf for leaf in fresh.leaves.values() if not self._trees.has(leaf)]

    def _publish_apart(self, apart: Apart) -> None:
        self._apart = None
        self._trees.publish([apart.take()], self._plan.checks)

    def _stop_apart(self) -> None:
        if self._apart:
            self._apart.stop()
        self._apart = None


def _plans(generator: Any) -> bool:
    """Whether a generator makes something; what Pelican's own would write is no leaf."""
    own = type(generator).__module__.startswith("pelican.")
    return hasattr(generator, "generate_output") and not own
