"""Files that a build keeps for the next one, named by what they are made of, and their placing."""

import os
import shutil
from os import PathLike
from pathlib import Path


def is_whole(kept: Path) -> bool:
    """Whether a file is there with all its bytes.

    A machine that loses power can leave the name without them.
    """
    try:
        return kept.stat().st_size > 0
    except OSError:
        return False


def forget_unused(folder: Path) -> None:
    """Remove kept files that no output shows, and what killed builds left half written.

    A placed file has a second name. Where files are copied none has, and all are made again when
    they are wanted again.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.stat().st_nlink == 1:
                Path(entry).unlink()


def place(kept: str | PathLike[str], target: Path) -> None:
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
