"""The plan of a build: every file that is to stand in the output, and what each is made from."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from os import PathLike
from pathlib import Path

from plugins.press.kept import KeptFiles

StrPath = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's files by their name in it: bytes, or files to be copied."""

    files: Mapping[str, bytes | StrPath]


Content = bytes | StrPath | Folder
"""What a leaf is: its bytes, or a file of which a copy is put in its place."""


class CheckError(Exception):
    """A check that a build has not passed; the message is for the editor."""


class Stage(IntEnum):
    """In which order leaves are made, a step each: a feed says how heavy the card is it shows."""

    IMAGES = 0
    CARDS = 1
    PAGES = 2
    LISTS = 3
    SEARCH = 4


@dataclass(slots=True, eq=False)
class Leaf:
    """A file of the output, or a folder when ``path`` ends with a slash.

    Equal keys mean equal content: a leaf whose key stands in the ledger is not made again.
    """

    path: str
    key: bytes
    make: Callable[[], Content]
    stage: Stage = Stage.LISTS
    lasting: Callable[[str], bool] = lambda _name: False
    """Which files of a folder are named by their content, so that they need not be put again."""

    tell_written: Callable[[str], None] | None = None
    """Told, in the build's own process, the full path of the file once it is written."""

    apart: bool = False
    """Whether it is made in a process of its own, begun as soon as it is planned."""


@dataclass(slots=True)
class Made:
    """What a build has put below ``root``, beside the published tree.

    ``entries`` is all that stands there; ``changed`` what this build put, plugins' files among it.
    """

    root: Path
    published: Path
    entries: Mapping[str, bytes]
    changed: Collection[str]
    files: Collection[str]
    """The same, with the files of folders in the place of these."""

    def public_files(self, *, whole: bool) -> Iterator[str]:
        """Files below ``public``, relative to it: all of them, or those that have changed."""
        for path in self.entries if whole else self.files:
            if path.endswith("/"):
                yield from self._inside(path)
            elif path.startswith("public/"):
                yield path.removeprefix("public/")

    def _inside(self, folder: str) -> Iterator[str]:
        public = self.root / "public"
        for file in (self.root / folder).rglob("*"):
            if file.is_file() and file.is_relative_to(public):
                yield file.relative_to(public).as_posix()


@dataclass(slots=True)
class Plan:
    """Leaves by path, and checks that every build has to pass before it is published.

    ``kept`` are the kept files that leaves are made of.
    ``meanwhile`` is what checks have to know, worked out while other processes make leaves.
    ``moments`` are those to come at which the same content would make another site.
    ``notices`` are what the editor should know of a site that is published all the same.
    ``begin`` is told of leaves that are made apart, as they are planned.
    """

    leaves: dict[str, Leaf] = field(default_factory=dict)
    kept: list[KeptFiles] = field(default_factory=list)
    checks: list[Callable[[Made], None]] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    begin: Callable[[Leaf], None] = lambda _leaf: None

    def add(self, leaf: Leaf) -> None:
        """Plan a leaf; two for one path would be a mistake of the builder."""
        if leaf.path in self.leaves:
            raise ValueError(f"planned twice: {leaf.path}")
        self.leaves[leaf.path] = leaf
        if leaf.apart:
            self.begin(leaf)

    def check(self, check: Callable[[Made], None]) -> None:
        """Have a check run, once, whoever asks for it again."""
        if check not in self.checks:
            self.checks.append(check)

    def renew(self, path: str, key: bytes) -> Iterator[Leaf]:
        """Give a leaf the key of what it is now; the leaf, if that is another."""
        leaf = self.leaves[path]
        if leaf.key != key:
            leaf.key = key
            yield leaf

    @property
    def keys(self) -> dict[str, bytes]:
        """The ledger of an output that is as planned."""
        return {path: self.leaves[path].key for path in sorted(self.leaves)}
