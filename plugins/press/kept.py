"""Files that a build keeps for the next one, named by what they are made of, and their placing."""

import os
import shutil
import time
from collections.abc import Collection
from pathlib import Path

PART_LIFE_SECONDS = 3600  # an unfinished file that old was left by a build that was killed


def kept_names(folder: Path) -> set[str]:
    """Return the names of the whole files in a folder, in one look.

    An empty file is not whole: a machine that loses power can leave the name without the bytes.
    """
    with os.scandir(folder) as entries:
        return {entry.name for entry in entries if entry.is_file() and entry.stat().st_size}


def place(kept: Path, target: Path) -> None:
    """Put a kept file where it is served from, without a copy where the file system allows.

    The folder exists. The two names are of one file, so a placed file is replaced, not written to.
    """
    try:
        os.link(kept, target)
    except FileExistsError:
        target.unlink()
        place(kept, target)
    except OSError:  # another file system, no links, or too many of them
        shutil.copyfile(kept, target)


def remove_unused(folder: Path, used: Collection[str]) -> int:
    """Remove the files whose name is not used; return how many went.

    An unfinished file stays for an hour: another build may be writing it.
    """
    if not folder.exists():
        return 0
    oldest_at = time.time() - PART_LIFE_SECONDS
    with os.scandir(folder) as entries:
        unused = [entry for entry in entries if entry.name not in used and entry.is_file()]
    gone = [e for e in unused if not e.name.endswith(".part") or e.stat().st_mtime < oldest_at]
    for entry in gone:
        Path(entry.path).unlink(missing_ok=True)
    return len(gone)
