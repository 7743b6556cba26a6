"""A forked command is as one that Python was started for: what tests say of it is true of both."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from forks import run_python, usual_environ

ABOUT = """
import gc, json, locale, os, signal, sys, threading, time

told = {
    "name": __name__,
    "words": sys.argv,
    "path": sys.path,
    "folder": os.getcwd(),
    "environ": dict(os.environ),
    "is_leader": os.getsid(0) == os.getpgid(0) == os.getpid(),
    "heeds_ctrl_c": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
    "input": sys.stdin.read(),
    "streams": [
        (stream.encoding, stream.errors, stream.isatty(), stream.line_buffering)
        for stream in (sys.stdout, sys.stderr)
    ],
    "locale": [locale.setlocale(locale.LC_ALL), sys.getfilesystemencoding(), time.tzname],
    "memory": [gc.isenabled(), gc.get_freeze_count(), gc.get_threshold()],
    "threads": threading.active_count(),
    "umask": os.umask(0),
}
print(json.dumps(told))
"""
NEW = {"PYTHONHASHSEED": "0"}
"""Only a new process heeds it."""

ENDS = {
    "well": "print('é')",
    "with a status": "raise SystemExit(3)",
    "with a message": "raise SystemExit('stopped')",
    "with a mistake": "1 / 0",
    "interrupted": "raise KeyboardInterrupt",
    "killed": "import os; os.kill(os.getpid(), 9)",
    "at once": "import os; os._exit(7)",
    "later": "import atexit; atexit.register(print, 'at the end')",
}


def run(
    folder: Path, source: str, others: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    (folder / "about.py").write_text(source)
    return run_python(["about", "-a", "b c"], folder, usual_environ() | dict(others or {}))


def test_a_fork_finds_what_a_new_process_finds(tmp_path: Path) -> None:
    moment = {"SOURCE_DATE_EPOCH": "1"}
    forked, new = (
        json.loads(run(tmp_path, ABOUT, others).stdout) for others in (moment, moment | NEW)
    )
    assert new["environ"].pop("PYTHONHASHSEED") == "0"
    assert forked == new
    assert forked["words"] == [str(tmp_path / "about.py"), "-a", "b c"]


@pytest.mark.parametrize("end", ENDS)
def test_a_fork_ends_as_a_new_process_ends(tmp_path: Path, end: str) -> None:
    forked, new = run(tmp_path, ENDS[end]), run(tmp_path, ENDS[end], NEW)
    assert (forked.returncode, forked.stdout) == (new.returncode, new.stdout)
    assert forked.stderr.splitlines()[-1:] == new.stderr.splitlines()[-1:]


def test_nothing_passes_from_one_command_to_the_next(tmp_path: Path) -> None:
    leaving = """
import os, plugins, sys
assert not hasattr(plugins, "left") and "guest" not in sys.modules
plugins.left = sys.modules["guest"] = 1
os.chdir("/")
"""
    for _ in range(4):
        done = run(tmp_path, leaving)
        assert done.returncode == 0, done.stderr


def test_no_command_has_the_hash_seed_of_the_one_before(tmp_path: Path) -> None:
    seen = [run(tmp_path, "print(hash('a word'))").stdout for _ in range(3)]
    assert seen[0] != seen[1] != seen[2]
