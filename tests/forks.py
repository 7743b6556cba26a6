"""Commands as their users run them, without starting Python anew for each where that is the same.

A fork of a process that has imported everything differs from a new one in what Python or a
library reads of the environment when it starts, and in the order of sets. So only commands
whose environment is the usual one are forked, and two processes, of different hash seeds, take
turns: no build has the seed of the one before.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import cycle
from pathlib import Path

from patience import PATIENCE_SECONDS, patience

_SERVER = Path(__file__).with_name("fork_server.py")
_USUAL = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
_READ_LATE = {"SOURCE_DATE_EPOCH"}
"""Read by builds, and by nothing that they import."""


def usual_environ() -> dict[str, str]:
    """The environment of an editor whose terminal speaks English."""
    return dict(_USUAL)


def run_python(
    words: Sequence[str], folder: Path, environ: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """What ``python -m`` does with these words, in a process (and a process group) of its own."""
    early = {name: value for name, value in environ.items() if name not in _READ_LATE}
    if early != _USUAL:
        return _run_alone(words, folder, environ)
    server = next(_servers())
    assert server.stdin and server.stdout
    asked = {
        "words": words,
        "folder": str(folder),
        "environ": dict(environ),
        "seconds": PATIENCE_SECONDS,
    }
    with patience(server, 2 * PATIENCE_SECONDS):
        print(json.dumps(asked), file=server.stdin, flush=True)
        status, stdout, stderr = json.loads(server.stdout.readline())
    return subprocess.CompletedProcess(words, status, stdout, stderr)


def _run_alone(
    words: Sequence[str], folder: Path, environ: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    running = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-m", *words],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=heed_the_terminal,
    )
    with running, patience(running, 2 * PATIENCE_SECONDS):
        try:
            stdout, stderr = running.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGABRT)  # each of its processes says where it is
            stdout, stderr = running.communicate()
            stderr += f"did not end in {PATIENCE_SECONDS} seconds\n"
    return subprocess.CompletedProcess(words, running.returncode, stdout, stderr)


def heed_the_terminal() -> None:
    """Tests that run in the background ignore its signals, and so would what they start."""
    for sent in (signal.SIGINT, signal.SIGHUP):
        signal.signal(sent, signal.SIG_DFL)


@cache
def _servers() -> Iterator[subprocess.Popen[str]]:
    """Started with the first command; they end with this process, however it ends."""
    return cycle([_start(), _start()])


def _start() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, str(_SERVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_SERVER.parent.parent,
        env=_USUAL,
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C at the terminal ends the tests, and so the input of this
    )
    atexit.register(server.communicate)
    return server
