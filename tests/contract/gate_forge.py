"""Signs the vectors' tokens: the good as the service does, the bad as an attacker would."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from paywall.keys import Keyring, SigningKey

KEYS = Path(__file__).with_name("gate_test_keys.json")
ADDRESS = "https://revue.example"
NOW = 1_805_014_800  # 2027-03-14T09:00:00Z
SUBJECT = "SujetDeVingtDeuxSignes"
Json = dict[str, Any]


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def part(value: object) -> str:
    return encode(json.dumps(value, separators=(",", ":")).encode())


def keyring() -> Keyring:
    """The committed test keys, oldest to newest."""
    document = json.loads(KEYS.read_text("utf-8"))
    private = (jwt.PyJWK(key, algorithm="ES256").key for key in document["keys"])
    return Keyring(tuple(map(SigningKey.of, private)))


def new_private(curve: ec.EllipticCurve | None = None) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve or ec.SECP256R1())


class Forge:
    """A signing key, a good header and good claims, each of which a case may change."""

    def __init__(self, key: SigningKey) -> None:
        self.key = key
        self.header: Json = {"alg": "ES256", "kid": key.kid, "typ": "at+jwt"}
        self.claims: Json = {
            "iss": ADDRESS,
            "aud": "bicorne-pages",
            "sub": SUBJECT,
            "iat": NOW - 60,
            "exp": NOW + 600,
            "grants": ["all"],
        }

    def token(self, *grants: str, **claims: Any) -> str:
        """A token for these grants; a claim changed to None is left out."""
        changed = self.claims | {"grants": list(grants)} | claims
        return self.sign(self.header, {k: v for k, v in changed.items() if v is not None})

    def claiming(self, **claims: Any) -> str:
        return self.token("all", **claims)

    def headed(self, **changes: Any) -> str:
        """A token of our key with another header; a member changed to None is left out."""
        header = {k: v for k, v in (self.header | changes).items() if v is not None}
        return self.sign(header, self.claims)

    def sign(self, header: object, claims: object, key: Any = None, alg: str = "ES256") -> str:
        signed = f"{part(header)}.{part(claims)}"
        algorithm = jwt.get_algorithm_by_name(alg)
        return f"{signed}.{encode(algorithm.sign(signed.encode(), key or self.key.private))}"

    def signed_with(self, signature: bytes, **header: Any) -> str:
        """A good token under any signature at all."""
        return f"{part(self.header | header)}.{part(self.claims)}.{encode(signature)}"

    def hmac(self, secret: bytes, alg: str = "HS256") -> str:
        """HS/ES confusion: the public key taken for a shared secret."""
        signed = f"{part(self.header | {'alg': alg})}.{part(self.claims)}"
        kind = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}[alg]
        return f"{signed}.{encode(hmac.new(secret, signed.encode(), kind).digest())}"

    def public_pem(self) -> bytes:
        return self.key.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def public_jwk(self) -> bytes:
        return json.dumps(self.key.jwk()).encode()
