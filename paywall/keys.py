"""Signing keys: `0001.pem`, `0002.pem`… in `var/keys/`, made on first start.

A key is made (`rotate_keys`), published at once, and signs ten minutes later: edges keep the key
set for five. The one before it verifies for an hour more, four times a token's life; then it is
retired: it verifies nothing, and its file is deleted. Nothing was ever enciphered with it, so the
only use of an old private key would be to forge.

When a key was made is its file's date. A backup restored without dates only begins these periods
again.
"""

import base64
import hashlib
import itertools
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from paywall.errors import KeyFileError
from paywall.key_files import locked, read_key, write_key

SIGNS_AFTER = timedelta(minutes=10)
OVERLAP = timedelta(hours=1)
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


@dataclass(frozen=True)
class Keyring:
    """The keys that verify, oldest to newest; never empty."""

    keys: tuple[SigningKey, ...]
    signing_kid: str = ""
    """The key that signs, where it is not the newest: edges have yet to learn of that one."""

    @property
    def newest(self) -> SigningKey:
        """The key made last."""
        return self.keys[-1]

    @property
    def signing(self) -> SigningKey:
        """The key that signs."""
        return next((key for key in self.keys if key.kid == self.signing_kid), self.newest)

    def current(self) -> "Keyring":
        """Return itself: keys that are given do not change, those of a directory may."""
        return self

    def public_keys(self) -> Mapping[str, ec.EllipticCurvePublicKey]:
        """Return the keys that verify, by identifier: the same mapping each time."""
        return self._public_keys

    @cached_property
    def _public_keys(self) -> Mapping[str, ec.EllipticCurvePublicKey]:
        return {key.kid: key.private.public_key() for key in self.keys}

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Return the public key set, for any edge that verifies by itself."""
        return {"keys": [key.jwk() for key in self.keys]}


def new_key() -> SigningKey:
    """Make a key, in memory only."""
    return SigningKey.of(ec.generate_private_key(ec.SECP256R1()))


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did, by identifiers of keys."""

    made: str
    retired: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _KeyFile:
    path: Path
    key: SigningKey
    made_at: datetime


def load_keys(directory: Path, now: datetime | None = None) -> Keyring:
    """Load the keys that verify by now, making a directory and a first key where there is none.

    Raises `KeyFileError` where a private key could have been read or replaced by others.
    """
    now = now or datetime.now(UTC)
    with locked(directory):
        if not _paths(directory):
            write_key(directory / "0001.pem", new_key().private)
        standing = _standing(_read_all(directory), now)
    known = [file for file in standing if file.made_at <= now - SIGNS_AFTER]
    signing = known[-1] if known else standing[0]
    return Keyring(tuple(file.key for file in standing), signing.key.kid)


def rotate_keys(directory: Path, now: datetime) -> Rotation:
    """Make the next key, and delete those that are retired."""
    load_keys(directory, now)
    with locked(directory):
        retired = _retire(directory, now)
        newest, key = _paths(directory)[-1], new_key()
        if not newest.stem.isdecimal():
            raise KeyFileError(f"{newest} : une clé s’appelle 0001.pem, 0002.pem…")
        path = newest.with_name(f"{int(newest.stem) + 1:04}.pem")
        write_key(path, key.private)
        os.utime(path, (now.timestamp(), now.timestamp()))
    return Rotation(key.kid, retired)


def retire_keys(directory: Path, now: datetime) -> tuple[str, ...]:
    """Delete the keys that verify nothing more."""
    with locked(directory):
        return _retire(directory, now)


def _paths(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.pem"))


def _read_all(directory: Path) -> list[_KeyFile]:
    return [
        _KeyFile(path, SigningKey.of(read_key(path)), _made_at(path)) for path in _paths(directory)
    ]


def _standing(files: list[_KeyFile], now: datetime) -> list[_KeyFile]:
    """Leave out what was followed by another key longer ago than the overlap."""
    followers = itertools.pairwise(files)
    retired = {file.path for file, next_file in followers if next_file.made_at <= now - OVERLAP}
    return [file for file in files if file.path not in retired]


def _retire(directory: Path, now: datetime) -> tuple[str, ...]:
    files = _read_all(directory)
    standing = _standing(files, now)
    retired = [file for file in files if file not in standing]
    for file in retired:
        file.path.unlink()
    return tuple(file.key.kid for file in retired)


def _made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _coordinates(private: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = private.public_key().public_numbers()
    x, y = (n.to_bytes(_COORDINATE_BYTES, "big") for n in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": _base64url(x), "y": _base64url(y)}


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
