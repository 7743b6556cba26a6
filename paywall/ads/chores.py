"""What the service has others do: the plan once an hour, the log's old days once a day.

Each is a command in a process of its own, which takes its time and its memory with it. While the
service is down, cron may do the same (docs/operators.md).
"""

import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime
from subprocess import DEVNULL

import anyio

from paywall.ads.hours import Hours
from paywall.settings import Settings

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "paywall", "ads")
_HOUR_SECONDS = 3600
_START_SECONDS = 10.0
"""Requests first: whoever starts the service wants its pages."""
_AFTER_SECONDS = 30
"""When the hour's last lines are surely written."""
_LIMIT_SECONDS = 1800.0
_sleep = anyio.sleep


async def do_chores_for_ever(
    settings: Settings, hours: Hours, clock: Callable[[], datetime]
) -> None:
    """Plan at the start and after each hour; compact after each midnight of the magazine's."""
    compacted_on = ""
    await _sleep(_START_SECONDS)
    while True:
        if (settings.output / "ads.json").exists():
            await run_command(settings, "plan")
            today = hours.hour_at(clock(), clock().timestamp())[: len("2026-12-01")]
            if today != compacted_on and await run_command(settings, "compact"):
                compacted_on = today
        await _sleep(seconds_to_next(clock()))


def seconds_to_next(now: datetime) -> float:
    """How long until a while after the next full hour."""
    return _HOUR_SECONDS - now.timestamp() % _HOUR_SECONDS + _AFTER_SECONDS


async def run_command(settings: Settings, name: str) -> bool:
    """Run `paywall ads …`; whether it went well. Killed where it never ends, or we do."""
    environ = os.environ | {
        "BICORNE_OUTPUT": str(settings.output),
        "BICORNE_VAR": str(settings.var),
    }
    reason = "trop long"
    with anyio.move_on_after(_LIMIT_SECONDS):
        try:
            done = await anyio.run_process(
                [*COMMAND, name], stdout=DEVNULL, stderr=DEVNULL, check=False, env=environ
            )
            reason = str(done.returncode or "")
        except OSError as error:
            reason = error.strerror or type(error).__name__
    if reason:
        log.error("paywall ads %s : échec (%s)", name, reason)
    return not reason
