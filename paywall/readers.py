"""Who is asking: from a request's headers to what its reader may read.

The access token that a request carries is the whole answer. Nothing is looked up: while the
database is down, whoever holds a token reads on.
"""

import re
from datetime import datetime
from typing import NamedTuple, Protocol

from paywall.cookies import Cookies, RawHeaders
from paywall.ended import EndedSubjects
from paywall.gate import NOBODY, Entitlement
from paywall.tokens import AccessToken, Verifier

# 256 bits, as `secrets.token_urlsafe(32)` writes them.
_SESSION = re.compile(rb"[A-Za-z0-9_-]{43}")


class Reader(NamedTuple):  # the cheapest to make: one for each request
    """What a reader may read, and whether a session could be asked for more."""

    entitlement: Entitlement = NOBODY
    may_renew: bool = False


STRANGER = Reader()


class Readers(Protocol):
    """Answers who is behind a request."""

    def reader_of(self, headers: RawHeaders, now: datetime) -> Reader:
        """Return the reader; entitled to nothing unless known for certain."""


class TokenReaders:
    """Reads the access token in the cookie or in the `Authorization` header."""

    def __init__(self, verifier: Verifier, cookies: Cookies, ended: EndedSubjects) -> None:
        self._verifier = verifier
        self._cookies = cookies
        self._ended = ended

    def reader_of(self, headers: RawHeaders, now: datetime) -> Reader:
        """Return what the token grants; nothing when there is any doubt about it.

        Gates disagree on which of two cookies of one name counts (nginx the first, others the
        last), so two are refused, and so are a cookie and a bearer that differ. Renewing would not
        mend these: it is only for browsers without a valid token.
        """
        sent = [value for name, value in headers if name == b"cookie"]
        bearers = _bearers(headers)
        if not sent and not bearers:
            return STRANGER
        cookies = self._cookies.access.among(sent)
        tokens = {*cookies, *bearers}
        if len(cookies) > 1 or len(bearers) > 1 or len(tokens) > 1:
            return STRANGER
        token = self._token(tokens.pop(), now) if tokens else None
        if token is not None:
            return Reader(token.entitlement)
        return Reader(may_renew=not bearers and self._has_session(sent))

    def _token(self, presented: bytes, now: datetime) -> AccessToken | None:
        token = self._verifier.read(presented.decode("latin-1"), now)
        return None if token is None or self._ended.holds(token.subject, now) else token

    def _has_session(self, sent: list[bytes]) -> bool:
        sessions = self._cookies.session.among(sent)
        return (
            len(sessions) == 1
            and _SESSION.fullmatch(sessions[0]) is not None
            and not self._cookies.pause.among(sent)
        )


def _bearers(headers: RawHeaders) -> list[bytes]:
    sent = [value for name, value in headers if name == b"authorization"]
    if not sent:  # nearly always
        return sent
    schemes = (value.partition(b" ") for value in sent)
    return [token.strip(b" \t") for scheme, _, token in schemes if scheme.lower() == b"bearer"]
