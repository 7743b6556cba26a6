"""The service's cookies: their names, how they are set, and what a request says of them.

`access` holds the token that the gate reads; `session` the opaque secret that the accounts know,
from which access is renewed; `pause` says that renewing was tried just now, so that a reader whom
nothing new opens gets previews rather than one redirect after another; `browser` tells the browser
that waits for a code; `language` is the one chosen for account pages.

Read from the raw header: a space or a tab around a name is no part of it, anything else is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

RawHeaders: TypeAlias = Collection[tuple[bytes, bytes]]
"""As ASGI has them: names in lower case, one pair for each time a header was sent."""

_OPTIONAL_SPACE = b" \t"


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie, for the whole site and for no script."""

    name: str
    secure: bool

    def header(self, value: str, max_age_seconds: int) -> tuple[bytes, bytes]:
        """Write the `Set-Cookie` header. Lax: a link from a mail must find its reader signed in."""
        flags = "; Secure" if self.secure else ""
        text = f"{self.name}={value}; Max-Age={max_age_seconds}; Path=/; HttpOnly; SameSite=Lax"
        return b"set-cookie", (text + flags).encode("ascii")

    def removal(self) -> tuple[bytes, bytes]:
        """Write the header that makes a browser forget it."""
        return self.header("", 0)

    def values(self, headers: RawHeaders) -> list[bytes]:
        """Return every value that a request gives it: two are one too many."""
        return self.among([value for header, value in headers if header == b"cookie"])

    def among(self, cookie_headers: Iterable[bytes]) -> list[bytes]:
        """Return every value that these `Cookie` headers give it."""
        name = self.name.encode("ascii")
        values = []
        for header in cookie_headers:
            for pair in header.split(b";") if name in header else ():
                key, _, value = pair.partition(b"=")
                if key.strip(_OPTIONAL_SPACE) == name:
                    values.append(value.strip(_OPTIONAL_SPACE))
        return values

    def one(self, headers: RawHeaders) -> str | None:
        """Return its value, if it is given once."""
        values = self.values(headers)
        return values[0].decode("latin-1") if len(values) == 1 else None


class Cookies:
    """The cookies, as they are called where readers come by https, and where they do not.

    Browsers refuse a `__Host-` cookie set by another subdomain or without Secure (RFC 6265bis).
    """

    def __init__(self, *, secure: bool) -> None:
        prefix = "__Host-" if secure else ""
        self.access = Cookie(prefix + "bicorne_access", secure)
        self.session = Cookie(prefix + "bicorne_session", secure)
        self.pause = Cookie(prefix + "bicorne_pause", secure)
        self.browser = Cookie(prefix + "bicorne_browser", secure)
        self.language = Cookie(prefix + "bicorne_langue", secure)
