"""A folder in memory goes with the process that made it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import memory
from patience import PATIENCE_SECONDS, patience

MAKER = """
import time
from memory import quick_folder
folder = quick_folder("gone-")
(folder / "file").write_text("")
print(folder, flush=True)
time.sleep(60)
"""


def test_its_folder_is_removed_when_a_process_is_killed() -> None:
    home = Path(memory.__file__).parent
    maker = subprocess.Popen(
        [sys.executable, "-c", MAKER], cwd=home, stdout=subprocess.PIPE, text=True
    )
    assert maker.stdout
    with patience(maker):
        folder = Path(maker.stdout.readline().strip())
    assert (folder / "file").exists()
    maker.send_signal(signal.SIGKILL)
    maker.communicate(timeout=PATIENCE_SECONDS)
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()
