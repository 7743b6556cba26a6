"""How long a test waits for what should take seconds: a failure that says where, not a hang."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any

PATIENCE_SECONDS = 120
"""For one step of a process that a test started; tenfold what it takes on a busy machine."""


@contextmanager
def patience(process: "subprocess.Popen[Any]", seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """End a process, and what it started in its group, that keeps the block waiting too long.

    Reads of its pipes end with it. Raises `TimeoutError`.
    """
    ended = list[float]()

    def end() -> None:
        ended.append(seconds)
        if os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if ended:
            raise TimeoutError(f"{process.args} did not answer in {seconds} seconds")
