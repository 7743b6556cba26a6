"""A request as views see it: read once, bounded, with nothing in it that was not looked at."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, IPv6Network
from urllib.parse import parse_qsl

import anyio
from starlette.requests import ClientDisconnect, Request

from paywall.cookies import RawHeaders
from paywall.errors import PaywallError
from paywall.networks import Networks, address_of
from paywall.store.schema import Reader, Session
from paywall.words import LANGUAGES

MAX_BODY_BYTES = 16 * 1024
BODY_SECONDS = 30.0
"""For the whole of a form, which a slow line sends in one; longer is somebody holding a place."""

_MAX_FIELDS = 40
_MAX_VALUE_CHARACTERS = 4000
_BROWSERS = {
    "Edge": r"Edg|EdgA|EdgiOS",
    "Opera": r"OPR|OPT|OPiOS",
    "Firefox": r"Firefox|FxiOS",
    "Chrome": r"Chrome|CriOS|HeadlessChrome",
    "Safari": r"Safari",
}
"""Browser → what it calls itself. Most also call themselves by names that stand below theirs."""
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


class NobodyError(PaywallError):
    """Nobody is signed in, or what they signed in to is an account no more."""


class BadRequestError(PaywallError):
    """A body that no form of ours sends."""


class TooLargeError(PaywallError):
    """A body larger than any form of ours."""


@dataclass(frozen=True)
class Asked:
    """What a view is given."""

    method: str
    path: str
    parts: Mapping[str, str]
    """The named parts of the path."""
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: RawHeaders
    language: str
    has_chosen_language: bool
    """Whether its reader said so, here and now."""
    network: str
    """Where it comes from, for limits: an IPv4 address, or an IPv6 /64."""
    device: str
    now: datetime
    session: Session | None = None
    reader: Reader | None = None

    def signed_in(self) -> tuple[Session, Reader]:
        """Whoever asks for what is only for readers. Raises `NobodyError`."""
        if self.session is None or self.reader is None:
            raise NobodyError("personne n’est connecté")
        return self.session, self.reader


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises `TooLargeError`, `BadRequestError`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        with anyio.fail_after(BODY_SECONDS):
            body = await _read(request)
    except (TimeoutError, ClientDisconnect) as error:
        raise BadRequestError("formulaire interrompu") from error
    if body and kind != "application/x-www-form-urlencoded":
        raise BadRequestError("formulaire attendu")
    return fields_of(body)


async def _read(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise TooLargeError("formulaire trop long")
    return body


def fields_of(encoded: bytes) -> dict[str, str]:
    """Fields as text: each once, of UTF-8 only, without signs that no keyboard has."""
    try:
        pairs = parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except (ValueError, UnicodeDecodeError) as error:
        raise BadRequestError("formulaire illisible") from error
    fields = {name: unicodedata.normalize("NFC", value) for name, value in pairs}
    if len(fields) != len(pairs):
        raise BadRequestError("champ donné deux fois")
    for value in fields.values():
        if len(value) > _MAX_VALUE_CHARACTERS or any(map(_is_strange, value)):
            raise BadRequestError("champ illisible")
    return fields


def _is_strange(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs", "Cn"} and sign not in "\r\n\t"


def language_of(request: Request, cookie: str) -> str:
    """The language that somebody chose, or that their browser prefers."""
    if cookie in LANGUAGES:
        return cookie
    for wanted in request.headers.get("accept-language", "").split(","):
        tag = wanted.partition(";")[0].strip().lower().partition("-")[0]
        if tag in LANGUAGES:
            return tag
    return LANGUAGES[0]


def network_of(request: Request, proxies: Networks) -> str:
    """Where a request comes from, for limits: an IPv4 address, or an IPv6 /64."""
    client = request.client.host if request.client else ""
    address = address_of(client, request.headers.getlist("x-forwarded-for"), proxies)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return "?" if address is None else str(address)


def device_of(request: Request) -> str:
    """« Firefox, Linux »: enough to know one's own browsers apart, and no more."""
    agent = request.headers.get("user-agent", "")
    browser = next((n for n, own in _BROWSERS.items() if re.search(rf"\b(?:{own})/", agent)), "")
    system = next((name for sign, name in _SYSTEMS.items() if sign in agent), "")
    return ", ".join(filter(None, (browser, system)))
