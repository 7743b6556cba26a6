"""Files that only the service may read: written whole, refused where others could read them."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paywall.errors import KeyFileError

_OTHERS_READ_OR_WRITE = 0o077
_OTHERS_WRITE = 0o022


@contextmanager
def private_directory(directory: Path) -> Iterator[None]:
    """Make the directory if need be, and let one process at a time work in it.

    Raises `KeyFileError` where others could put files there.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if directory.stat().st_mode & _OTHERS_WRITE:
        raise KeyFileError(f"{directory} est ouvert en écriture à d’autres : chmod 700")
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def write_private(path: Path, data: bytes) -> None:
    """Write aside then rename: a file is whole, and 0600 from its first byte."""
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)  # what a process killed at this point left behind
    fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(fd)
    aside.rename(path)


def read_private(path: Path) -> bytes:
    """Read it. Raises `KeyFileError` where others could, too."""
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(fd, "rb") as file:
        if stat.S_IMODE(os.fstat(fd).st_mode) & _OTHERS_READ_OR_WRITE:
            raise KeyFileError(f"{path} est lisible par d’autres : chmod 600 {path}")
        return file.read()
