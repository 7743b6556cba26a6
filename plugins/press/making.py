"""Makes leaves on all cores: worker processes are forked when all that they need is in memory."""

import gc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from plugins.press.aside import Aside
from plugins.press.plan import Leaf
from plugins.press.workers import workers

FEW = 12
"""So few leaves are made sooner than workers start."""

PART = 40
"""Leaves that a worker makes at a time."""

Tell = Callable[[int], object]
"""Told how many more are done."""


def make_all(leaves: list[Leaf], aside: Aside, tell: Tell = lambda _count: None) -> None:
    """Make every leaf and put it in its place."""
    if len(leaves) <= FEW:
        _make_some(leaves, aside)
        tell(len(leaves))
        return
    with _forked(leaves, aside) as pool:
        parts = [range(n, min(n + PART, len(leaves))) for n in range(0, len(leaves), PART)]
        for count in pool.map(_make_part, parts):
            tell(count)


def _make_some(leaves: list[Leaf], aside: Aside) -> None:
    for leaf in leaves:
        aside.put(leaf.path, leaf.make())


class _forked:  # noqa: N801 (a context manager)
    """A pool whose processes see these leaves: what they are made from is not sent to them."""

    def __init__(self, leaves: list[Leaf], aside: Aside) -> None:
        self._work = leaves, aside

    def __enter__(self) -> ProcessPoolExecutor:
        global _work
        _work = self._work
        gc.collect()
        gc.freeze()  # a collection in a worker would copy every page of memory it looks at
        self._pool = workers()
        return self._pool.__enter__()

    def __exit__(self, *error: object) -> None:
        global _work
        self._pool.__exit__(*error)  # type: ignore[arg-type]
        gc.unfreeze()
        _work = None


_work: tuple[list[Leaf], Aside] | None = None


def _make_part(part: range) -> int:
    assert _work is not None  # noqa: S101 (set before the fork)
    leaves, aside = _work
    _make_some([leaves[n] for n in part], aside)
    return len(part)
