"""Access tokens: JWT (RFC 7519) signed with ES256, of type `at+jwt` (RFC 9068).

`issue_token` signs one, `Verifier` reads one. Reading never raises and never says why it
refused: a token that is not entirely right entitles to nothing.

A token cannot be taken back, so it lives for a quarter of an hour at most, and is renewed from the
session behind it. The verifier holds signers to this: a token made for longer is no token.
"""

import base64
import re
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from paywall.gate import Entitlement
from paywall.grants import entitlement_of
from paywall.keys import SigningKey
from paywall.site.lru import Lru

AUDIENCE = "bicorne-pages"
MAX_LIFETIME = timedelta(minutes=15)
MAX_TOKEN_BYTES = 4096
_CACHED_TOKENS = 8192
_ALGORITHM = "ES256"
# Three base64url parts; an ES256 signature is 64 bytes, so 86 characters.
_SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}")
# 16 random bytes: says nothing about anybody, and cannot be guessed.
_SUBJECT = re.compile(r"[A-Za-z0-9_-]{22}")
# For clocks apart when another machine signs. Never applied to the expiry.
_EARLY_SECONDS = 5


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    """Exactly these members: no `jwk`, `jku`, `x5c`, `crit` that could name another key."""

    alg: Literal["ES256"]
    typ: Literal["at+jwt"]
    kid: str


class _Claims(msgspec.Struct):
    iss: str
    aud: str
    sub: str
    iat: int
    exp: int
    grants: list[str]
    nbf: int | None = None


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a verified token says. The signature holds for ever, the times do not."""

    subject: str
    entitlement: Entitlement
    not_before_at: float
    expires_at: float

    def holds(self, now: datetime) -> bool:
        """Tell whether the token is valid at this instant."""
        seconds = now.timestamp()
        return self.not_before_at - _EARLY_SECONDS <= seconds < self.expires_at


def new_subject() -> str:
    """Make what a session's tokens are known by: 22 base64url characters that name nobody."""
    return secrets.token_urlsafe(16)


def issue_token(  # noqa: PLR0913 - by keyword, each of them one claim
    key: SigningKey,
    issuer: str,
    grants: Collection[str],
    *,
    now: datetime,
    lifetime: timedelta = MAX_LIFETIME,
    subject: str | None = None,
) -> str:
    """Sign a token for these grants; none at all makes a token that is signed in, no more.

    Raises `ValueError` for a life above `MAX_LIFETIME`, and for a subject not of `new_subject`'s
    form. Without a subject, the token gets one of its own.
    """
    if not timedelta(0) < lifetime <= MAX_LIFETIME:
        raise ValueError(f"a token lives for {MAX_LIFETIME} at most, not {lifetime}")
    subject = new_subject() if subject is None else subject
    if not _SUBJECT.fullmatch(subject):
        raise ValueError("a subject is 22 base64url characters")
    issued_at = int(now.timestamp())
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": subject,
        "iat": issued_at,
        "exp": issued_at + int(lifetime.total_seconds()),
        "grants": sorted(grants),
    }
    headers = {"kid": key.kid, "typ": "at+jwt"}
    return jwt.encode(claims, key.private, algorithm=_ALGORITHM, headers=headers)


class Verifier:
    """Reads tokens with public keys only: no network, no store, so any edge can do the same."""

    def __init__(
        self, public_keys: Callable[[], Mapping[str, ec.EllipticCurvePublicKey]], issuer: str
    ) -> None:
        self._public_keys = public_keys
        self._keys = public_keys()
        self._issuer = issuer
        self._jws = jwt.PyJWS(algorithms=[_ALGORITHM])
        # Only good tokens are kept, so that random ones cannot push them out.
        self._verified: Lru[str, AccessToken] = Lru(_CACHED_TOKENS)

    def read(self, token: str, now: datetime) -> AccessToken | None:
        """Return what the token says if it is valid at this instant, else None."""
        keys = self._public_keys()
        if keys is not self._keys:  # what a retired key has signed must be refused from now on
            self._keys = keys
            self._verified = Lru(_CACHED_TOKENS)
        read = self._verified.get(token)
        if read is None:
            read = self._verify(token)
            if read is None or not read.holds(now):
                return None
            self._verified.put(token, read)
        if not read.holds(now):
            self._verified.drop(token)
            return None
        return read

    def _verify(self, token: str) -> AccessToken | None:
        if len(token) > MAX_TOKEN_BYTES or not _SHAPE.fullmatch(token):
            return None
        try:
            header = _decode_header(token)
            claims = self._signed_claims(token, header.kid)
        except (KeyError, ValueError, msgspec.MsgspecError, jwt.PyJWTError):
            return None
        if claims.iss != self._issuer or not _is_ours(claims):
            return None
        not_before = claims.iat if claims.nbf is None else max(claims.iat, claims.nbf)
        return AccessToken(
            claims.sub, entitlement_of(claims.grants), float(not_before), float(claims.exp)
        )

    def _signed_claims(self, token: str, kid: str) -> _Claims:
        """Check the signature with the one key of that name, then read the claims it covers."""
        payload = self._jws.decode(token, self._keys[kid], algorithms=[_ALGORITHM])
        return msgspec.json.decode(payload, type=_Claims)


def _decode_header(token: str) -> _Header:
    """Read the header strictly before any library does: it is not signed yet."""
    part = token.partition(".")[0]
    return msgspec.json.decode(
        base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)), type=_Header
    )


def _is_ours(claims: _Claims) -> bool:
    """Check what holds for every token that `issue_token` makes, whoever signed this one."""
    lifetime_seconds = claims.exp - claims.iat
    return (
        claims.aud == AUDIENCE
        and _SUBJECT.fullmatch(claims.sub) is not None
        and 0 < lifetime_seconds <= MAX_LIFETIME.total_seconds()
    )
