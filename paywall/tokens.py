"""Access tokens: JWT (RFC 7519) signed with ES256, of type `at+jwt` (RFC 9068).

`issue_token` signs one, `Verifier` reads one. Reading never raises and never says why it
refused: a token that is not entirely right entitles to nothing.
"""

import base64
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from paywall.gate import Entitlement
from paywall.keys import SigningKey
from paywall.site.lru import Lru

AUDIENCE = "bicorne-pages"
ALL_ISSUES = "all"
ISSUE_PREFIX = "issue:"

MAX_TOKEN_BYTES = 4096
_CACHED_TOKENS = 8192
_ALGORITHM = "ES256"
# Three base64url parts; an ES256 signature is 64 bytes, so 86 characters.
_SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}")
# For clocks apart when another machine signs. Never applied to the expiry.
_EARLY = timedelta(seconds=5)


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

    entitlement: Entitlement
    not_before_at: float
    expires_at: float

    def holds(self, now: datetime) -> bool:
        """Tell whether the token is valid at this instant."""
        seconds = now.timestamp()
        return self.not_before_at - _EARLY.total_seconds() <= seconds < self.expires_at


def issue_token(
    key: SigningKey,
    issuer: str,
    grants: Collection[str],
    *,
    now: datetime,
    lifetime: timedelta,
) -> str:
    """Sign a token for these grants; none at all makes a token that is signed in, no more."""
    issued_at = int(now.timestamp())
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": secrets.token_urlsafe(16),  # names nobody
        "iat": issued_at,
        "exp": issued_at + int(lifetime.total_seconds()),
        "grants": sorted(grants),
    }
    headers = {"kid": key.kid, "typ": "at+jwt"}
    return jwt.encode(claims, key.private, algorithm=_ALGORITHM, headers=headers)


class Verifier:
    """Reads tokens with public keys only: no network, no store, so any edge can do the same."""

    def __init__(self, keys: Mapping[str, ec.EllipticCurvePublicKey], issuer: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._jws = jwt.PyJWS(algorithms=[_ALGORITHM])
        # Only good tokens are kept, so that random ones cannot push them out.
        self._verified: Lru[str, AccessToken] = Lru(_CACHED_TOKENS)

    def read(self, token: str, now: datetime) -> AccessToken | None:
        """Return what the token says if it is valid at this instant, else None."""
        read = self._verified.get(token)
        if read is None:
            read = self._verify(token)
            if read is None or not read.holds(now):
                return None
            self._verified.put(token, read)
        return read if read.holds(now) else None

    def _verify(self, token: str) -> AccessToken | None:
        if len(token) > MAX_TOKEN_BYTES or not _SHAPE.fullmatch(token):
            return None
        try:
            header = _decode_header(token)
            claims = self._signed_claims(token, header.kid)
        except (KeyError, ValueError, msgspec.MsgspecError, jwt.PyJWTError):
            return None
        if claims.iss != self._issuer or claims.aud != AUDIENCE:
            return None
        not_before = claims.iat if claims.nbf is None else max(claims.iat, claims.nbf)
        return AccessToken(_entitlement(claims.grants), not_before, claims.exp)

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


def _entitlement(grants: list[str]) -> Entitlement:
    """Translate grants; one this version does not know gives nothing."""
    issues = (
        grant.removeprefix(ISSUE_PREFIX) for grant in grants if grant.startswith(ISSUE_PREFIX)
    )
    return Entitlement(
        signed_in=True, all_issues=ALL_ISSUES in grants, issues=frozenset(issues) - {""}
    )
