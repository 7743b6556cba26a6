"""The plan of a build: every file that is to stand in the output, and what each is made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

Content = bytes | Path
"""What a leaf is: its bytes, or a kept file or folder that is put in its place unchanged."""


class CheckError(Exception):
    """A check that a build has not passed; the message is for the editor."""


class Stage(IntEnum):
    """In which order leaves are made: a feed says how heavy the card is that it shows."""

    DRAWN = 0
    PAGES = 1
    LISTS = 2


@dataclass(slots=True, eq=False)
class Leaf:
    """A file of the output, or a folder when ``path`` ends with a slash.

    Equal keys mean equal content: a leaf whose key stands in the ledger is not made again.
    """

    path: str
    key: bytes
    make: Callable[[], Content]
    stage: Stage = Stage.LISTS
    tell_written: Callable[[str], None] | None = None
    """Told, in the build's own process, the full path of the file once it is written."""


@dataclass(slots=True)
class Made:
    """What a build has changed below ``root``: paths written (or put), and paths gone."""

    root: Path
    written: list[str]
    gone: list[str]


@dataclass(slots=True)
class Plan:
    """Leaves by path, and checks that every build has to pass before it is published."""

    leaves: dict[str, Leaf] = field(default_factory=dict)
    checks: list[Callable[[Made], None]] = field(default_factory=list)

    def add(self, leaf: Leaf) -> None:
        """Plan a leaf; two for one path would be a mistake of the builder."""
        if leaf.path in self.leaves:
            raise ValueError(f"planned twice: {leaf.path}")
        self.leaves[leaf.path] = leaf

    @property
    def keys(self) -> dict[str, bytes]:
        """The ledger of an output that is as planned."""
        return {path: self.leaves[path].key for path in sorted(self.leaves)}
