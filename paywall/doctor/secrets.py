"""What only the service may read: its folder, its keys, its accounts."""

import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from paywall.doctor.finding import Finding, good, note, wrong
from paywall.errors import KeyFileError
from paywall.keys import load_keys
from paywall.settings import Settings
from paywall.store.database import file_of

_OTHERS = 0o077


def check_keys(settings: Settings, _now: datetime) -> Iterator[Finding]:
    """The keys that sign: none is made here."""
    if not any(settings.keys.glob("*.pem")):
        yield note("clés", "pas encore de clé : le premier paywall serve la fait")
        return
    try:
        keyring = load_keys(settings.keys)
    except KeyFileError as error:
        yield wrong("clés", str(error))
        return
    yield good("clés", f"{len(keyring.keys)} dans {settings.keys}, la dernière signe")


def check_modes(settings: Settings, _now: datetime) -> Iterator[Finding]:
    """Whether anybody else on this machine could read them."""
    if not settings.var.is_dir():
        yield note("droits", f"{settings.var} n’existe pas encore : il sera fait")
        return
    open_to_others = [path for path in _private(settings) if _mode(path) & _OTHERS]
    for path in open_to_others:
        right = "700" if path.is_dir() else "600"
        yield wrong("droits", f"{path} est ouvert à d’autres : chmod {right} {path}")
    if not open_to_others:
        yield good("droits", f"{settings.var} n’est ouvert qu’au service")


def _private(settings: Settings) -> Iterator[Path]:
    yield settings.var
    if settings.keys.is_dir():
        yield from (settings.keys, *sorted(settings.keys.iterdir()))
    yield from (path for path in (settings.members, settings.var / "ads.key") if path.exists())
    if (events := settings.var / "events").is_dir():
        yield from (events, *sorted(events.iterdir()))
    file = file_of(settings.database)
    if file is not None:
        names = (file.with_name(file.name + end) for end in ("", "-wal", "-shm"))
        yield from (path for path in names if path.exists())


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
