"""How steps are shown to whoever waits: a bar at a terminal, a few lines anywhere else."""

import os
import time
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from plugins.magazine.messages import spoken_count, spoken_seconds, tell
from plugins.press.steps import Display, Step

LONG_SECONDS = 3.0
"""A step that takes less is not worth a line."""

LINE_SECONDS = 15.0
"""How often a long step says how far it is, where there is no terminal."""

FRAME_SECONDS = 0.1
"""How often a bar is drawn."""


def display_for(stream: TextIO) -> Display:
    """Bars where a person watches, lines in a file, a pipe or a terminal that cannot draw."""
    if stream.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        return Bars(stream)
    return Lines(stream)


class Lines:
    """A line for each step that took long, and now and then one while it lasts."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._said_at = stream, 0.0

    def begin(self, _step: Step) -> None:
        """Nothing is said of a step that may be short."""
        self._said_at = time.monotonic()

    def move(self, step: Step) -> None:
        """Say how far a long step is."""
        if step.done and time.monotonic() - self._said_at > LINE_SECONDS:
            self._said_at = time.monotonic()
            done, total = spoken_count(step.done), spoken_count(step.total)
            self._say(tell("{step} : {done} sur {total}", step=step.name, done=done, total=total))

    def end(self, step: Step) -> None:
        """Say how long a long step took."""
        if step.seconds >= LONG_SECONDS:
            self._say(
                tell("{step} : {seconds} s", step=step.name, seconds=spoken_seconds(step.seconds))
            )

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class Bars:
    """A bar for the present step, with counts and the time left; it goes when the step is over.

    It is drawn by hand: a thread that draws would hold locks while workers are forked.
    """

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream)
        self._bar = Progress(console=self._console, auto_refresh=False)
        self._drawn_at = 0.0

    def begin(self, step: Step) -> None:
        """Name the step; its bar comes when it is known how much there is to do."""
        self._start(step, TextColumn("{task.description}…"))

    def move(self, step: Step) -> None:
        """Draw how far the step is, not more often than anybody sees."""
        if not step.total:
            return
        if len(self._bar.columns) == 1:
            self.end(step)
            self._start(step, *_columns())
        self._bar.update(self._bar.task_ids[0], completed=step.done)
        if time.monotonic() - self._drawn_at > FRAME_SECONDS:
            self._draw()

    def end(self, _step: Step) -> None:
        """Take the bar away."""
        self._bar.stop()

    def _start(self, step: Step, *columns: ProgressColumn) -> None:
        self._bar = Progress(
            *columns,
            console=self._console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._bar.add_task(step.name, total=step.total or None)
        self._bar.start()
        self._console.show_cursor()  # which a killed build could not bring back
        self._draw()

    def _draw(self) -> None:
        self._bar.refresh()
        self._drawn_at = time.monotonic()


def _columns() -> tuple[ProgressColumn, ...]:
    """The name, the bar, how many of how many, the time left."""
    left = TextColumn(tell("reste"))
    name = TextColumn("{task.description}")
    return name, BarColumn(), MofNCompleteColumn(), left, TimeRemainingColumn(compact=True)
