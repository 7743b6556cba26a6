"""A file that others write, read again when it has changed."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from paywall.errors import PaywallError

log = logging.getLogger(__name__)

T = TypeVar("T")


class Watched(Generic[T]):
    """What a file says. `value` costs nothing; `look`, now and then, keeps it true.

    A file that cannot be read leaves what was known before; one that is gone, nothing.
    """

    def __init__(self, path: Path, read: Callable[[Path], T], absent: T) -> None:
        self.value = absent
        self._path, self._read, self._absent = path, read, absent
        self._seen: tuple[int, int, int] | None = None
        self._reason = ""

    def look(self) -> None:
        """Read it again if it is another than last time; say once why it cannot be read."""
        seen = self._stat()
        if seen == self._seen:
            return
        try:
            self.value = self._absent if seen is None else self._read(self._path)
        except (OSError, PaywallError) as error:
            self._say(f"{self._path.name} : {error}")
            return
        self._seen, self._reason = seen, ""

    def _stat(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _say(self, reason: str) -> None:
        if reason != self._reason:
            log.warning(reason)
        self._reason = reason
