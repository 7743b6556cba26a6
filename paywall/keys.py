"""Signing keys: files in `var/keys/`, made on first start, private to the service.

Several keys may stand there, `0001.pem`, `0002.pem`…: all verify, the newest signs.
"""

import base64
import fcntl
import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from paywall.errors import KeyFileError

FIRST_KEY = "0001.pem"
_OTHERS_READ_OR_WRITE = 0o077
_OTHERS_WRITE = 0o022
_COORDINATE_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private P-256 key and the identifier its tokens carry."""

    kid: str
    private: ec.EllipticCurvePrivateKey

    @classmethod
    def of(cls, private: ec.EllipticCurvePrivateKey) -> "SigningKey":
        """Name a key by its RFC 7638 thumbprint: the same key always has the same name."""
        members = json.dumps(_coordinates(private), separators=(",", ":"), sort_keys=True)
        return cls(_base64url(hashlib.sha256(members.encode()).digest()), private)

    def jwk(self) -> dict[str, str]:
        """Return the public half, as RFC 7517 writes it."""
        return {**_coordinates(self.private), "kid": self.kid, "use": "sig", "alg": "ES256"}


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys, oldest to newest; never empty."""

    keys: tuple[SigningKey, ...]

    @property
    def newest(self) -> SigningKey:
        """The key that signs."""
        return self.keys[-1]

    def public_keys(self) -> Mapping[str, ec.EllipticCurvePublicKey]:
        """Return the keys that verify, by identifier."""
        return {key.kid: key.private.public_key() for key in self.keys}

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Return the public key set, for any edge that verifies by itself."""
        return {"keys": [key.jwk() for key in self.keys]}


def new_key() -> SigningKey:
    """Make a key, in memory only."""
    return SigningKey.of(ec.generate_private_key(ec.SECP256R1()))


def load_keys(directory: Path) -> Keyring:
    """Load the keys of a directory, making it and a first key where there is none.

    Raises `KeyFileError` where a private key could have been read or replaced by others.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if directory.stat().st_mode & _OTHERS_WRITE:
            raise KeyFileError(f"{directory} est ouvert en écriture à d’autres : chmod 700")
        with _locked(directory):
            if not any(directory.glob("*.pem")):
                _write_private(directory / FIRST_KEY, new_key())
            return Keyring(tuple(_read_private(path) for path in sorted(directory.glob("*.pem"))))
    except OSError as error:
        raise KeyFileError(f"clés illisibles : {error.strerror} : {error.filename}") from error


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """Let one process at a time make the first key; the others find it made."""
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _write_private(path: Path, key: SigningKey) -> None:
    """Write aside then rename: a key file is whole, and 0600 from its first byte."""
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)  # what a process killed at this point left behind
    fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(_pem(key.private))
        file.flush()
        os.fsync(fd)
    aside.rename(path)


def _read_private(path: Path) -> SigningKey:
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
    return SigningKey.of(private)


def _pem(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _coordinates(private: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = private.public_key().public_numbers()
    x, y = (n.to_bytes(_COORDINATE_BYTES, "big") for n in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": _base64url(x), "y": _base64url(y)}


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
