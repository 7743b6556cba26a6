"""What a command costs: wall time, CPU time, peak memory of its whole process tree.

Memory is the sum of the proportional set sizes (PSS) that Linux gives for each process of the
tree, so that pages which forked processes share count once. It is sampled every 50 ms, less
often where the kernel takes long to sum it up: watching never costs more than a twentieth.
"""

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

SAMPLE_SECONDS = 0.05
_REST = 20
"""A sample that took a while is followed by a rest of so many times that while."""

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Cost:
    """One run. ``output`` is what the command printed."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str = ""


class RunError(Exception):
    """A measured command failed: its figures would mean nothing."""


def run(command: Sequence[str], folder: Path, environ: Mapping[str, str], printed: Path) -> Cost:
    """Run a command to its end; what it prints goes to the file ``printed``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with printed.open("w+", encoding="utf-8") as out:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 (our own commands)
            command, cwd=folder, env=dict(environ), stdout=out, stderr=subprocess.STDOUT
        )
        with MemoryWatch(process.pid) as memory:
            status = process.wait()
        wall_seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = printed.read_text("utf-8")
    if status:
        raise RunError(f"{' '.join(command)} ended with {status}:\n{text[-2000:]}")
    cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall_seconds, cpu_seconds, memory.peak_bytes, text)


@dataclass
class MemoryWatch:
    """Samples the memory of a process and its descendants for as long as it is entered."""

    pid: int
    peak_bytes: int = 0
    _stopped: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __enter__(self) -> "MemoryWatch":
        self._thread = Thread(target=self._sample, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        if self._thread:
            self._thread.join()

    def _sample(self) -> None:
        rest_seconds = SAMPLE_SECONDS
        while not self._stopped.wait(rest_seconds):
            started = time.perf_counter()
            self.peak_bytes = max(self.peak_bytes, sum(map(pss_bytes, tree(self.pid))))
            rest_seconds = max(SAMPLE_SECONDS, _REST * (time.perf_counter() - started))


def tree(pid: int) -> list[int]:
    """A process and its descendants, as far as they still run."""
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for task in (_PROC / str(parent) / "task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def pss_bytes(pid: int) -> int:
    """Memory of one process; what it shares with others is shared out."""
    with suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def cpu_seconds(pid: int) -> float:
    """CPU time of a running process tree up to now."""
    ticks = 0
    for process in tree(pid):
        with suppress(OSError):
            fields = (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
