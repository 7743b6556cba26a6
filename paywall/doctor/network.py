"""What readers come by: the address, and mail."""

import asyncio
import ssl
from collections.abc import Iterator
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

import aiosmtplib

from paywall.accounts.addresses import AddressError, normalised
from paywall.doctor.finding import Finding, good, note, wrong
from paywall.errors import SettingsError
from paywall.mail.delivery import Relay
from paywall.settings import Settings


def check_address(settings: Settings, _now: datetime) -> Iterator[Finding]:
    """Https, for all but whoever tries the service on this machine."""
    if settings.secure:
        yield good("adresse", settings.address)
    else:
        yield note("adresse", f"{settings.address} n’est que pour cette machine : BICORNE_ADDRESS")
    if settings.secure and not settings.hosts:
        yield note("adresse", "le service répond à tous les noms : BICORNE_HOSTS")
    name = urlsplit(settings.address).hostname or ""
    if settings.hosts and not any(_is_in(name, host) for host in settings.hosts):
        told = f"le service ne répond pas à {name}, que nomme BICORNE_ADDRESS : BICORNE_HOSTS"
        yield wrong("adresse", told)


def _is_in(name: str, host: str) -> bool:
    return name == host or (host.startswith("*.") and name.endswith(host[1:]))


def check_mail(settings: Settings, _now: datetime) -> Iterator[Finding]:
    """The relay takes our name and our password; nothing is sent."""
    if not settings.relay:
        missing = "pas de relais (BICORNE_SMTP) : aucun courriel ne part"
        yield wrong("courriel", missing) if settings.secure else note("courriel", missing)
        return
    try:
        normalised(parseaddr(settings.mail_from)[1])
    except AddressError:
        told = f"BICORNE_MAIL_FROM : « {settings.mail_from} » n’est pas une adresse"
        yield wrong("courriel", told)
    try:
        relay = Relay(settings.relay)
        asyncio.run(_knock(relay))
    except SettingsError as error:
        yield wrong("courriel", str(error))
    except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as error:
        yield wrong("courriel", f"{relay.host}:{relay.port} : {_reason(error)}")
    else:
        yield good("courriel", f"{relay.host}:{relay.port} répond")


async def _knock(relay: Relay) -> None:
    async with relay.connection() as smtp:
        await smtp.noop()


def _reason(error: Exception) -> str:
    """In words, where the relay's own are not plain; never what was sent to it."""
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return "nom ou mot de passe refusé (BICORNE_SMTP)"
    if isinstance(error, aiosmtplib.SMTPConnectError | ConnectionError | TimeoutError):
        return "injoignable : l’adresse, le port et le pare-feu sont-ils bons ?"
    return f"{type(error).__name__} : TLS et le port sont-ils bons ?"
