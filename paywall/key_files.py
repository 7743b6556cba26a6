"""Private keys as files: whole, readable by their owner only, changed by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from paywall.errors import KeyFileError
from paywall.private_files import private_directory, read_private, write_private


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold a directory of keys, made where there is none: one process at a time changes it.

    Raises `KeyFileError` where others could replace a key, and for whatever cannot be read.
    """
    try:
        with private_directory(directory):
            yield
    except OSError as error:
        raise KeyFileError(f"clés illisibles : {error.strerror} : {error.filename}") from error


def write_key(path: Path, private: ec.EllipticCurvePrivateKey) -> None:
    """Write a key's file."""
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_private(path, pem)


def read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Read a key; raise `KeyFileError` where others could have read it, or it is no such key."""
    source = read_private(path)
    try:
        private = serialization.load_pem_private_key(source, password=None)
    except (ValueError, TypeError) as error:
        raise KeyFileError(f"{path} n’est pas une clé privée lisible") from error
    curve = private.curve if isinstance(private, ec.EllipticCurvePrivateKey) else None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(curve, ec.SECP256R1):
        raise KeyFileError(f"{path} n’est pas une clé P-256")
    return private
