"""Private keys as files: whole, readable by their owner only, changed by one process at a time."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from paywall.errors import KeyFileError

_OTHERS_READ_OR_WRITE = 0o077
_OTHERS_WRITE = 0o022


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold a directory of keys, made where there is none: one process at a time changes it.

    Raises `KeyFileError` where others could replace a key, and for whatever cannot be read.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if directory.stat().st_mode & _OTHERS_WRITE:
            raise KeyFileError(f"{directory} est ouvert en écriture à d’autres : chmod 700")
        fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)
    except OSError as error:
        raise KeyFileError(f"clés illisibles : {error.strerror} : {error.filename}") from error


def write_private(path: Path, private: ec.EllipticCurvePrivateKey) -> None:
    """Write aside then rename: a key file is whole, and 0600 from its first byte."""
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)  # what a process killed at this point left behind
    fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(_pem(private))
        file.flush()
        os.fsync(fd)
    aside.rename(path)


def read_private(path: Path) -> ec.EllipticCurvePrivateKey:
    """Read a key; raise `KeyFileError` where others could have read it, or it is no such key."""
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(fd, "rb") as file:
        if stat.S_IMODE(os.fstat(fd).st_mode) & _OTHERS_READ_OR_WRITE:
            raise KeyFileError(f"{path} est lisible par d’autres : chmod 600 {path}")
        source = file.read()
    try:
        private = serialization.load_pem_private_key(source, password=None)
    except (ValueError, TypeError) as error:
        raise KeyFileError(f"{path} n’est pas une clé privée lisible") from error
    curve = private.curve if isinstance(private, ec.EllipticCurvePrivateKey) else None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(curve, ec.SECP256R1):
        raise KeyFileError(f"{path} n’est pas une clé P-256")
    return private


def _pem(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
