"""Who is asking: from a request to what its reader may read.

`Entitlements` is the seam. Today the token a request carries is the whole answer; accounts
with sessions will be another implementation of the same question.
"""

from datetime import datetime
from typing import Protocol

from starlette.datastructures import Headers
from starlette.requests import Request

from paywall.gate import NOBODY, Entitlement
from paywall.tokens import Verifier

COOKIE = "bicorne_access"
# Browsers refuse a `__Host-` cookie set by another subdomain or without Secure (RFC 6265bis).
SECURE_COOKIE = "__Host-bicorne_access"


class Entitlements(Protocol):
    """Answers what the reader behind a request may read."""

    def entitlement_of(self, request: Request, now: datetime) -> Entitlement:
        """Return the entitlement; `NOBODY` for anyone who is not known for certain."""


class TokenEntitlements:
    """Reads the access token in the cookie or in the `Authorization` header."""

    def __init__(self, verifier: Verifier, *, secure: bool) -> None:
        self._verifier = verifier
        self._cookie = cookie_name(secure=secure)

    def entitlement_of(self, request: Request, now: datetime) -> Entitlement:
        """Return what the token grants; nothing when there is any doubt about it."""
        token = presented_token(request.headers, self._cookie)
        read = None if token is None else self._verifier.read(token, now)
        return NOBODY if read is None else read.entitlement


def cookie_name(*, secure: bool) -> str:
    """Return the name of the access cookie."""
    return SECURE_COOKIE if secure else COOKIE


def cookie_header(value: str, max_age_seconds: int, *, secure: bool) -> str:
    """Write a `Set-Cookie` for the access cookie; an age of 0 removes it."""
    flags = "; Secure" if secure else ""
    name = cookie_name(secure=secure)
    return f"{name}={value}; Max-Age={max_age_seconds}; Path=/; HttpOnly; SameSite=Lax{flags}"


def presented_token(headers: Headers, cookie: str) -> str | None:
    """Return the one token a request presents, or None if there is none or several.

    Gates disagree on which of two cookies of one name counts (nginx the first, others the
    last), so two are refused, and so are a cookie and a bearer that differ.
    """
    cookies = _cookies(headers, cookie)
    bearers = _bearers(headers)
    tokens = {*cookies, *bearers}
    if len(cookies) > 1 or len(bearers) > 1 or len(tokens) != 1:
        return None
    return tokens.pop()


def _cookies(headers: Headers, name: str) -> list[str]:
    pairs = (
        pair.strip().partition("=")
        for header in headers.getlist("cookie")
        for pair in header.split(";")
    )
    return [value.strip() for key, _, value in pairs if key.strip() == name]


def _bearers(headers: Headers) -> list[str]:
    schemes = (header.partition(" ") for header in headers.getlist("authorization"))
    return [token.strip() for scheme, _, token in schemes if scheme.lower() == "bearer"]
