"""How long a request's body is waited for, with one timer for all who wait.

A timer for each (`asyncio.timeout`) would be a quarter of what a beacon costs.
"""

import asyncio
from types import TracebackType
from typing import TypeAlias

Task: TypeAlias = asyncio.Task[object]


class TooSlowError(Exception):
    """Waited for too long."""


class Patience:
    """A context for the tasks of one event loop: each is given up after one to two times `seconds`.

    Raises `TooSlowError` in whoever has waited that long.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[Task, float] = {}
        self._given_up: set[Task] = set()
        self._watching: asyncio.AbstractEventLoop | None = None

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        if self._watching is not loop:
            self._watch(loop)
        self._since[_this_task()] = loop.time()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        task = _this_task()
        del self._since[task]
        if task in self._given_up:
            self._given_up.discard(task)
            if task.uncancel() == 0 and kind is asyncio.CancelledError:
                raise TooSlowError from error

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        self._watching = loop
        loop.call_later(self._seconds, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        oldest, self._watching = loop.time() - self._seconds, None
        for task, since in self._since.items():
            if since <= oldest and task not in self._given_up:
                self._given_up.add(task)
                task.cancel()
        if self._since:
            self._watch(loop)


def _this_task() -> Task:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 (a request is answered by a task)
    return task
