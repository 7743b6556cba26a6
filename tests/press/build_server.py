"""A process that has everything imported, and forks for each build: many builds in little time.

Each line of its input is a build as JSON: arguments, environment, folder, the file to write to.
It answers each with a line that holds the build's exit status.
"""

import importlib
import json
import os
import pkgutil
import signal
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

from pelican import main

import plugins


def import_all() -> None:
    for module in pkgutil.walk_packages(plugins.__path__, "plugins."):
        importlib.import_module(module.name)


def build(arguments: Sequence[str], environ: dict[str, str], folder: str, told: str) -> int:
    child = os.fork()
    if not child:
        _build(arguments, environ, folder, told)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _build(arguments: Sequence[str], environ: dict[str, str], folder: str, told: str) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    file = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    try:
        main(arguments)
        status: Any = 0
    except SystemExit as stopped:
        status = stopped.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    import_all()
    for line in sys.stdin:
        print(build(**json.loads(line)), flush=True)
