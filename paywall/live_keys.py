"""The keys of a running service: new ones are noticed without a restart."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from paywall.errors import KeyFileError
from paywall.keys import Keyring, load_keys, retire_keys

CHECK_SECONDS = 2.0
_RELOAD_SECONDS = 60.0
"""Time alone changes which key signs, and retires keys: the directory looks the same."""

log = logging.getLogger("paywall")


class Keys(Protocol):
    """Knows the keys of the moment."""

    def current(self) -> Keyring:
        """Return the keys that verify by now; ask again for each use."""

    def public_keys(self) -> Mapping[str, ec.EllipticCurvePublicKey]:
        """Return the public ones of them; another mapping only where they have changed."""


class LiveKeys:
    """The keys of a directory; notices new ones, and the passing of time, without a restart."""

    def __init__(
        self,
        directory: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        check_seconds: float = CHECK_SECONDS,
    ) -> None:
        self._directory, self._clock, self._check_seconds = directory, clock, check_seconds
        self._keyring = load_keys(directory, clock())
        self._seen = _date(directory)
        self._check_at = monotonic() + check_seconds
        self._reload_at = monotonic() + _RELOAD_SECONDS
        self._reason = ""

    def current(self) -> Keyring:
        """Return the keys that verify by now."""
        ticks = monotonic()
        if ticks >= self._check_at:
            self._check_at = ticks + self._check_seconds
            self._check(ticks)
        return self._keyring

    def public_keys(self) -> Mapping[str, ec.EllipticCurvePublicKey]:
        """Return the public ones; another mapping only where they have changed."""
        return self.current().public_keys()

    def _check(self, ticks: float) -> None:
        seen = _date(self._directory)
        if seen == self._seen and ticks < self._reload_at:
            return
        try:
            retire_keys(self._directory, self._clock())
            keyring = load_keys(self._directory, self._clock())
        except KeyFileError as error:  # a key half written, most likely: looked at again
            self._say(f"clés inchangées : {error}")
            return
        self._say("")
        self._seen, self._reload_at = _date(self._directory), ticks + _RELOAD_SECONDS
        if _kids(keyring) != _kids(self._keyring):
            self._keyring = keyring

    def _say(self, reason: str) -> None:
        """Log a reason when it changes, not at each check."""
        if reason and reason != self._reason:
            log.warning(reason)
        self._reason = reason


def _kids(keyring: Keyring) -> tuple[str, ...]:
    return (*(key.kid for key in keyring.keys), keyring.signing.kid)


def _date(directory: Path) -> int:
    try:
        return directory.stat().st_mtime_ns
    except OSError:
        return 0
