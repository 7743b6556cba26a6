"""The event log as it is written: lines in memory for a second, then at the end of the day's file.

Whoever kills the service loses the last second and no more. A disk that is full loses what is told
meanwhile (nobody is told that it was written), and leaves room for the accounts, which stand on the
same disk. Files hold whole lines only.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import anyio
import anyio.to_thread

from paywall.errors import PaywallError
from paywall.private_files import private_directory

log = logging.getLogger(__name__)

FLUSH_SECONDS = 0.5
"""So that even what a slow disk takes a while for is written within a second."""
RESERVE_BYTES = 200_000_000
"""What is left of a disk to others."""
MAX_DAY_BYTES = 1_000_000_000
"""Some six million events: more than replays can be told among, and more than readers make."""
MAX_WAITING_BYTES = 8_000_000

_TAIL_BYTES = 65_536


class LogFullError(PaywallError):
    """Nothing can be written now."""


class EventLog:
    """Takes lines on the event loop, and writes them from a thread. One process writes."""

    def __init__(
        self,
        folder: Path,
        *,
        reserve_bytes: int = RESERVE_BYTES,
        max_day_bytes: int = MAX_DAY_BYTES,
    ) -> None:
        self._folder = folder
        self._reserve_bytes, self._max_day_bytes = reserve_bytes, max_day_bytes
        self._waiting: dict[str, list[bytes]] = {}
        self._waiting_bytes = 0
        self._reason = ""
        self._full_day = ""

    def is_open(self, day: str) -> bool:
        """Whether what is appended now, for a day, can be expected to be written."""
        has_room = self._waiting_bytes < MAX_WAITING_BYTES and day != self._full_day
        return has_room and not self._reason

    def append(self, day: str, lines: bytes) -> None:
        """Take lines for a day's file (`2026-12-01`), each with its end. Raises `LogFullError`."""
        if not self.is_open(day):
            raise LogFullError
        self._waiting.setdefault(day, []).append(lines)
        self._waiting_bytes += len(lines)

    async def flush(self) -> None:
        """Write what waits. What cannot be written goes on waiting, and nothing more is taken."""
        if not self._waiting:
            return
        with anyio.CancelScope(shield=True):  # what was taken is written or waits again
            taken, self._waiting = self._waiting, {}
            left, reason = await anyio.to_thread.run_sync(self._write, taken)
            for day, lines in left.items():
                self._waiting[day] = lines + self._waiting.get(day, [])
            self._waiting_bytes = sum(map(_length, self._waiting.values()))
        if reason and reason != self._reason:
            log.error("journal des événements fermé : %s", reason)
        self._reason = reason

    async def flush_for_ever(self, look: Callable[[], None]) -> None:
        """Write every second, and at the end; look at other files on the way."""
        try:
            while True:
                await anyio.sleep(FLUSH_SECONDS)
                await self.flush()
                await anyio.to_thread.run_sync(look)
        finally:
            with anyio.CancelScope(shield=True):
                await self.flush()

    def _write(self, taken: dict[str, list[bytes]]) -> tuple[dict[str, list[bytes]], str]:
        """On a thread: what is left, and why."""
        try:
            with private_directory(self._folder):
                self._check_room()
                while taken:
                    day = min(taken)
                    size = _append(self._folder / f"{day}.jsonl", b"".join(taken[day]))
                    del taken[day]
                    if size >= self._max_day_bytes:
                        self._full_day = day
                        log.error("trop d’événements le %s : le reste du jour est perdu", day)
        except OSError as error:
            return taken, error.strerror or type(error).__name__
        except PaywallError as error:
            return taken, str(error)
        return taken, ""

    def _check_room(self) -> None:
        disk = os.statvfs(self._folder)
        if disk.f_bavail * disk.f_frsize < self._reserve_bytes:
            raise LogFullError("presque plus de place sur le disque")


def _append(path: Path, data: bytes) -> int:
    """Write whole lines at the end, all or none; the size of the file."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        size = _whole_lines(fd)
        try:
            _write_all(fd, data)
        except OSError:
            os.ftruncate(fd, size)
            raise
    finally:
        os.close(fd)
    return size + len(data)


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]
    os.fdatasync(fd)


def _whole_lines(fd: int) -> int:
    """The size of a file, once the line is taken away that a machine going down cut off."""
    size = os.fstat(fd).st_size
    tail = os.pread(fd, _TAIL_BYTES, max(0, size - _TAIL_BYTES))
    torn = len(tail) - (tail.rfind(b"\n") + 1)
    if torn:
        size -= torn
        os.ftruncate(fd, size)
    return size


def _length(lines: list[bytes]) -> int:
    return sum(map(len, lines))
