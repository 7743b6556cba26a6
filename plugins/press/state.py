"""What the last published build was made from, and until when it holds.

When nothing of it has changed, the next build need not begin.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from plugins.press.inputs import Inputs
from plugins.press.ledger import NAME as LEDGER

_NAME = "published.json"


@dataclass(frozen=True, slots=True)
class State:
    """``inputs`` made ``output`` at ``built_at``; it holds until ``until``, or for ever.

    ``clock`` is the moment that the environment fixed, if it did. Times are in seconds.
    """

    inputs: str
    output: str
    clock: str
    built_at: float
    until: float | None


def is_current(inputs: Inputs, environ: Mapping[str, str], now: float) -> bool:
    """Whether a build would publish what stands there already."""
    known = _read(inputs.cache)
    if known is None or not inputs.digest:
        return False
    clock = _clock(environ)
    now_there = (inputs.digest, _identity(inputs), clock)
    same = bool(known.output) and (known.inputs, known.output, known.clock) == now_there
    return same and (bool(clock) or _holds(known, now))


def _holds(known: State, now: float) -> bool:
    """Whether time alone has changed nothing; a clock that was put back is not believed."""
    return known.built_at <= now and (known.until is None or now < known.until)


def remember(inputs: Inputs, environ: Mapping[str, str], moments: list[datetime]) -> None:
    """Note what was published; to be called before another build can publish.

    Where it cannot be noted, the site stands all the same, and the next build will look again.
    """
    until = min((moment.timestamp() for moment in moments), default=None)
    output = _identity(inputs)
    state = State(inputs.digest, output, _clock(environ), inputs.seen_at, until)
    unfinished = inputs.cache / f"{_NAME}.part"
    with suppress(OSError):
        unfinished.write_bytes(msgspec.json.encode(state))
        unfinished.replace(inputs.cache / _NAME)


def forget(cache: Path) -> None:
    """Have the next build begin, whatever has changed."""
    (cache / _NAME).unlink(missing_ok=True)


def _read(cache: Path) -> State | None:
    try:
        return msgspec.json.decode((cache / _NAME).read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        return None


def _clock(environ: Mapping[str, str]) -> str:
    return environ.get("SOURCE_DATE_EPOCH", "")


def _identity(inputs: Inputs) -> str:
    """Which publication stands there: each has a ledger of its own; and what its ads are signed
    with."""
    files = (inputs.output / name for name in (LEDGER, "manifest.json", "public"))
    try:
        seen = [*map(_seen, files), _seen(inputs.key) if inputs.key.exists() else ()]
    except OSError:
        return ""
    return repr(seen)


def _seen(path: Path) -> tuple[int, int, int, int]:
    seen = path.stat()
    return seen.st_dev, seen.st_ino, seen.st_mtime_ns, seen.st_size
