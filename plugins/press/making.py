"""Makes leaves on all cores: worker processes are forked when all that they need is in memory."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from plugins.press.aside import Aside
from plugins.press.plan import Leaf
from plugins.press.workers import workers

T = TypeVar("T")
R = TypeVar("R")

FEW = 12
"""So few leaves are made sooner than workers start."""

PART = 40
"""Leaves that a worker makes at a time, at most."""

PARTS_A_CORE = 16
"""At least so many, so that all cores end together, and that it is seen how far they are."""

Tell = Callable[[int], object]
"""Told how many more are done."""


def make_all(leaves: list[Leaf], aside: Aside, tell: Tell = lambda _count: None) -> list[str]:
    """Make every leaf and put it in its place; the files that were put."""
    files: list[str] = []
    for put in map_forked(aside.put, leaves):
        files += put
        tell(1)
    return files


def map_forked(make: Callable[[T], R], items: Sequence[T], few: int = FEW) -> Iterator[R]:
    """What ``make`` gives for each item, in order; on all cores when there are more than few.

    Workers are forked here: ``make`` and the items are found in memory, only results are sent.
    """
    if len(items) <= few:
        yield from map(make, items)
        return
    size = max(1, min(PART, len(items) // (PARTS_A_CORE * (os.cpu_count() or 1))))
    parts = [range(n, min(n + size, len(items))) for n in range(0, len(items), size)]
    with memory_shared(), workers() as pool:
        _shared.append((make, items))
        try:
            for made in pool.map(_make_part, parts):
                yield from made
        finally:
            _shared.pop()


_shared: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What workers are to do: how a fork is given what cannot be sent."""


def _make_part(part: range) -> list[Any]:
    make, items = _shared[-1]
    return [make(items[n]) for n in part]


@contextmanager
def memory_shared() -> Iterator[None]:
    """While processes are forked: a collection in one would copy all memory that it looks at."""
    if gc.get_freeze_count():  # it is held already
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def hold_memory() -> None:
    """Take what is in memory for lasting, until it is released: a resident build's knowledge."""
    gc.collect()
    gc.freeze()


def release_memory() -> None:
    """Let collections look at everything again."""
    gc.unfreeze()
