"""From save to page: how long a resident command takes to bring an edit to the disk."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from bench.edits import edited
from bench.processes import Cost, MemoryWatch, RunError, cpu_seconds
from bench.subjects import Subject

START_SECONDS = 1800
SAVE_SECONDS = 300
SETTLE_SECONDS = 1.0
"""Between two edits, so that one is not counted with the other."""

_POLL_SECONDS = 0.002


def save_to_page(subject: Subject, edits: int, printed: Path) -> tuple[Cost, Cost] | None:
    """Medians for a body and for a title; nothing for a subject that has no such command."""
    if subject.resident is None:
        return None
    with _running(subject, printed) as process, edited(subject.source) as file:
        with MemoryWatch(process.pid) as memory:
            bodies = [_saved(subject, process.pid, file.edit_body, 1) for _ in range(edits)]
            every = len(subject.pages)
            titles = [_saved(subject, process.pid, file.edit_title, every) for _ in range(edits)]
        return _median(bodies, memory.peak_bytes), _median(titles, memory.peak_bytes)


@contextmanager
def _running(subject: Subject, printed: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the resident command, wait until it says that it is ready, end it."""
    with printed.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 (our own commands)
            subject.resident or (),
            cwd=subject.folder,
            env=subject.variables(),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(lambda: _is_ready(process, subject, printed), START_SECONDS)
        time.sleep(SETTLE_SECONDS)
        yield process
    finally:
        process.terminate()
        process.wait()


def _is_ready(process: "subprocess.Popen[bytes]", subject: Subject, printed: Path) -> bool:
    said = printed.read_text("utf-8")
    if process.poll() is not None:
        raise RunError(f"{subject.name} does not stay: {said[-2000:]}")
    return subject.ready in said


def _saved(
    subject: Subject, pid: int, edit: Callable[[], bytes], pages: int
) -> tuple[float, float]:
    """Wall and CPU seconds from a save until the first so many pages show it."""
    _visit(subject)
    cpu_before = cpu_seconds(pid)
    words = edit()
    started = time.perf_counter()
    for page in subject.pages[:pages]:
        _wait(lambda page=page: _shows(page, words), SAVE_SECONDS)  # type: ignore[misc]
    wall_seconds = time.perf_counter() - started
    time.sleep(SETTLE_SECONDS)
    return wall_seconds, cpu_seconds(pid) - cpu_before


def _visit(subject: Subject) -> None:
    """Open the pages, as the editor who is about to change them has."""
    for page in subject.pages if subject.address else ():
        url = subject.address + page.parent.relative_to(subject.output).as_posix() + "/"
        with urlopen(url) as answer:  # noqa: S310 (our own server)
            answer.read()


def _shows(page: Path, words: bytes) -> bool:
    """Whether a page holds some words; between two exchanges of folders it may be absent."""
    try:
        return words in page.read_bytes()
    except FileNotFoundError:
        return False


def _wait(is_so: Callable[[], bool], limit_seconds: float) -> None:
    ends_at = time.monotonic() + limit_seconds
    while not is_so():
        if time.monotonic() > ends_at:
            raise RunError(f"nothing came within {limit_seconds:.0f} s")
        time.sleep(_POLL_SECONDS)


def _median(saves: list[tuple[float, float]], peak_bytes: int) -> Cost:
    walls, cpus = zip(*saves, strict=True)
    return Cost(median(walls), median(cpus), peak_bytes)
