"""The tree in which a build is made: an earlier site, brought up to the plan.

Two trees change places at each build (:mod:`plugins.press.publish`). Each has its ledger, so that
a build changes only what differs, and takes what already stands in the published tree by a link.
Files are put and taken away, never written to: both trees may hold the same one.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from plugins.press.ledger import NAME, Entries, forget, read_ledger, write_ledger
from plugins.press.plan import Folder, Leaf, Plan, StrPath


class Aside:
    """A tree to be finished. ``standing`` is what is known of the published one."""

    def __init__(
        self, root: Path, published: Path, standing: Entries, here: Entries | None = None
    ) -> None:
        self.root, self.published, self._standing = root, published, standing
        self._folders: set[str] = set()
        self._here = self._known() if here is None else here

    def _known(self) -> Entries:
        """What stands here; a tree of which nothing is known is made again by links."""
        here = read_ledger(self.root)
        forget(self.root)
        if here is not None:
            return here
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        for path in self._standing:
            self.take(path)
        return dict(self._standing)

    def has(self, leaf: Leaf) -> bool:
        """Whether a leaf stands in one of both trees, as far as their ledgers know."""
        return leaf.key in (self._here.get(leaf.path), self._standing.get(leaf.path))

    def bring_up_to(self, plan: Plan) -> list[Leaf]:
        """Take away what is not planned, take over what stands; the leaves left to be made."""
        self.clear(path for path, key in self._here.items() if not _keeps(plan, path, key))
        left = []
        for path, leaf in plan.leaves.items():
            if leaf.key and self._here.get(path) == leaf.key:
                continue
            if leaf.key and self._standing.get(path) == leaf.key and self.take(path, leaf.lasting):
                continue
            left.append(leaf)
        return left

    def others(self, plan: Plan) -> Iterator[str]:
        """Files that stand here and are not planned: plugins that know no plan wrote them."""
        folders = tuple(path for path in plan.leaves if path.endswith("/"))
        for path in _names(self.root):
            if path not in plan.leaves and path != NAME and not path.startswith(folders):
                yield path

    def follow(self, plan: Plan) -> None:
        """Take all that is planned over from the published tree, where it stands."""
        if not self.bring_up_to(plan):
            write_ledger(self.root, plan.keys)

    def put(self, leaf: Leaf) -> list[str]:
        """Make a leaf and put it in its place, which is free but for a folder's lasting files.

        Returns the files that were put.
        """
        content = leaf.make()
        if isinstance(content, Folder):
            return self._put_folder(leaf.path, content, leaf.lasting)
        self._put_file(leaf.path, content)
        return [leaf.path]

    def _put_file(self, path: str, content: bytes | StrPath) -> None:
        target = self._target(path)
        if isinstance(content, bytes):
            with open(target, "xb") as file:  # noqa: PTH123 (twice as fast for many files)
                file.write(content)
        else:
            _copy(content, target)

    def _put_folder(self, path: str, folder: Folder, lasting: Callable[[str], bool]) -> list[str]:
        names = self._left_to_put(path, folder.files, lasting)
        for name in names:
            self._put_file(path + name, folder.files[name])
        return [path + name for name in names]

    def _left_to_put(
        self, path: str, wanted: Collection[str], lasting: Callable[[str], bool]
    ) -> list[str]:
        """Take away what a folder holds and should not; what it should hold and does not."""
        here = set(_names(self.root / path))
        kept = {name for name in here.intersection(wanted) if lasting(name)}
        self.clear(path + name for name in here - kept)
        return [name for name in wanted if name not in kept]

    def take(self, path: str, lasting: Callable[[str], bool] = lambda _name: True) -> bool:
        """Take a leaf over from the published tree, if it is still there."""
        source = self.published / path
        try:
            if path.endswith("/"):
                for name in self._left_to_put(path, list(_names(source)), lasting):
                    _link(source / name, self._target(path + name))
            else:
                _link(source, self._target(path))
        except FileNotFoundError:
            return False
        return True

    def _target(self, path: str) -> str:
        target = f"{self.root}/{path.rstrip('/')}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 (called for every file)
            self._folders.add(folder)
        return target

    def clear(self, paths: Iterable[str]) -> None:
        """Take files and folders away, and the folders around them that this empties."""
        emptied = set()
        for path in paths:
            target = f"{self.root}/{path.rstrip('/')}"
            if path.endswith("/"):
                shutil.rmtree(target, ignore_errors=True)
            else:
                Path(target).unlink(missing_ok=True)
            emptied.add(os.path.dirname(target))  # noqa: PTH120 (called for every file)
        for folder in sorted(emptied, key=len, reverse=True):
            self._remove_empty(folder)

    def _remove_empty(self, folder: str) -> None:
        """Remove a folder, and those around it, as far as they are empty."""
        while len(folder) > len(str(self.root)):
            try:
                os.rmdir(folder)  # noqa: PTH106
            except OSError:
                return
            self._folders.discard(folder)
            folder = os.path.dirname(folder)  # noqa: PTH120


def _link(published: Path, target: str) -> None:
    """Give a file of the published tree its name here, too; a copy where there are no links."""
    try:
        os.link(published, target)
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError:  # a file system without links, or too many of them
        _copy(published, target)


def _copy(source: StrPath, target: str) -> None:
    with open(source, "rb") as file, open(target, "xb") as copy:  # noqa: PTH123 (as above)
        shutil.copyfileobj(file, copy)


def _keeps(plan: Plan, path: str, key: bytes) -> bool:
    """Whether what stands at a path may stay; a planned folder is brought up to date in place."""
    leaf = plan.leaves.get(path)
    return leaf is not None and (path.endswith("/") or (bool(key) and leaf.key == key))


def _names(folder: Path) -> Iterator[str]:
    """Every file below a folder, relative to it."""
    for at, _, files in os.walk(folder):
        inside = os.path.relpath(at, folder)
        yield from (name if inside == "." else f"{inside}/{name}" for name in files)
