"""The address that readers use, spelt as browsers spell it: forms are judged by it (`Origin`).

A browser writes scheme and host in small letters, the host in ASCII, and no port that the scheme
has anyway (RFC 6454, 6.2; WHATWG URL). One capital letter more and every form would be refused.
"""

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

import idna

from paywall.errors import SettingsError

LOOPBACK = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1|.+\.localhost")
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")


def read_address(text: str) -> str:
    """The base address: scheme, host, port where there must be one. Raises `SettingsError`."""
    try:
        parts = urlsplit(text.strip())
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise _refused("adresse illisible", "" if "@" in text else text) from error
    if parts.scheme not in _PORTS:
        raise _refused("attendu https://nom ou http://localhost:port", text)
    _check_rest(parts, text)
    if parts.scheme == "http" and not LOOPBACK.fullmatch(host):
        # Without https the access cookie would cross the network in clear.
        raise _refused("https est obligatoire hors de localhost", text)
    shown = f"[{host}]" if ":" in host else host
    is_usual = port is None or port == _PORTS[parts.scheme]
    return f"{parts.scheme}://{shown}" if is_usual else f"{parts.scheme}://{shown}:{port}"


def ascii_host(host: str) -> str:
    """A name as it travels: small letters, Punycode (UTS 46). Raises `ValueError`."""
    if ":" in host:
        return IPv6Address(host).compressed
    name = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    if not _HOST.fullmatch(name):
        raise ValueError("not a host")
    return name


def _check_rest(parts: SplitResult, text: str) -> None:
    """Nothing but a site of its own: cookies and links are of the whole of a name."""
    if "@" in parts.netloc:  # not quoted: a password may stand there
        raise _refused("sans nom d’utilisateur ni mot de passe (ce qui précède @)")
    if parts.query or parts.fragment or "?" in text or "#" in text:
        raise _refused("sans ? ni #, ni ce qui les suit", text)
    if parts.path.strip("/"):
        raise _refused(f"sans chemin : le site a un nom à lui, sans « {parts.path} »", text)


def _refused(why: str, text: str = "") -> SettingsError:
    return SettingsError(f"BICORNE_ADDRESS : {why}" + (f" : « {text} »" if text else ""))
