"""Who is asking: from a request's headers to what its reader may read.

The access token that a request carries is the whole answer. Nothing is looked up: while the
database is down, whoever holds a token reads on.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from paywall.cookies import Cookies, RawHeaders
from paywall.ended import EndedSubjects
from paywall.gate import NOBODY, Entitlement
from paywall.tokens import AccessToken, Verifier

# 256 bits, as `secrets.token_urlsafe(32)` writes them.
_SESSION = re.compile(rb"[A-Za-z0-9_-]{43}")


RENEW_AFTER_SECONDS = 60.0
"""How old a valid token is that may be renewed: what it does not open may be its reader's since."""


class Reader(NamedTuple):  # the cheapest to make: one for each request
    """What a reader may read, and where to look for a session that could be asked for more."""

    entitlement: Entitlement = NOBODY
    cookies: Sequence[bytes] = ()
    """The `Cookie` headers; none where a session would not mend what is wrong."""
    token_at: float = 0.0
    """When its token was made, in seconds since 1970; 0 without a valid token."""


STRANGER = Reader()


class Readers(Protocol):
    """Answers who is behind a request."""

    def reader_of(self, headers: RawHeaders, now: datetime) -> Reader:
        """Return the reader; entitled to nothing unless known for certain."""

    def may_renew(self, reader: Reader, now: datetime) -> bool:
        """Tell whether a session could be asked for more. Only those who are refused ask."""


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
        mend these.
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
        browser = () if bearers else sent
        if token is None:
            return Reader(NOBODY, browser)
        return Reader(token.entitlement, browser, token.not_before_at)

    def may_renew(self, reader: Reader, now: datetime) -> bool:
        """Tell whether a browser has a session, no token made just now, and no pause to keep.

        Who is refused with a valid token may have bought since, or had a transfer confirmed.
        """
        return (
            bool(reader.cookies)
            and now.timestamp() - reader.token_at >= RENEW_AFTER_SECONDS
            and self._has_session(reader.cookies)
        )

    def _token(self, presented: bytes, now: datetime) -> AccessToken | None:
        token = self._verifier.read(presented.decode("latin-1"), now)
        return None if token is None or self._ended.holds(token.subject, now) else token

    def _has_session(self, sent: Sequence[bytes]) -> bool:
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
