"""Time for real processes: Debian's libfaketime, which answers whoever asks what time it is.

Processes that were started with `environ` share one clock, which `move_to` moves while they run.
Only the time of day is moved: waits take as long as they take.
"""

from datetime import UTC, datetime
from pathlib import Path

LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
MISSING = f"no {LIBRARY}: install Debian's package faketime to run the journeys through a year"


class MovedTime:
    """The time that some processes have, told in a file of ours."""

    def __init__(self, file: Path, now: datetime) -> None:
        self._file = file
        self.move_to(now)

    def move_to(self, now: datetime) -> None:
        """Have it be another time from now on."""
        seconds = (now - datetime.now(UTC)).total_seconds()
        aside = self._file.with_suffix(".new")
        aside.write_text(f"{seconds:+.0f}\n")
        aside.replace(self._file)  # whoever reads meanwhile reads one or the other, never a half

    @property
    def environ(self) -> dict[str, str]:
        """For processes that are to have this time."""
        return {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }
