"""Worker processes for what takes long, which do not outlive their build."""

import gc
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


def workers() -> ProcessPoolExecutor:
    """A pool of one process a core; each of them ends when the build does, even killed.

    They are forked, so that they find in memory what the build has worked out.
    """
    return ProcessPoolExecutor(
        os.cpu_count(), mp_context=get_context("fork"), initializer=watch_build
    )


def watch_build() -> None:
    """End this process when the one that started it ends, however it does."""
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all: it is the build's
    Thread(target=_leave_with_build, daemon=True).start()


def _leave_with_build() -> None:
    """A killed build cannot tell its workers, which would wait for work for ever."""
    build = parent_process()
    if build is not None:
        build.join()
        os._exit(1)
