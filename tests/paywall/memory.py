"""A folder in memory, where there is room for one: databases wait for no disk there.

What a database promises of a disk is its own tests' business; the service is tested on all else.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM_BYTES = 2**30


_REMOVED_AT_THE_END = """
exec 3<&0
{ read _; rm -rf -- "$1" || { sleep 2; rm -rf -- "$1"; }; } <&3 &
"""
"""A shell reads from us: to its end, which comes when this process ends."""


def quick_folder(prefix: str) -> Path:
    """A new folder, which goes with this process, however that ends; on disk if it must be."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if _is_roomy() else None))
    reading, _never_closed = os.pipe()
    subprocess.run(
        ["sh", "-c", _REMOVED_AT_THE_END, "sh", str(folder)],
        stdin=reading,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=True,
        timeout=60,
    )
    os.close(reading)
    return folder


def _is_roomy() -> bool:
    there = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    return there and shutil.disk_usage(MEMORY).free > ROOM_BYTES
