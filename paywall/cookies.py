"""Every cookie of the service: what it is called, who may read it, how long it lasts."""

from starlette.datastructures import Headers

from paywall.site.answers import Header

ACCESS = "bicorne_access"
"""The access token: what its reader may read, for some minutes."""
SESSION = "bicorne_session"
"""The session's secret: who its reader is."""
BROWSER = "bicorne_browser"
"""The browser that waits for a code."""
PAUSE = "bicorne_pause"
"""Tokens cannot be renewed just now: previews are shown meanwhile."""
LANGUAGE = "bicorne_langue"
"""The language chosen for account pages."""


def cookie_name(cookie: str, *, secure: bool) -> str:
    """A cookie's name over https: no other host, no path and no plain http can set it.

    RFC 6265bis, 4.1.3.2.
    """
    return f"__Host-{cookie}" if secure else cookie


def set_cookie(cookie: str, value: str, max_age_seconds: int, *, secure: bool) -> Header:
    """A `Set-Cookie`; an age of 0 removes it."""
    flags = "; Secure" if secure else ""
    name = cookie_name(cookie, secure=secure)
    told = f"{name}={value}; Max-Age={max_age_seconds}; Path=/; HttpOnly; SameSite=Lax{flags}"
    return b"set-cookie", told.encode("ascii")


def one_cookie(headers: Headers, cookie: str, *, secure: bool) -> str | None:
    """A cookie that is given once. Twice, gates disagree on which counts: it is refused."""
    name = cookie_name(cookie, secure=secure)
    pairs = (
        pair.strip().partition("=")
        for header in headers.getlist("cookie")
        for pair in header.split(";")
    )
    values = [value.strip() for key, _, value in pairs if key.strip() == name]
    return values[0] if len(values) == 1 else None
