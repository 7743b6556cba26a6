"""Files that a build keeps for the next one: read back whole, or not at all."""

import os
import time
from pathlib import Path

from plugins.press.database import StoreDamagedError, opened, sealed

MONTH_SECONDS = 30 * 24 * 3600
_PART = ".part"


class KeptFiles:
    """A folder of files, each with a check sum, named by what they are made of.

    The site has copies of them, so that neither is damaged with the other.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        """What was kept under a name; ``None`` if nothing was, or if it is damaged."""
        kept = self._folder / name
        try:
            content = opened(kept.read_bytes())
            os.utime(kept)
        except (OSError, StoreDamagedError):
            return None
        return content

    def keep(self, name: str, content: bytes) -> bytes:
        """Keep a file: it stands there whole, or not at all. Returns what was kept."""
        unfinished = self._folder / f".{name}.{os.getpid()}{_PART}"
        unfinished.write_bytes(sealed(content))
        unfinished.replace(self._folder / name)
        return content

    def forget_unused(self) -> None:
        """Remove what no build has asked for in a month, and what killed ones left half written.

        The caller knows that no other build is at work.
        """
        oldest = time.time() - MONTH_SECONDS
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith(_PART) or entry.stat().st_mtime < oldest:
                    Path(entry).unlink()
