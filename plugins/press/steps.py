"""The steps of a build: how long each took, how many things it made and how many it kept."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from plugins.magazine.messages import spoken_count, spoken_seconds, tell


@dataclass(slots=True, eq=False)
class Step:
    """One step. ``total`` is how many things it has to make, where that is known."""

    name: str
    kept: int = 0
    total: int = 0
    done: int = 0
    seconds: float = 0.0


class Display(Protocol):
    """Where steps are shown while they last."""

    def begin(self, step: Step) -> None:
        """A step begins."""

    def move(self, step: Step) -> None:
        """A step knows how much there is to do, or has done some of it."""

    def end(self, step: Step) -> None:
        """A step is over: done, or stopped by an error."""


class Steps:
    """The steps so far. What works counts here, and knows nothing of terminals."""

    def __init__(self, display: Display | None = None) -> None:
        self._display = display
        self.steps: list[Step] = []

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Time a step; what is expected and done meanwhile counts as its own."""
        step, started = Step(name), time.monotonic()
        self.steps.append(step)
        if self._display:
            self._display.begin(step)
        try:
            yield step
        finally:
            step.seconds = time.monotonic() - started
            if self._display:
                self._display.end(step)

    def expect(self, total: int, kept: int = 0) -> None:
        """Say how many things the present step has to make, and how many it need not."""
        if self.steps:
            step = self.steps[-1]
            step.total, step.kept = total, kept
            self._show(step)

    def tell(self, count: int) -> None:
        """Say that so many more are done."""
        if self.steps:
            step = self.steps[-1]
            step.done += count
            self._show(step)

    def _show(self, step: Step) -> None:
        if self._display:
            self._display.move(step)


def table(steps: list[Step]) -> str:
    """Seconds, things made and things kept, a line a step (``bench/table.py`` reads it)."""
    head = f"  {tell('étape'):<28}{'s':>8}{tell('faits'):>12}{tell('gardés'):>12}"
    return "\n".join([head, *map(_row, steps)])


def _row(step: Step) -> str:
    counts = (step.done, step.kept) if step.done or step.kept else ()
    numbers = "".join(f"{spoken_count(n):>12}" for n in counts)
    return f"  {step.name:<28}{spoken_seconds(step.seconds):>8}{numbers}"
