"""The key that the build signs ads with: made once, read by the service."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from plugins.magazine.messages import tell
from plugins.magazine.settings import SettingsError

KEY_BYTES = 32


def read_or_make_key(path: Path) -> bytes:
    """The key in a file, which is made if missing, for its owner alone.

    Two builds that make it at once agree. Raises ``SettingsError`` when the file holds no key.
    """
    try:
        if not path.exists():
            _make(path)
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        message = "la clé des annonces est illisible ({path}) : {error}"
        raise SettingsError(tell(message, path=path, error=error)) from error
    if len(key) != KEY_BYTES:
        message = "la clé des annonces ({path}) : {size} caractères hexadécimaux, pas {given}"
        raise SettingsError(tell(message, path=path, size=2 * KEY_BYTES, given=2 * len(key)))
    return key


def _make(path: Path) -> None:
    """Written aside, then linked: whoever comes second finds the first one's, whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(aside)
    finally:
        aside.unlink()
