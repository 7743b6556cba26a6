"""The two trees of a resident build: one published, one aside that is kept the same as it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

from plugins.press.aside import Aside
from plugins.press.ledger import close_ledger, open_ledger
from plugins.press.making import make_all
from plugins.press.plan import Leaf, Made, Plan
from plugins.press.press import Built
from plugins.press.publish import publish, unfinished_beside

Check = Callable[[Made], None]


class Trees:
    """Publishes a few leaves at a time, in one step each time."""

    def __init__(self, published: Path, built: Built) -> None:
        self._published, self._unfinished = published, unfinished_beside(published)
        self._plan: Plan = built.plan
        self._standing = standing = dict(built.published)
        here = built.aside
        self._behind = {p for p in standing.keys() | here.keys() if standing.get(p) != here.get(p)}
        """Where the tree aside differs from the published one."""
        self._is_open = False

    @property
    def is_all_planned(self) -> bool:
        """Whether every file is a leaf, and none was written by a plugin on its own."""
        return all(self._standing.values())

    def has(self, leaf: Leaf) -> bool:
        """Whether a leaf is published as it is planned."""
        return self._standing.get(leaf.path) == leaf.key

    def catch_up(self) -> None:
        """Bring the tree aside up to the published one, by links."""
        if not self._behind and not self._is_open:
            return
        self._open()
        aside = self._aside()
        for path in self._behind:
            self._take_over(path, aside)
        self._close({path: self._standing.get(path) for path in self._behind})
        self._behind = set()

    def publish(self, leaves: Sequence[Leaf], checks: Iterable[Check]) -> None:
        """Make leaves, check what was made, and publish it; all of it or nothing."""
        self.catch_up()
        self._open()
        self._behind = {leaf.path for leaf in leaves}
        files = self._put(leaves)
        changed = [leaf.path for leaf in leaves]
        made = Made(self._unfinished, self._published, self._standing, changed, files)
        for check in checks:
            check(made)
        changes = {leaf.path: leaf.key for leaf in leaves}
        self._close({**changes})
        publish(self._unfinished, self._published)
        self._standing |= changes

    def _put(self, leaves: Sequence[Leaf]) -> list[str]:
        aside = self._aside()
        aside.clear(leaf.path for leaf in leaves if not leaf.path.endswith("/"))
        changed: list[str] = []
        staged = sorted(leaves, key=lambda leaf: leaf.stage)
        for _, some in groupby(staged, key=lambda leaf: leaf.stage):
            changed += make_all(list(some), aside)
        for leaf in staged:
            if leaf.tell_written:
                leaf.tell_written(str(aside.root / leaf.path))
        return changed

    def _take_over(self, path: str, aside: Aside) -> None:
        leaf = self._plan.leaves.get(path)
        if leaf is None or not path.endswith("/"):
            aside.clear([path])
        if path in self._standing:
            aside.take(path, leaf.lasting) if leaf else aside.take(path)

    def _aside(self) -> Aside:
        return Aside(self._unfinished, self._published, self._standing, here={})

    def _open(self) -> None:
        if not self._is_open:
            open_ledger(self._unfinished)
        self._is_open = True

    def _close(self, changes: dict[str, bytes | None]) -> None:
        close_ledger(self._unfinished, changes)
        self._is_open = False
