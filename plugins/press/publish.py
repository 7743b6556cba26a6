"""A build made aside is exchanged with the published one in one step."""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.magazine.messages import tell

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Flag of Linux's ``renameat2``: both names stay, what they name changes places at once."""

_UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


class PublishError(Exception):
    """The build cannot be published; the message is for the editor."""


@contextmanager
def only_build(published: Path) -> Iterator[None]:
    """Hold the output folder's build lock; the kernel frees it however the build ends.

    A record lock: unlike ``flock``'s, the build's worker processes do not share it.
    """
    published.parent.mkdir(parents=True, exist_ok=True)
    with published.with_name(f".{published.name}.lock").open("w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                "une autre construction est en cours dans {folder} : « make serve » ou "
                "« desk serve » y travaille sans doute, dans un autre terminal ; "
                "arrêtez-le d’abord (Ctrl-C)"
            )
            raise PublishError(tell(message, folder=published)) from error
        yield


def check_ours(published: Path) -> None:
    """Raise :class:`PublishError` for a folder that something else put there."""
    if published.exists() and not _is_ours(published):
        kept = tell(
            "{folder} n’est pas un dossier de publication : rien n’y est écrit", folder=published
        )
        raise PublishError(kept)


def unfinished_beside(published: Path) -> Path:
    """Where the next build is made."""
    return published.with_name(f".{published.name}.next")


def _is_ours(folder: Path) -> bool:
    """Publishing replaces the whole folder: only one that is empty or was published."""
    if not folder.is_dir():
        return False
    published = (folder / "manifest.json").exists() and (folder / "public").is_dir()
    return published or not any(folder.iterdir())


def publish(unfinished: Path, published: Path) -> None:
    """Put a finished build in the published one's place; the old one is left aside."""
    if not published.exists():
        unfinished.rename(published)
        return
    try:
        _exchange(unfinished, published)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        _rename_twice(unfinished, published)


def _exchange(one: Path, other: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        raise OSError(errno.ENOSYS, "renameat2")
    names = (os.fsencode(one), os.fsencode(other))
    if libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))


def _rename_twice(unfinished: Path, published: Path) -> None:
    """Where the system cannot exchange: two renames, with nothing published in between."""
    old = published.with_name(f".{published.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    published.rename(old)
    unfinished.rename(published)
    old.rename(unfinished)
