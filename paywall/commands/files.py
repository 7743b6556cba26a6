"""Files that commands write: whole, for their owner only, and never over another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from paywall.errors import RefusedError


def check_absent(path: Path) -> None:
    """Raise `RefusedError` where there is a file already, or no folder to write it in."""
    if not path.parent.is_dir():
        raise RefusedError(f"il n’y a pas de dossier {path.parent}")
    if path.exists():
        raise RefusedError(f"{path} existe déjà : un autre nom, ou ôtez-le d’abord")


@contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """A text file of mode 0600 that appears when it is whole.

    Raises `RefusedError` where there is a file already.
    """
    check_absent(path)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(fd, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(fd)
        aside.rename(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
