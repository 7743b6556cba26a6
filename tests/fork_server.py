"""A Python that has everything imported, and forks for each command: many builds in little time.

Each line of its input is a command as JSON: the words after ``python -m``, the folder, the
environment, the seconds that it may take. It answers with a line that holds the exit status, the
output and the messages; those of a command that took longer say where each of its threads was.
"""

import faulthandler
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import sys
from tempfile import TemporaryFile
from typing import IO, Any

from PIL import Image


def import_all() -> None:
    """Import what builds import; nothing else may be begun here that a build should begin."""
    import pelican  # noqa: F401  # and all that its commands need

    import plugins

    for module in pkgutil.walk_packages(plugins.__path__, "plugins."):
        importlib.import_module(module.name)
    Image.init()  # imports a module a format


def next_command() -> dict[str, Any]:
    """Answer command after command, each once a fork has done it; returns in each fork."""
    for line in sys.stdin:
        command: dict[str, Any] = json.loads(line)
        with _text_file() as stdout, _text_file() as stderr:
            child = os.fork()
            if not child:
                os.dup2(stdout.fileno(), 1)
                os.dup2(stderr.fileno(), 2)
                return command
            late = _end_late(child, command["seconds"])
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            print(json.dumps([status, _read(stdout), _read(stderr) + late]), flush=True)
    sys.exit()


def _end_late(child: int, seconds: float) -> str:
    """Wait for a fork; end it with its processes, each saying where it is, when it takes longer."""
    ending = os.pidfd_open(child)
    try:
        if select.select([ending], [], [], seconds)[0]:
            return ""
        os.killpg(child, signal.SIGABRT)
        return f"did not end in {seconds} seconds\n"
    finally:
        os.close(ending)


def _text_file() -> IO[str]:
    return TemporaryFile("w+", encoding="utf-8")


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def stand_as_new(folder: str, environ: dict[str, str]) -> None:
    """Be as a process that was started alone: its group, place, environment and signals."""
    os.setsid()
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    sys.path[0] = folder  # as ``-m`` does


if __name__ == "__main__":
    import_all()
    command = next_command()
    stand_as_new(command["folder"], command["environ"])
    sys.argv = command["words"]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
