"""Worker processes for what takes long, which do not outlive their build."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import parent_process
from threading import Thread


def workers() -> ProcessPoolExecutor:
    """A pool of one process a core; each of them ends when the build does, even killed."""
    return ProcessPoolExecutor(os.cpu_count(), initializer=_watch_build)


def _watch_build() -> None:
    Thread(target=_leave_with_build, daemon=True).start()


def _leave_with_build() -> None:
    """A killed build cannot tell its workers, which would wait for work for ever."""
    build = parent_process()
    if build is not None:
        build.join()
        os._exit(1)
