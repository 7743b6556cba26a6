"""The service's settings, read from the environment once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from paywall.address import LOOPBACK, ascii_host, read_address
from paywall.errors import SettingsError

DEFAULT_PORT = 8000
_MAX_PORT = 65535
_HOST = re.compile(r"(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_STRIPE_KEY = re.compile(r"[sr]k_[A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the files are, and the address readers use. See docs/operators.md."""

    output: Path = Path("output")
    var: Path = Path("var")
    address: str = f"http://localhost:{DEFAULT_PORT}"
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    hosts: tuple[str, ...] = ()
    database: str = "sqlite:///var/accounts.sqlite"
    offers: Path = Path("content/offers.yaml")
    members: Path = Path("var/members.csv")
    relay: str = ""
    """Where mail goes, like `smtp://user:password@host:587`; empty: nowhere, in development."""
    mail_from: str = ""
    ads_mail: str = ""
    """Who receives advertisers' orders; empty: who writes the service's mails."""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Proxies whose `X-Forwarded-For` is believed."""
    stripe_key: str = field(default="", repr=False)
    """Secret key of the account at Stripe; empty: no payment by card."""
    stripe_webhook_secret: str = field(default="", repr=False)
    stripe_api: str = ""
    """Another address of Stripe's API, on this machine: for tests."""
    news: Path | None = None
    """Where a builder that watches says what it publishes: in development only."""

    @property
    def secure(self) -> bool:
        """Whether readers come by https: decides the cookie's name and HSTS."""
        return self.address.startswith("https://")

    @property
    def keys(self) -> Path:
        """The directory of the signing keys."""
        return self.var / "keys"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read `DATABASE_URL` and every BICORNE_ setting; an empty value counts as unset."""
        given = {name: value for name, value in environ.items() if value}
        port = _port(given.get("BICORNE_PORT", str(DEFAULT_PORT)))
        var = Path(given.get("BICORNE_VAR", "var"))
        return cls(
            output=Path(given.get("BICORNE_OUTPUT", "output")),
            var=var,
            database=given.get("DATABASE_URL", f"sqlite:///{var / 'accounts.sqlite'}"),
            offers=Path(given.get("BICORNE_OFFERS", "content/offers.yaml")),
            members=Path(given.get("BICORNE_MEMBERS", var / "members.csv")),
            relay=given.get("BICORNE_SMTP", ""),
            mail_from=given.get("BICORNE_MAIL_FROM", ""),
            ads_mail=given.get("BICORNE_ADS_MAIL", ""),
            proxies=_networks(given.get("BICORNE_PROXIES", "")),
            stripe_key=_stripe_key(given),
            stripe_webhook_secret=given.get("BICORNE_STRIPE_WEBHOOK_SECRET", ""),
            stripe_api=_stripe_api(given.get("BICORNE_STRIPE_API", "")),
            address=read_address(given.get("BICORNE_ADDRESS", f"http://localhost:{port}")),
            host=given.get("BICORNE_HOST", "127.0.0.1"),
            port=port,
            hosts=_hosts(given.get("BICORNE_HOSTS", "")),
        )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MAX_PORT):
        raise SettingsError(f"BICORNE_PORT : un nombre de 1 à {_MAX_PORT}, pas « {text} »")
    return int(text)


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(map(_host, text.replace(",", " ").split()))


def _host(text: str) -> str:
    """A name, or `*.` and a name, as browsers write it."""
    star, name = ("*.", text[2:]) if text.startswith("*.") else ("", text)
    try:
        host = star + ascii_host(name)
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host):
        raise SettingsError(f"BICORNE_HOSTS : revue.example ou *.revue.example, pas « {text} »")
    return host


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(network) for network in text.replace(",", " ").split())
    except ValueError as error:
        raise SettingsError(f"BICORNE_PROXIES : 127.0.0.1 ou 10.0.0.0/8, pas « {text} »") from error


def _stripe_key(given: Mapping[str, str]) -> str:
    """The key, never told in a message."""
    key = given.get("BICORNE_STRIPE_KEY", "")
    if bool(key) != bool(given.get("BICORNE_STRIPE_WEBHOOK_SECRET")):
        raise SettingsError(
            "BICORNE_STRIPE_KEY et BICORNE_STRIPE_WEBHOOK_SECRET vont ensemble : l’un manque"
        )
    if key and not _STRIPE_KEY.fullmatch(key):
        raise SettingsError("BICORNE_STRIPE_KEY : une clé secrète, qui commence par sk_ ou rk_")
    return key


def _stripe_api(text: str) -> str:
    if text and not LOOPBACK.fullmatch(urlsplit(text).hostname or ""):
        raise SettingsError("BICORNE_STRIPE_API : seulement pour des essais, sur cette machine")
    return text.rstrip("/")
