"""Signing keys: files in `var/keys/`, made on first start, private to the service.

Several keys may stand there, `0001.pem`, `0002.pem`…: all verify, the newest signs.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from paywall.errors import KeyFileError
from paywall.private_files import private_directory, read_private, write_private

FIRST_KEY = "0001.pem"
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
        with private_directory(directory):
            if not any(directory.glob("*.pem")):
                write_private(directory / FIRST_KEY, _pem(new_key().private))
            return Keyring(tuple(_read(path) for path in sorted(directory.glob("*.pem"))))
    except OSError as error:
        raise KeyFileError(f"clés illisibles : {error.strerror} : {error.filename}") from error


def _read(path: Path) -> SigningKey:
    source = read_private(path)
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
